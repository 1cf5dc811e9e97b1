/* Voting by keyboard, and the focus of whoever votes so.

   Keys A, P and D press the button of the card while the focus is in the card (there
   is never a shortcut elsewhere on the page). After a vote the focus goes to the next
   statement, so that it is read out and the next key counts; after a statement was
   sent, to the answer or to the field with the mistake. */

const card = document.querySelector("[data-voting]");
const notSent = document.getElementById("not-sent");

function showKeys() {
  const keys = card.querySelector("[data-keys]");
  if (keys) keys.hidden = !window.matchMedia("(hover: hover) and (pointer: fine)").matches;
}

function focusIn(region) {
  const next = region.querySelector("[aria-invalid='true']") ?? region.querySelector("[data-focus]");
  next?.focus({ preventScroll: true });
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
  focusIn(card);
  card.scrollIntoView({ block: "nearest" });
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "submit") focusIn(document.getElementById("submit"));
});

for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  card.addEventListener(failure, () => {
    notSent.hidden = false;
  });
}

showKeys();
if (window.matchMedia("(hover: hover) and (pointer: fine)").matches) focusIn(card);
