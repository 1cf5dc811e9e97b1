/* The results follow the votes only while somebody looks: a hidden tab asks nothing. */

document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && event.target.matches("[data-live]")) event.preventDefault();
});

/* What a reader has opened stays open in the newer part that takes its place. */
let opened = [];

document.addEventListener("htmx:beforeSwap", (event) => {
  const details = event.target.querySelectorAll("details[id][open]");
  opened = Array.from(details, (element) => element.id);
});

document.addEventListener("htmx:afterSettle", () => {
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
});
