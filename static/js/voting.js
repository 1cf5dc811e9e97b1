/* The voting page: what is on the table, and what happens when somebody chooses.

   The page came with a hand of cards. A choice goes to the queue (queue.js) and the
   next card is there at once; the answer, whenever it comes, tops up the hand.

   Longer than a file should be: another one would be another request before the first
   vote. What can wait (swipe.js, writing.js) is asked for when it is wanted. */

import { code, isKeptElsewhere, startAgain } from "./participant.js";
import * as queue from "./queue.js";

const root = document.querySelector("[data-voting]");
const find = (name, within = root) => within.querySelector(`[data-${name}]`);
const { dataset: page } = root;
const ballot = find("ballot");
const strip = find("last");
const numbers = new Intl.NumberFormat(document.documentElement.lang);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const LONG = 140;
const PAUSE = 3000;

let hand = JSON.parse(page.hand);
let progress = JSON.parse(page.progress);
let last = lastFromPage();
let wasStuck = false;
let asking;
let hiding;

/* --- What is on the table ------------------------------------------------------------ */

function show(face) {
  for (const other of root.querySelectorAll("[data-face]")) {
    other.hidden = other.dataset.face !== face;
  }
}

function isShown(face) {
  return root.querySelector(`[data-face="${face}"]`)?.hidden === false;
}

/* How far she is, with what waits counted as if it had arrived. */
function reached() {
  let { n_voted: done, n_left: left, goal } = progress;
  for (const { kind, by } of queue.waiting()) {
    const step = kind === "vote" ? 1 : kind === "undo" ? -1 : 0;
    done += step * (by ?? 1);
    left -= step * (by ?? 1);
  }
  return { done: Math.max(done, 0), left, goal };
}

/* The next card, or what is to be said instead. */
function deal({ focus = false, rest = false } = {}) {
  const { left } = reached();
  if (rest) show("goal");
  else if (hand.length) lay(hand[0]);
  else if (left > 0) more();
  else show("done");
  if (focus) root.querySelector("[data-face]:not([hidden]) [data-focus]")?.focus();
}

function lay(card) {
  const statement = find("statement");
  const { text, language } = card.translation ?? card;
  statement.textContent = text;
  statement.lang = language;
  statement.classList.toggle("ballot__statement--long", text.length > LONG);
  const original = find("original");
  original.hidden = !card.translation;
  original.open = false;
  find("original-text").textContent = card.text;
  find("original-text").lang = card.language;
  ballot.elements.statement.value = card.statement;
  ballot.elements.draw.value = card.draw;
  show("ballot");
  if (calm.matches) return;
  const from = { opacity: 0, transform: "translateY(0.5rem)" };
  find("card-body").animate([from, {}], { duration: 160, easing: "ease-out" });
}

function more() {
  show("more");
  topUp();
}

function showProgress() {
  const { done, goal } = reached();
  const bar = find("bar");
  bar.max = Math.max(goal, done, 1);
  bar.value = done;
  const form = done < goal ? page.wordsTowards : page.wordsBeyond;
  find("bar-words").textContent = fill(form, { done, goal });
}

function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (_all, name) => {
    const value = values[name];
    return typeof value === "number" ? numbers.format(value) : value;
  });
}

/* --- A choice, and the last one ------------------------------------------------------ */

function choose(choice, { focus = false } = {}) {
  const card = hand.shift();
  if (!card) return;
  const before = reached();
  const event = { kind: "vote", statement: card.statement, choice, draw: card.draw };
  last = { ...event, card, matters: false, reason: "", key: queue.newKey() };
  queue.add({ ...event, key: last.key });
  const { done, goal } = reached();
  const rest = before.done < goal && done >= goal;
  deal({ focus, rest });
  showLast();
  tell("vote", { statement: card.statement, choice, n_voted: done });
  if (rest) tell("goal", { n_voted: done, goal });
  announce(choice, { done, goal, next: !focus && !rest && hand[0] });
}

function undo({ focus = false } = {}) {
  queue.add({ kind: "undo", statement: last.statement, vote_key: last.key });
  hand.unshift(last.card);
  last = null;
  showLast();
  deal({ focus });
  if (!focus) find("status").textContent = page.wordsUndone;
}

