/* Conveniences only: every page works without this file. */
"use strict";

const announce = (text) => {
  const status = document.getElementById("status-message");
  if (status) status.textContent = text;
};

// A screen reader is silent when the same text is set again, so the text is removed after each time.
const copy = async (button) => {
  await navigator.clipboard.writeText(button.dataset.copy);
  announce(button.dataset.said ?? button.dataset.copied);
  if (button.textContent === button.dataset.copied) return;
  const label = [...button.childNodes];
  button.textContent = button.dataset.copied;
  setTimeout(() => { button.replaceChildren(...label); announce(""); }, 2000);
};

// A page about a person says when its reference has expired.
const watchShelfLife = () => {
  const said = document.querySelector(".shelf-life [data-left]:not([data-watched])");
  if (!said) return;
  said.dataset.watched = "";
  setTimeout(() => {
    said.textContent = said.dataset.over;
    said.dataset.isOver = "";
    if (said.isConnected) announce(said.dataset.over);
  }, Number(said.dataset.left) * 1000);
};

// Runs on the page, and again when htmx has put an answer into it.
const enhance = () => {
  for (const button of document.querySelectorAll("button[data-copy], button[data-print]")) {
    button.hidden = "copy" in button.dataset && !navigator.clipboard;
  }
  watchShelfLife();
  return document.querySelector("[data-focus-on-load]");
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-copy], button[data-print]");
  if (button && "copy" in button.dataset) copy(button);
  else if (button) window.print();
});

// A menu of the header closes again: by Escape, and when something else is pressed.
const openMenus = () => [...document.querySelectorAll("details[data-menu][open]")];

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) menu.open = menu.contains(event.target);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  }
});

// Who unfolds the form for a reason is going to write one: the field takes the focus at once, so that no letter is lost.
document.addEventListener("click", (event) => {
  const form = event.target.closest(".open-address > summary")?.parentElement;
  if (!form || form.open) return;
  event.preventDefault();
  form.open = true;
  form.querySelector("input[name=reason]").focus();
});

// The choice of language leads back to the address that the browser shows, which an answer may have changed.
document.addEventListener("submit", (event) => {
  const next = event.target.matches("form.language") && event.target.elements.namedItem("next");
  if (next) next.value = window.location.pathname;
});

// The answer to a search replaces the form. It is shown from its top, as a page that was opened.
document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx.target?.id !== "innhold") return;
  const first = enhance() ?? document.getElementById("innhold");
  window.scrollTo(0, 0);
  first.focus({ preventScroll: true });
});

// When no answer comes at all, the browser sends the form itself and shows its own error page.
document.addEventListener("htmx:error", (event) => {
  const form = event.target.closest?.("form[data-answered-here]");
  if (form && !event.detail.ctx?.response) form.submit();
});

enhance()?.focus();
