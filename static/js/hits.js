/* A hit list by the keyboard, and in another order. Conveniences only: the page works without this file. */
"use strict";

const openersOf = (table) => [...table.querySelectorAll("tbody a")];

// The arrow keys move from hit to hit; Enter opens the focused one, as for every link.
document.addEventListener("keydown", (event) => {
  const table = event.target.closest?.("table[data-sortable] tbody a")?.closest("table");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!table || !step) return;
  const openers = openersOf(table);
  const next = openers[openers.indexOf(event.target) + step];
  if (next) {
    event.preventDefault();
    next.focus();
  }
});

const wordOf = (row, column) => {
  const cell = row.cells[column];
  return cell.dataset.sort ?? cell.textContent.trim();
};

const sortBy = (table, column, button) => {
  const header = button.closest("th");
  const descending = header.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", descending ? "descending" : "ascending");
  const body = table.tBodies[0];
  const rows = [...body.rows].sort((one, other) => wordOf(one, column).localeCompare(wordOf(other, column), document.documentElement.lang));
  body.append(...(descending ? rows.reverse() : rows));
};

// The first hit gets the focus, so that Enter opens it. The heading of a column with values becomes a button that sorts.
const prepare = () => {
  for (const table of document.querySelectorAll("table[data-sortable]:not([data-sorted])")) {
    table.dataset.sorted = "";
    [...table.tHead.rows[0].cells].slice(0, -1).forEach((header, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.textContent = header.textContent;
      button.addEventListener("click", () => sortBy(table, column, button));
      header.replaceChildren(button);
    });
    openersOf(table)[0]?.focus();
  }
};

// The text of the search field is selected, so that typing replaces it.
document.addEventListener("focusin", (event) => {
  if (event.target.matches("form.search input[name=text]")) event.target.select();
});

// What is pasted where nothing takes it is what somebody wants to search for.
document.addEventListener("paste", (event) => {
  const field = document.querySelector("form.search input[name=text]");
  const pasted = event.clipboardData.getData("text/plain").trim();
  if (!field || !pasted || event.target.closest?.("input, textarea, select, [contenteditable], dialog")) return;
  event.preventDefault();
  field.value = pasted;
  field.focus();
});

document.addEventListener("htmx:after:swap", prepare);
prepare();
