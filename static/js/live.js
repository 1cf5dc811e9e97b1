/* The results follow the votes only while somebody looks: a hidden tab asks nothing. */

document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && event.target.matches("[data-live]")) event.preventDefault();
});
