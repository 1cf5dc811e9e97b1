/* The opinion map: closer, further and aside, and coloured by a statement without a new
   page. What is set here stays when newer results take the map's place. */

const WHOLE = { x: 0, y: 0, width: 1000, height: 700 };
const CLOSEST = 6;
const STEP = 1.5;
const KEYS = {
  "+": "in", "=": "in", "-": "out", "0": "whole",
  ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down",
};
const ASIDE = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

let view = { ...WHOLE };

const frame = () => document.querySelector("[data-map-frame]");
const drawing = () => frame()?.querySelector("svg");
const closeness = () => WHOLE.width / view.width;

function between(low, value, high) {
  return Math.min(Math.max(value, low), high);
}

/* Never further than the whole, never beside it. */
function show(x, y, width) {
  view.width = between(WHOLE.width / CLOSEST, width, WHOLE.width);
  view.height = (view.width * WHOLE.height) / WHOLE.width;
  view.x = between(0, x, WHOLE.width - view.width);
  view.y = between(0, y, WHOLE.height - view.height);
  draw();
}

function draw() {
  const svg = drawing();
  if (!svg) return;
  svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
  svg.style.setProperty("--closeness", closeness());
  svg.style.setProperty("--mark", 1 / Math.sqrt(closeness()));
  frame().classList.toggle("is-close", closeness() > 1);
  for (const button of frame().querySelectorAll("[data-map]")) {
    button.setAttribute("aria-disabled", String(!can(button.dataset.map)));
  }
}

function can(what) {
  if (what === "in") return closeness() < CLOSEST - 0.01;
  return closeness() > 1;
}

/* Closer around a point of the drawing, which stays where it is on the screen. */
function scale(factor, x = view.x + view.width / 2, y = view.y + view.height / 2) {
  const width = between(WHOLE.width / CLOSEST, view.width / factor, WHOLE.width);
  const kept = width / view.width;
  show(x - (x - view.x) * kept, y - (y - view.y) * kept, width);
}

function act(what) {
  if (!can(what)) return;
  if (what === "in") scale(STEP);
  else if (what === "out") scale(1 / STEP);
  else if (what === "whole") show(0, 0, WHOLE.width);
  else {
    const [dx, dy] = ASIDE[what];
    show(view.x + (dx * view.width) / 5, view.y + (dy * view.height) / 5, view.width);
  }
}

function pointAt(clientX, clientY) {
  const box = drawing().getBoundingClientRect();
  return [
    view.x + ((clientX - box.left) / box.width) * view.width,
    view.y + ((clientY - box.top) / box.height) * view.height,
  ];
}

function moveBy(pixelsX, pixelsY) {
  const unit = view.width / drawing().getBoundingClientRect().width;
  show(view.x - pixelsX * unit, view.y - pixelsY * unit, view.width);
}

/* --- Buttons and keys --- */

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-map]");
  if (button) act(button.dataset.map);
});

document.addEventListener("keydown", (event) => {
  const what = KEYS[event.key];
  if (!what || event.target !== frame()) return;
  if (event.ctrlKey || event.metaKey || event.altKey || !can(what)) return;
  event.preventDefault();
  act(what);
});

/* --- Mouse: drag what is close; the wheel scrolls the page, but with Ctrl the map --- */

let dragged = null;

document.addEventListener("pointerdown", (event) => {
  if (event.pointerType !== "mouse" || event.button !== 0 || closeness() === 1) return;
  if (!event.target.closest(".map__drawing")) return;
  dragged = [event.clientX, event.clientY];
  event.preventDefault();
});

document.addEventListener("pointermove", (event) => {
  if (!dragged || !drawing()) return;
  moveBy(event.clientX - dragged[0], event.clientY - dragged[1]);
  dragged = [event.clientX, event.clientY];
});

document.addEventListener("pointerup", () => {
  dragged = null;
});

function onWheel(event) {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  scale(Math.exp(-event.deltaY / 200), ...pointAt(event.clientX, event.clientY));
}

/* --- Touch: one finger scrolls the page, two move the map --- */

let fingers = null;

function twoFingers(touches) {
  const [a, b] = touches;
  return {
    x: (a.clientX + b.clientX) / 2,
    y: (a.clientY + b.clientY) / 2,
    apart: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY),
  };
}

function onTouch(event) {
  if (event.touches.length !== 2) {
    fingers = null;
    return;
  }
  event.preventDefault();
  const now = twoFingers(event.touches);
  if (fingers) {
    moveBy(now.x - fingers.x, now.y - fingers.y);
    scale(now.apart / fingers.apart, ...pointAt(now.x, now.y));
  }
  fingers = now;
}

/* --- Coloured by a statement --- */

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-colour]");
  const map = document.getElementById("map");
  if (!link || !map || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const headers = { "HX-Request": "true", "HX-Target": "map" };
  const answer = await fetch(link.href, { headers }).catch(() => null);
  if (!answer?.ok) {
    location.assign(link.href);
    return;
  }
  const fresh = document.createElement("template");
  fresh.innerHTML = await answer.text();
  map.replaceWith(fresh.content);
  history.replaceState(null, "", link.href);
  prepare();
  (document.getElementById(link.id) ?? document.getElementById("map-heading")).focus();
  document.getElementById("map").scrollIntoView({ block: "start" });
});

/* --- The map as it stands on the page --- */

function prepare() {
  const here = frame();
  if (!here || here.tabIndex === 0) return;
  here.tabIndex = 0;
  here.setAttribute("role", "group");
  here.setAttribute("aria-label", here.dataset.label);
  here.querySelector("[data-map-buttons]").hidden = false;
  const svg = drawing();
  svg.addEventListener("wheel", onWheel, { passive: false });
  svg.addEventListener("touchstart", onTouch, { passive: false });
  svg.addEventListener("touchmove", onTouch, { passive: false });
  svg.addEventListener("touchend", onTouch);
  draw();
}

document.addEventListener("htmx:afterSwap", prepare);
prepare();
