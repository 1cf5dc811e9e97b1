/* A page of the conversation in a frame on another site's page.

   embed.js, on that page, begins the frame's address with a fragment: from which origin
   it is, and the code of who has voted here before. The fragment never leaves the
   browser, and tells nothing to whom the conversation does not name: messages go to
   this one origin, and only if it is on the list. In a frame without embed.js there is
   nobody to talk to, and everything else works as well.

   The frame's own pages hand the code to each other by the fragment, too; and a page
   beside the frame gets it by a form, which takes it along as a cookie. */

const { dataset: page } = document.querySelector("[data-frame]");
const fragment = new URLSearchParams(location.hash.slice(1));
const isFramed = window.parent !== window;
const named = fragment.get("host");
const host = isFramed && JSON.parse(page.origins).includes(named) ? named : null;
const inside = new Map([
  [page.votingPage, page.votingInside],
  [page.resultsPage, page.resultsInside],
]);

let carried = isFramed ? fragment.get("participant") : null;

/* The signed code of who has voted here before, as far as the frame was told. */
export function given() {
  return carried;
}

/* She has voted: the frame's pages, and the host's page, keep who she is. */
export function keep(signed) {
  if (carried === signed) return;
  carried = signed;
  tell("participant", { participant: signed });
}

/* To the page around the frame. */
export function tell(type, detail = {}) {
  if (host) window.parent.postMessage({ folkmoot: page.slug, type, ...detail }, host);
}

/* --- Links ------------------------------------------------------------------------- */

function handedOn() {
  const parts = new URLSearchParams();
  if (host) parts.set("host", host);
  if (carried) parts.set("participant", carried);
  return `#${parts}`;
}

/* The same page in the frame, where it has one. */
function within(address) {
  const path = inside.get(address.pathname) ?? address.pathname;
  if (![...inside.values()].includes(path)) return null;
  return path + address.search + handedOn();
}

function leave(address) {
  const form = document.querySelector("[data-leave]");
  const current = document.querySelector("[data-voting]")?.dataset.participant;
  form.elements.participant.value = carried ?? current ?? "";
  form.elements.to.value = address.pathname + address.search + address.hash;
  form.submit();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented) return;
  const address = new URL(link.href);
  if (address.origin !== location.origin) return;
  if (address.pathname === location.pathname && address.hash) {
    link.target = "_self";
    return;
  }
  const isOutside = link.dataset.outside !== undefined;
  const path = isOutside ? null : within(address);
  if (path) {
    link.target = "_self";
    link.href = path;
  } else if (address.pathname.startsWith(page.home)) {
    event.preventDefault();
    leave(address);
  }
});

/* Forms that ask (a search, an order) stay in the frame. */
document.addEventListener("submit", ({ target: form }) => {
  if (form.method !== "get") return;
  const path = within(new URL(form.action));
  if (!path) return;
  form.target = "_self";
  form.action = path;
});

/* --- Height ------------------------------------------------------------------------ */

if (host) {
  document.documentElement.classList.add("is-hosted");
  tell("ready", { title: document.title });
  const measure = () => {
    const { height } = document.body.getBoundingClientRect();
    tell("height", { height: Math.ceil(height) });
  };
  new ResizeObserver(measure).observe(document.body);
}
