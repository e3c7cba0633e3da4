/* Conveniences only: every page works without this file. */
"use strict";

const announce = (text) => {
  const status = document.getElementById("status-message");
  if (status) status.textContent = text;
};

const copy = async (button) => {
  await navigator.clipboard.writeText(button.dataset.copy);
  announce(button.dataset.copied);
  const label = button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => { button.textContent = label; }, 2000);
};

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

document.querySelector("[data-focus-on-load]")?.focus();