function showLast() {
  strip.hidden = last === null;
  find("before").hidden = last !== null;
  if (last === null) return;
  strip.dataset.choice = last.choice;
  const quote = find("last-text");
  const { text, language } = last.card.translation ?? last.card;
  quote.textContent = text;
  quote.lang = language;
  find("matters-button")?.setAttribute("aria-pressed", last.matters);
  const why = find("why");
  if (!why) return;
  why.open = false;
  find("reason").value = last.reason;
  find("reason-saved").textContent = "";
}

/* Where the page came with a last vote: it was cast before this script was there. */
function lastFromPage() {
  if (strip === null || strip.hidden) return null;
  const { statement, vote_key: key } = find("undo-form").elements;
  const quote = find("last-text");
  const id = Number(statement.value);
  return {
    statement: id,
    key: key.value || undefined,
    choice: Number(strip.dataset.choice),
    matters: find("matters-button")?.getAttribute("aria-pressed") === "true",
    reason: find("reason")?.value ?? "",
    card: { statement: id, text: quote.textContent, language: quote.lang, draw: "" },
  };
}

function remark(what) {
  Object.assign(last, what);
  queue.add({ kind: "remark", statement: last.statement, ...what });
}

/* --- Words --------------------------------------------------------------------------- */

/* Once for each vote; who votes by keyboard hears the next statement by its focus. */
function announce(choice, { done, goal, next }) {
  const said = { 1: page.wordsAgreed, 0: page.wordsPassed, "-1": page.wordsDisagreed };
  const words = [said[choice], fill(page.wordsTowards, { done, goal })];
  if (next) words.push((next.translation ?? next).text);
  find("status").textContent = words.join(" ");
}

function note(words) {
  find("note-words").textContent = words ?? "";
  find("note").hidden = !words;
}

function showWaiting() {
  const n = queue.waiting().length;
  const isStuck = n > 0 && queue.isStuck();
  const form = queue.outlivesPage() ? page.wordsWaiting : page.wordsWaitingHere;
  const isThrough = wasStuck && n === 0;
  const notice = find("waiting");
  const isNews = isThrough || (isStuck && !wasStuck);
  wasStuck = isStuck || (wasStuck && n > 0);
  if (!isStuck && !isThrough) return;
  notice.textContent = isStuck ? fill(form, { n }) : page.wordsThrough;
  if (isNews) find("status").textContent = notice.textContent;
  notice.classList.toggle("is-through", isThrough);
  notice.hidden = false;
  clearTimeout(hiding);
  if (isThrough) hiding = setTimeout(() => (notice.hidden = true), 5000);
}

function tell(name, detail) {
  root.dispatchEvent(new CustomEvent(`folkmoot:${name}`, { bubbles: true, detail }));
}

/* --- What comes back ----------------------------------------------------------------- */

function held() {
  const waiting = queue.waiting().filter(({ kind }) => kind === "vote");
  return [...new Set([...hand, ...waiting].map(({ statement }) => statement))];
}

function take({ cards = [], progress: now }) {
  if (now) progress = now;
  const mine = new Set(held());
  hand.push(...cards.filter(({ statement }) => !mine.has(statement)));
  if (isShown("more") && (hand.length || reached().left <= 0)) deal();
  showProgress();
}

function answered(event, answer) {
  if (event.kind === "vote") note("");
  if (event.kind === "remark" && "reason" in event && event.statement === last?.statement) {
    find("reason-saved").textContent = page.wordsSaved;
  }
  take(answer);
}

/* For good: the event is dropped, and she goes on. */
function refused(event, answer) {
  note(answer.error?.message ?? page.wordsRefused);
  if (event.key === last?.key) {
    last = null;
    showLast();
  }
  take(answer);
  if (answer.error?.code === "conversation_closed") show("closed");
}

async function topUp() {
  const address = `${page.cards}?held=${held().join(",")}`;
  const headers = { Accept: "application/json", "X-Participant": code() };
  try {
    const response = await fetch(address, { headers });
    if (response.ok) take(await response.json());
    if (response.status === 400 && isKeptElsewhere()) {
      startAgain();
      await topUp();
    }
  } catch {
    // Offline: asked again below, and what waits in the queue brings cards as well.
  }
  clearTimeout(asking);
  if (isShown("more")) asking = setTimeout(topUp, PAUSE);
}

