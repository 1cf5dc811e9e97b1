/* What this browser keeps itself of a conversation (participant.js): its code where
   cookies are blocked, and votes on their way.

   The page that says what was erased takes all of it away. The page that knows nobody
   offers to show what is held under a code that is kept here. */

const name = (slug) => `folkmoot:${slug}:`;

function storage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

function forget(slug) {
  const kept = Object.keys(storage() ?? {});
  for (const key of kept) if (key.startsWith(name(slug))) storage().removeItem(key);
}

function offer(form) {
  const code = storage()?.getItem(name(form.dataset.codeOf) + "code");
  if (!code) return;
  form.elements.participant.value = code;
  form.hidden = false;
}

const erased = document.querySelector("[data-forget]");
if (erased) forget(erased.dataset.forget);
for (const form of document.querySelectorAll("[data-code-of]")) offer(form);
