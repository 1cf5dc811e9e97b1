/* The moderators' queue by keys. All that a key does is done by a button of the page: the
   script presses it, hides what is decided at once, and brings it back where that did not
   arrive. What the server answers replaces rows by itself (htmx). */

import {
  at,
  cards,
  go,
  goPast,
  list,
  mark,
  marks,
  rowOf,
  step,
  sweep,
  tellMarks,
} from "./queue-cards.js";

const help = document.getElementById("keys");
const refused = document.getElementById("refused");
const KEYS_OFF = "queue-keys-off";
const GO_ON = "queue-goes-on";
const FIELDS = "textarea, select, input:not([type=checkbox])";

/* --- Decisions appear at once ------------------------------------------------------- */

const waiting = new Map();

function leave(rows, words) {
  goPast(rows);
  for (const row of rows) {
    const line = document.createElement("p");
    line.className = "queue__going";
    line.textContent = words;
    row.classList.add("is-going");
    row.prepend(line);
  }
}

function comeBack(rows) {
  for (const row of rows) {
    row.classList.remove("is-going");
    row.querySelector(".queue__going")?.remove();
  }
}

function rowsOf(form, button) {
  if (form.matches("[data-decide]")) return [rowOf(form)];
  const [kind, scope] = button.value.split(":");
  if (kind === "lead") {
    const { group } = rowOf(at)?.dataset ?? {};
    return cards().map(rowOf).filter((row) => group && row.dataset.group === group);
  }
  const wanted = scope === "marked";
  return cards()
    .filter((card) => Boolean(card.querySelector("[data-mark]")?.checked) === wanted)
    .map(rowOf);
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.detail.elt;
  if (form.matches("[data-news]") && document.hidden) event.preventDefault();
  const button = event.detail.requestConfig.triggeringEvent?.submitter;
  if (!button || !form.matches("[data-decide], [data-sweep]")) return;
  button.closest("details")?.removeAttribute("open");
  if (!button.dataset.line) return;
  const rows = rowsOf(form, button);
  waiting.set(event.detail.xhr, rows);
  leave(rows, button.dataset.line);
});

/* Before the answer comes: what takes a row's place would for a moment take its class. */
document.addEventListener("htmx:beforeSwap", (event) => {
  comeBack(waiting.get(event.detail.xhr) ?? []);
});

document.addEventListener("htmx:afterRequest", (event) => {
  const { xhr } = event.detail;
  const rows = waiting.get(xhr);
  waiting.delete(xhr);
  if (rows) comeBack(rows.filter((row) => row.isConnected));
  if (!event.detail.elt.matches("[data-news]") && !(xhr.status >= 200 && xhr.status < 500)) {
    refused.textContent = list.dataset.lost;
  }
  tellMarks();
  const decides = event.detail.elt.matches("[data-decide], [data-sweep]");
  if (decides && list && !cards().length && !waiting.size) turnPage();
});

/* The page is done: the next one comes by itself, and what was said is said there. */
function turnPage() {
  const said = document.getElementById("decision").textContent;
  sessionStorage.setItem(GO_ON, said);
  location.assign(list.dataset.queue);
}

/* --- Colleagues --------------------------------------------------------------------- */

document.addEventListener("htmx:afterSettle", () => {
  for (const told of document.querySelectorAll("#news [data-decided]")) {
    const place = document.querySelector(`[data-news-of="${told.dataset.decided}"]`);
    if (!place) continue;
    place.textContent = told.textContent;
    rowOf(place).classList.add("is-decided");
  }
});

document.addEventListener("click", (event) => {
  if (!list || !event.target.closest("[data-leave]")) return;
  event.preventDefault();
  const row = rowOf(event.target);
  goPast([row]);
  row.remove();
  if (!cards().length) turnPage();
});

/* --- Keys --------------------------------------------------------------------------- */

const press = (place, selector) => {
  const button = place?.querySelector(selector);
  button?.click();
  return Boolean(button);
};

function open(place, key) {
  const details = place?.querySelector(`details[data-open="${key}"]`);
  if (!details) return;
  details.open = true;
  details.scrollIntoView({ block: "nearest" });
  details.querySelector(key === "f" ? "[data-flag-note]" : "[data-reasons] button").focus();
}

function choose(digit) {
  const asked =
    document.activeElement.closest("details[open]") ??
    at?.querySelector('details[data-open="r"][open]') ??
    sweep?.querySelector("details[data-open][open]");
  const buttons = asked?.querySelectorAll("[data-reasons] button") ?? [];
  const shown = [...buttons].filter((button) => button.offsetParent);
  shown[digit - 1]?.click();
}

function undo() {
  const batch = document.querySelector("#recent [name=batch]")?.value;
  const forms = [...document.querySelectorAll("[data-undo]")].filter(
    (form) => form.elements.batch.value === batch,
  );
  forms.at(-1)?.requestSubmit();
}

function escape() {
  const opened = document.activeElement.closest("details[open]");
  if (opened) {
    opened.open = false;
    return at?.focus();
  }
  for (const card of cards()) mark(card, false);
}

const sweepOr = (selector, key) =>
  marks().length ? press(sweep, selector) : press(at, `[data-key="${key}"]`);

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  J: () => (mark(at, true), step(1)),
  a: () => sweepOr('[data-sweep-key="a"]', "a"),
  m: () => sweepOr('[data-sweep-key="m"]', "m"),
  r: () => open(marks().length ? sweep : at, "r"),
  A: () => press(sweep, '[data-sweep-key="A"]'),
  R: () => open(sweep, "R"),
  f: () => press(at, '[data-key="f"]') || open(at, "f"),
  g: () => press(at, '[data-key="g"]'),
  e: () => press(at, '[data-key="e"]'),
  s: () => {
    if (at) rowOf(at).classList.add("is-skipped");
    step(1);
  },
  x: () => mark(at),
  X: () => {
    const { group } = at ? rowOf(at).dataset : {};
    const alike = cards().filter((card) => group && rowOf(card).dataset.group === group);
    const on = alike.some((card) => !card.querySelector("[data-mark]")?.checked);
    for (const card of alike.length ? alike : [at]) mark(card, alike.length ? on : undefined);
  },
  "*": () => {
    const on = marks().length < cards().length;
    for (const card of cards()) mark(card, on);
  },
  z: undo,
  u: undo,
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": () => help.showModal(),
};

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (help.open || localStorage.getItem(KEYS_OFF)) return;
  if (key === "Escape") return escape();
  if (target.matches("[data-flag-note]") && key === "Enter") {
    event.preventDefault();
    return press(target.closest("details"), "[data-flag]");
  }
  if (target.matches(FIELDS)) return;
  if (/^[1-9]$/.test(key)) return choose(Number(key));
  const act = Object.hasOwn(KEYS, key) && KEYS[key];
  if (!act || (key.startsWith("Arrow") && !list?.contains(target))) return;
  event.preventDefault();
  act();
});

/* --- The page comes ------------------------------------------------------------------ */

const keysOn = help.querySelector("[data-keys-on]");
keysOn.checked = !localStorage.getItem(KEYS_OFF);
keysOn.addEventListener("change", () => {
  if (keysOn.checked) localStorage.removeItem(KEYS_OFF);
  else localStorage.setItem(KEYS_OFF, "yes");
});
const asks = document.querySelector("[data-help]");
asks.hidden = false;
asks.addEventListener("click", () => help.showModal());

const said = sessionStorage.getItem(GO_ON);
sessionStorage.removeItem(GO_ON);
if (said !== null) {
  go(cards()[0]);
  document.getElementById("decision").textContent = said;
}
tellMarks();
