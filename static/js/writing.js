/* Writing a statement: what is left of its length, what was said already, and sending
   it without leaving the page. Without this file the form does the same with a new page.

   Characters are what a reader takes for one, as on the server (validators.py). */

const PAUSE = 400;
const ENOUGH = 8;
const NEAR_THE_END = 40;
const SHORT = 16;
const QUESTION = /[?？؟]\s*$/;
const asFragment = { "HX-Request": "true" };

const language = document.documentElement.lang;
const numbers = new Intl.NumberFormat(language);
const segmenter = globalThis.Intl?.Segmenter && new Intl.Segmenter(language);
const sentences = segmenter && new Intl.Segmenter(language, { granularity: "sentence" });
const MARK = /\p{M}/u;

/* An old browser counts code points that are no marks: nearly the same. */
function count(text) {
  const tidy = text.trim().replace(/\s+/g, " ").normalize("NFC");
  if (segmenter) return [...segmenter.segment(tidy)].length;
  return [...tidy].filter((point) => !MARK.test(point)).length;
}

/* Which piece of advice these words ask for; "" where none. */
function advice(text) {
  const tidy = text.trim();
  const parts = sentences ? [...sentences.segment(tidy)] : tidy.split(/[.!。！।]\s+(?=\S)/u);
  if (parts.length > 1) return "idea";
  if (QUESTION.test(tidy)) return "claim";
  return tidy && count(tidy) < SHORT ? "alone" : "";
}

function later(work) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, PAUSE);
  };
}

function attach(form) {
  if (form.dataset.attached !== undefined) return;
  form.dataset.attached = "";
  const field = form.elements.text;
  const room = document.querySelector(`[data-similar-to="${CSS.escape(form.id)}"]`);
  const counter = form.querySelector("[data-count]");
  const said = form.querySelector("[data-said]");
  const { dataset: words } = form;
  let asked = field.value.trim();
  let running;

  function left() {
    return Number(words.limit) - count(field.value);
  }

  function leftInWords() {
    const n = left();
    const form = n < 0 ? words.wordsOver : words.wordsLeft;
    return form.replace("{n}", numbers.format(Math.abs(n)));
  }

  function showLeft() {
    counter.hidden = false;
    counter.textContent = leftInWords();
    counter.classList.toggle("is-over", left() < 0);
  }

  /* Only near the end, and once she pauses: not with every key. */
  const sayLeft = later(() => {
    if (left() <= NEAR_THE_END) said.textContent = leftInWords();
  });

  const advise = later(() => {
    const tip = advice(field.value);
    for (const item of form.querySelectorAll("[data-tip]")) {
      const isMeant = item.dataset.tip === tip;
      if (isMeant && !item.classList.contains("is-meant")) said.textContent = item.textContent;
      item.classList.toggle("is-meant", isMeant);
    }
  });

  const ask = later(async () => {
    const text = field.value.trim();
    if (text === asked) return;
    asked = text;
    running?.abort();
    if (count(text) < ENOUGH) return show("");
    running = new AbortController();
    try {
      const response = await fetch(words.similar, {
        method: "POST",
        headers: asFragment,
        body: new FormData(form),
        signal: running.signal,
      });
      if (response.ok) show(await response.text());
    } catch {
      // A hint is no reason to disturb anybody.
    }
  });

  function show(html) {
    const had = shown(room);
    room.innerHTML = html;
    const has = shown(room);
    if (has && has !== had) said.textContent = words.wordsFound;
  }

  field.addEventListener("input", () => {
    showLeft();
    sayLeft();
    advise();
    // What has other words now is no longer the very same.
    if (room.querySelector(".similar") && !shown(room)) show("");
    ask();
  });
  room.addEventListener("submit", (event) => voteInstead(event, words.wordsVoted));
  if (form.id === "write") form.addEventListener("submit", send);
  showLeft();
}

/* Which statements are suggested. */
function shown(room) {
  return room.querySelector("[name=considered]")?.value ?? "";
}

/* The voting page takes the vote, if it is there to take it; else the form is sent. */
function voteInstead(event, words) {
  const { target: form, submitter } = event;
  if (form.dataset.instead === undefined || !submitter) return;
  const statement = Number(form.elements.statement.value);
  const detail = { statement, choice: Number(submitter.value) };
  const offer = { bubbles: true, cancelable: true, detail };
  if (form.dispatchEvent(new CustomEvent("folkmoot:instead", offer))) return;
  event.preventDefault();
  const done = document.createElement("p");
  done.className = "similar__voted";
  done.tabIndex = -1;
  done.textContent = `${submitter.textContent.trim()}: ${words}`;
  submitter.parentElement.replaceWith(done);
  done.focus();
}

async function send(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const failed = form.querySelector("[data-failed]");
  const buttons = [...form.elements].filter(({ type }) => type === "submit");
  for (const button of buttons) button.disabled = true;
  failed.hidden = true;
  try {
    const her = await participant(form);
    const response = await fetch(form.action, {
      method: "POST",
      headers: asFragment,
      body: new FormData(form),
    });
    const html = await response.text();
    if (!replaced(form, html)) throw new Error(sentence(html));
    if (response.ok) her?.remember();
  } catch (error) {
    const isOurs = error.constructor === Error && error.message;
    failed.textContent = isOurs ? error.message : form.dataset.wordsFailed;
    failed.hidden = false;
    for (const button of buttons) button.disabled = false;
  }
}

/* In a frame whose cookies are blocked, the voting page knows better than the form. */
async function participant(form) {
  if (!document.querySelector("[data-voting]")) return null;
  const her = await import("./participant.js");
  form.elements.participant.value = her.code();
  return her;
}

/* The section as it comes back; false where the answer is a refusal without the form. */
function replaced(form, html) {
  const answer = parsed(html).querySelector(".writing");
  if (!answer) return false;
  form.closest(".writing").replaceWith(answer);
  answer.querySelectorAll("[data-writing]").forEach(attach);
  const focused = "[data-focus], [aria-invalid='true']";
  const field = answer.querySelector("[aria-invalid='true']");
  (field ?? answer.querySelector(focused))?.focus();
  return true;
}

function sentence(html) {
  return parsed(html).querySelector(".refusal p")?.textContent ?? "";
}

function parsed(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

document.querySelectorAll("[data-writing]").forEach(attach);
