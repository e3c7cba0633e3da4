/* Warns before the session ends, and clears the screen when it has ended. Without this file the page says when it ends. */
"use strict";

const warning = document.getElementById("session-warning");
const RETRY_SECONDS = 15;
let timer;
let warned = false;

// The header says that the page asks by itself, which must not keep the session alive.
const ask = async (options) => {
  const answer = await fetch(warning.querySelector("form").action, { headers: { "HX-Request": "true" }, ...options });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

const show = ({ seconds, extendable }) => {
  const end = new Date(Date.now() + seconds * 1000);
  const language = document.documentElement.lang;
  warning.querySelector("[data-session-time]").textContent =
    end.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
  for (const part of warning.querySelectorAll("[data-when]")) {
    part.hidden = (part.dataset.when === "extendable") !== extendable;
  }
  if (!warning.open) warning.showModal();
  warned = true;
};

const wait = (seconds) => {
  clearTimeout(timer);
  timer = setTimeout(check, seconds * 1000);
};

// Another window may have kept the session alive, or ended it, so the server is asked.
const follow = (left) => {
  const early = left.seconds - Number(warning.dataset.warnBefore);
  if (left.seconds === 0) {
    window.location.replace(warning.dataset.over);
  } else if (early > 0) {
    if (warning.open) warning.close();
    warned = false;
    wait(early);
  } else {
    if (!warned) show(left);
    wait(Math.min(left.seconds, RETRY_SECONDS));
  }
};

const check = async () => {
  try {
    follow(await ask({}));
  } catch {
    wait(RETRY_SECONDS);
  }
};

if (warning) {
  document.getElementById("session-end").hidden = true;
  warning.querySelector("form").addEventListener("submit", async (event) => {
    if (event.submitter?.formMethod === "dialog") return;
    event.preventDefault();
    warned = false;
    try {
      follow(await ask({ method: "POST", body: new FormData(event.target), headers: {} }));
    } catch {
      check();
    }
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) check(); });
  wait(Number(warning.dataset.left) - Number(warning.dataset.warnBefore));
}
