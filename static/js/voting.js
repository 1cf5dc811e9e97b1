/* Voting by keyboard, and the focus of whoever votes so.

   Keys A, P and D press the button of the card while the focus is in the card (there
   is never a shortcut elsewhere on the page). After a vote the focus goes to the next
   statement, so that it is read out and the next key counts. */

const card = document.querySelector("[data-voting]");
const notSent = document.getElementById("not-sent");

function showKeys() {
  const keys = card.querySelector("[data-keys]");
  if (keys) keys.hidden = !window.matchMedia("(hover: hover) and (pointer: fine)").matches;
}

function focusStatement() {
  card.querySelector("[data-statement]")?.focus({ preventScroll: true });
}

card.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const button = card.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!button || button.disabled) return;
  event.preventDefault();
  button.click();
});

card.addEventListener("htmx:afterSwap", () => {
  notSent.hidden = true;
  showKeys();
  focusStatement();
  card.scrollIntoView({ block: "nearest" });
});

for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  card.addEventListener(failure, () => {
    notSent.hidden = false;
  });
}

showKeys();
if (window.matchMedia("(hover: hover) and (pointer: fine)").matches) focusStatement();
