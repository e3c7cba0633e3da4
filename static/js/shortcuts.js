/* Single keys for what is done often, shown by "?". They can be switched off: WCAG 2.2, 2.1.4. Every page works without this file. */
"use strict";

{
  const list = document.getElementById("shortcuts");
  const box = document.getElementById("shortcuts-on");
  const OFF = "fiksreg-shortcuts-off";

  const isWriting = (event) =>
    event.ctrlKey || event.altKey || event.metaKey || event.isComposing ||
    event.target.closest?.("input, textarea, select, [contenteditable], dialog");

  const use = (row) => {
    const target = row.querySelector("a") ?? document.querySelector(row.dataset.target);
    target?.focus();
    if (target && !target.matches("input")) target.click();
  };

  if (list) {
    box.checked = localStorage.getItem(OFF) === null;
    box.addEventListener("change", () => {
      if (box.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "");
    });
    for (const button of document.querySelectorAll("[data-shortcuts]")) {
      button.hidden = false;
      button.addEventListener("click", () => list.showModal());
    }
    document.addEventListener("keydown", (event) => {
      const row = [...list.querySelectorAll("[data-key]")].find(({ dataset }) => dataset.key === event.key);
      if (!row || !box.checked || isWriting(event)) return;
      event.preventDefault();
      if (event.key === "?") list.showModal();
      else use(row);
    });
  }
}
