/* Results in a frame: without a cookie the page came as for nobody in particular, and
   comes again for who has voted. */

import { given } from "./embed-frame.js";

const HEADER = "X-Participant";

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (given()) detail.headers[HEADER] = given();
});

async function askForMine() {
  const headers = { [HEADER]: given() };
  const response = await fetch(location.pathname + location.search, { headers });
  if (!response.ok) return;
  const text = await response.text();
  const page = new DOMParser().parseFromString(text, "text/html");
  const main = document.adoptNode(page.querySelector("main"));
  document.querySelector("main").replaceWith(main);
  if (!window.htmx) return;
  window.htmx.process(main);
  window.htmx.trigger(main, "htmx:afterSettle", { elt: main, target: main });
}

if (given()) addEventListener("load", askForMine);
