/* No vote is lost: events wait here, and go out one at a time, in order.

   An event lies on the shelf under a name of its own that sorts by time, so that two
   tabs never overwrite each other; whichever tab holds the lock sends them all. It is
   taken from the shelf when the server has answered, so what was sent and not heard of
   goes out again: the server knows it by its key. */

import { code, remember, shelf, startAgain } from "./participant.js";

const PATIENCE = 15_000;
const SHORTEST_WAIT = 1_000;
const LONGEST_WAIT = 60_000;
const LEASE = 20_000;

let told;
let isSending = false;
let isKept = true;
let failures = 0;
let notBefore = 0;
let timer;
let renewLease = () => {};

/* The listener has changed(), answered(event, answer), refused(event, answer),
   elsewhere(event) for what another tab put here or sent, held() and addresses. */
export function start(listener) {
  told = listener;
  shelf.watch((name, value) => {
    if (name.startsWith("event:")) told.elsewhere(JSON.parse(value));
  });
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) send();
  });
  send();
}

/* Puts an event of this moment at the end: {kind: "vote", statement, choice, ...}. */
export function add(event) {
  remember();
  const whole = { ...event, key: event.key ?? newKey(), participant: code() };
  const last = Number(shelf.names("event:").at(-1)?.slice(6, 21) ?? 0);
  const time = String(Math.max(Date.now(), last + 1)).padStart(15, "0");
  isKept = shelf.set(`event:${time}:${whole.key}`, JSON.stringify(whole));
  told.changed();
  send();
  return whole.key;
}

export function waiting() {
  return shelf.names("event:").map(read).filter(Boolean);
}

/* Whether the network, or the server, has failed since the last answer. */
export function isStuck() {
  return failures > 0 || (!navigator.onLine && waiting().length > 0);
}

/* Whether what waits outlives this page. */
export function outlivesPage() {
  return isKept;
}

export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function send() {
  if (isSending || Date.now() < notBefore) return;
  clearTimeout(timer);
  isSending = true;
  try {
    if (await alone(sendAll)) failures = 0;
    else waitLonger();
  } finally {
    isSending = false;
  }
  told.changed();
}

/* Whether everything is through. */
async function sendAll() {
  for (let name; (name = shelf.names("event:")[0]); ) {
    renewLease();
    const event = read(name);
    const settle = event ? await deliver(event) : () => {};
    if (!settle) return false;
    shelf.remove(name);
    failures = 0;
    settle();
    told.changed();
  }
  return true;
}

function waitLonger() {
  const wait = Math.min(SHORTEST_WAIT * 2 ** failures, LONGEST_WAIT);
  failures += 1;
  const scattered = wait * (0.5 + Math.random() / 2);
  timer = setTimeout(send, Math.max(scattered, notBefore - Date.now()));
}

/* What is to be told of an event that is stored, or refused for good; else nothing. */
async function deliver(event) {
  let response, answer;
  try {
    response = await post(event);
    answer = await response.json();
  } catch {
    // Cut off, or no answer of ours: a refusal for good is told by its status alone.
    if (!response || response.ok) return null;
  }
  if (response.ok) return () => told.answered(event, answer);
  const isPassing = [408, 425, 429].includes(response.status) || response.status >= 500;
  if (isPassing) {
    const seconds = Number(response.headers.get("Retry-After"));
    if (seconds > 0) notBefore = Date.now() + seconds * 1000;
    return null;
  }
  if (answer?.error?.code === "code_not_recognised" && castAgain(event)) return null;
  return () => told.refused(event, answer ?? {});
}

function post({ kind, ...body }) {
  return fetch(told.addresses[kind], {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(kind === "vote" ? { ...body, held: told.held() } : body),
    keepalive: true,
    signal: AbortSignal.timeout?.(PATIENCE),
  });
}

/* What waits under a code that is not recognised goes out under the page's own. */
function castAgain({ participant: unknown }) {
  const ours = startAgain();
  if (unknown === ours) return false;
  for (const name of shelf.names("event:")) {
    const event = read(name);
    if (event?.participant !== unknown) continue;
    shelf.set(name, JSON.stringify({ ...event, participant: ours }));
  }
  return true;
}

function read(name) {
  try {
    return JSON.parse(shelf.get(name));
  } catch {
    return null;
  }
}

/* One tab at a time. Without locks (a page without https, a frame) a lease on the shelf does. */
async function alone(work) {
  try {
    if (navigator.locks) return await navigator.locks.request(shelf.lockName, work);
  } catch (error) {
    // In a frame of another site, where browsers block what may tell sites apart.
    if (error.name !== "SecurityError") throw error;
  }
  const mine = newKey();
  const [until, holder] = (shelf.get("lease") ?? "").split(" ");
  if (holder && Number(until) > Date.now()) return false;
  renewLease = () => shelf.set("lease", `${Date.now() + LEASE} ${mine}`);
  renewLease();
  // Of two tabs that took it at once, the one that wrote last has it.
  await new Promise((resolve) => setTimeout(resolve, 30));
  if (!shelf.get("lease")?.endsWith(mine)) return false;
  try {
    return await work();
  } finally {
    shelf.remove("lease");
  }
}
