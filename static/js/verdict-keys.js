/* Keys for a second look: "a" accepts and "r" rejects, unless somebody is writing or
   choosing from a list. The buttons show their keys once these work. */

const form = document.querySelector("[data-verdict-keys]");

if (form) {
  for (const key of form.querySelectorAll("kbd")) key.hidden = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest("input, textarea, select")) return;
    form.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`)?.click();
  });
}
