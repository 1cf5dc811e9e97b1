/* The results follow the votes only while somebody looks, and quietly: what a reader has
   opened, chosen or is about to type stays, and the news is spoken at most once a minute. */

const A_MINUTE = 60_000;

document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && event.target.matches("[data-live]")) event.preventDefault();
});

/* The statement that colours the map may have been chosen since the page came. */
document.addEventListener("htmx:configRequest", (event) => {
  const map = document.getElementById("map");
  if (!map || !event.target.matches("[data-live]")) return;
  event.detail.parameters.statement = map.dataset.statement;
});

let opened = [];

document.addEventListener("htmx:beforeSwap", (event) => {
  const details = event.target.querySelectorAll("details[id][open]");
  opened = Array.from(details, (element) => element.id);
});

let spokenAt = Date.now();

document.addEventListener("htmx:afterSettle", () => {
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  const news = document.getElementById("live")?.dataset.news;
  if (!news || Date.now() - spokenAt < A_MINUTE) return;
  spokenAt = Date.now();
  document.querySelector("[data-news-here]").textContent = news;
});
