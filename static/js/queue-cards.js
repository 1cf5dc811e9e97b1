/* The cards of the moderators' queue: on which one the keys are, and which are marked. */

export const list = document.getElementById("queue");
export const sweep = document.getElementById("sweep");

/* --- Cards and where one is --------------------------------------------------------- */

export const rowOf = (element) => element.closest(".queue__item");
export const cards = () =>
  list
    ? [...list.querySelectorAll("[data-card]")].filter(
        (card) => !rowOf(card).classList.contains("is-going"),
      )
    : [];
export const marks = () =>
  cards()
    .map((card) => card.querySelector("[data-mark]"))
    .filter((box) => box?.checked);

export let at = null;

export function go(card) {
  if (!card) return;
  if (at) at.tabIndex = -1;
  at = card;
  card.tabIndex = 0;
  card.focus();
  card.scrollIntoView({ block: "nearest" });
}

export function step(by, from = at) {
  const all = cards();
  const place = all.indexOf(from);
  if (place < 0) return go(all[0]);
  go(all[Math.min(all.length - 1, Math.max(0, place + by))]);
}

/* The nearest card that stays when these rows go. */
export function goPast(rows) {
  const all = cards();
  const stays = (card) => !rows.includes(rowOf(card));
  const place = all.findIndex((card) => !stays(card));
  const next = all.slice(place).find(stays) ?? all.slice(0, place).findLast(stays);
  if (next) go(next);
}

document.addEventListener("focusin", (event) => {
  const card = event.target.closest?.("[data-card]");
  if (!card || card === at) return;
  if (at) at.tabIndex = -1;
  at = card;
  card.tabIndex = 0;
});

/* --- Marks -------------------------------------------------------------------------- */

let lastMarked = null;

export function mark(card, on) {
  const box = card?.querySelector("[data-mark]");
  if (!box) return;
  box.checked = on ?? !box.checked;
  tellMarks();
}

export function tellMarks() {
  if (!sweep) return;
  const all = cards();
  const marked = marks().length;
  for (const card of all) {
    const box = card.querySelector("[data-mark]");
    rowOf(card).classList.toggle("is-marked", Boolean(box?.checked));
  }
  const count = sweep.querySelector("[data-count]");
  count.textContent = marked
    ? count.dataset.some.replace("{marked}", marked).replace("{others}", all.length - marked)
    : count.dataset.none;
  for (const place of sweep.querySelectorAll("[data-n-marked]")) {
    place.textContent = marked ? ` ${marked}` : "";
  }
  for (const place of sweep.querySelectorAll("[data-n-others]")) {
    place.textContent = ` ${all.length - marked}`;
  }
  const scope = sweep.querySelector("[data-scope]");
  scope.textContent = marked ? scope.dataset.others : scope.dataset.all;
  sweep.classList.toggle("has-none", !marked);
}

list?.addEventListener("click", (event) => {
  const box = event.target.closest("[data-mark]");
  if (!box) return;
  const all = cards();
  const [from, to] = [lastMarked, rowOf(box).querySelector("[data-card]")].map((card) =>
    all.indexOf(card),
  );
  if (event.shiftKey && from >= 0) {
    for (const card of all.slice(Math.min(from, to), Math.max(from, to) + 1)) {
      card.querySelector("[data-mark]").checked = box.checked;
    }
  }
  lastMarked = all[to];
  tellMarks();
});