/* Another tab votes: its card is played, and the server knows how far she is. */
function elsewhere({ statement }) {
  hand = hand.filter((card, place) => place === 0 || card.statement !== statement);
  changed();
  clearTimeout(asking);
  if (!queue.waiting().length) asking = setTimeout(topUp, 300);
}

function changed() {
  showWaiting();
  showProgress();
}

/* --- By hand and by key -------------------------------------------------------------- */

const practice = root.querySelector("[data-face='practice']");

function endPractice({ focus = false } = {}) {
  practice.remove();
  deal({ focus });
}

root.addEventListener("submit", (event) => {
  const focus = event.submitter?.dataset.by === "key";
  const handlers = {
    ballot: () => choose(Number(event.submitter.value), { focus }),
    practice: () => endPractice({ focus }),
    undo: () => undo({ focus }),
    matters: () => {
      remark({ matters: !last.matters });
      find("matters-button").setAttribute("aria-pressed", last.matters);
    },
    reason: () => remark({ reason: find("reason").value.trim() }),
  };
  const { does } = event.target.dataset;
  const handle = handlers[does];
  // A vote without a key was cast before there was a script: the form undoes it.
  if (!handle || (does === "undo" && !last.key)) return;
  event.preventDefault();
  handle();
});

/* A double click is one choice: nobody has read the next card yet. A click that no
   pointer made is one by keyboard or by a screen reader: the focus follows. */
root.addEventListener("click", (event) => {
  const pressed = event.target.closest("button, a");
  if (!pressed) return;
  const focus = event.detail === 0;
  pressed.dataset.by = focus ? "key" : "hand";
  if (pressed.matches(".choice") && event.detail > 1) event.preventDefault();
  if (pressed.matches("[data-write]")) find("own").open = true;
  if (!pressed.matches("[data-go-on]")) return;
  event.preventDefault();
  deal({ focus });
});

function keyName({ key }) {
  const isRtl = document.documentElement.dir === "rtl";
  if (key === "ArrowLeft" || key === "ArrowRight") {
    return (key === "ArrowRight") === isRtl ? "d" : "a";
  }
  return key.toLowerCase();
}

find("table").addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const face = root.querySelector("[data-face]:not([hidden])");
  face.querySelector(`[data-key="${CSS.escape(keyName(event))}"]`)?.click();
});

addEventListener(
  "touchstart",
  () => {
    if (!calm.matches) import("./swipe.js").then(({ start }) => start(find("table")));
  },
  { once: true, passive: true },
);

/* --- Writing, when somebody wants to -------------------------------------------------- */

find("own")?.addEventListener("toggle", () => import("./writing.js"), { once: true });
if (find("own")?.open) import("./writing.js");

/* A vote on a statement that says what she was about to write. */
root.addEventListener("folkmoot:instead", (event) => {
  event.preventDefault();
  const { statement, choice } = event.detail;
  const isOnTable = hand[0]?.statement === statement;
  hand = hand.filter((card) => card.statement !== statement);
  queue.add({ kind: "vote", statement, choice, draw: "" });
  if (isOnTable) deal();
});

/* --- The beginning ------------------------------------------------------------------- */

queue.start({
  changed,
  answered,
  refused,
  elsewhere,
  held,
  addresses: { vote: page.votes, undo: page.undo, remark: page.remark },
});

const begun = new Set(queue.waiting().map(({ statement }) => statement));
if (isKeptElsewhere() || hand.some(({ statement }) => begun.has(statement))) {
  hand = isKeptElsewhere() ? [] : hand.filter(({ statement }) => !begun.has(statement));
  practice?.remove();
  deal();
  topUp();
}
changed();
const isAtDesk = matchMedia("(hover: hover) and (pointer: fine)").matches;
if (isAtDesk && !location.hash) {
  root.querySelector("[data-face]:not([hidden]) [data-focus]")?.focus({ preventScroll: true });
}
