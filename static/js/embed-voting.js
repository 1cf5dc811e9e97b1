/* Voting in a frame: who votes is known before voting.js begins, and kept by the page
   around the frame. What that page hears of a vote is that there was one. */

import { given, keep, tell } from "./embed-frame.js";
import { addStore, adopt, code } from "./participant.js";

const root = document.querySelector("[data-voting]");

// A signed link, or a cookie where frames have them, says better who she is.
if (root.dataset.known === undefined && given()) adopt(given());
for (const field of document.querySelectorAll("input[name=participant]")) {
  if (!field.closest("[data-leave]")) field.value = code();
}
addStore(keep);

document.addEventListener("folkmoot:vote", ({ detail }) => {
  tell("vote", { n_voted: detail.n_voted });
});

document.addEventListener("folkmoot:goal", ({ detail }) => {
  tell("goal", { n_voted: detail.n_voted, goal: detail.goal });
});

const end = root.querySelector("[data-face='done']");
if (end) {
  const watch = new MutationObserver(() => {
    if (!end.hidden) tell("done");
  });
  watch.observe(end, { attributeFilter: ["hidden"] });
}
