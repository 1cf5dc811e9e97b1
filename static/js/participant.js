/* Who votes here, and what this browser keeps of her.

   The page brings a signed code: that of the cookie, or for a newcomer a fresh one. The
   cookie is between browser and server and outranks everything here. Where there is none
   though she has voted (a page in a frame, whose cookies are blocked), the code of her
   first vote counts: it is kept on the shelf, and in the stores that others add.
   Nothing is kept anywhere before the first vote. */

const { slug, participant: brought, known } =
  document.querySelector("[data-voting]").dataset;
const PREFIX = `folkmoot:${slug}:`;
const memory = new Map();
const stores = [];

function browserStorage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/* localStorage under the conversation's name; where it is blocked or full, this page. */
export const shelf = {
  get(name) {
    return memory.get(name) ?? browserStorage()?.getItem(PREFIX + name) ?? null;
  },

  /* Whether it outlives this page. */
  set(name, value) {
    try {
      browserStorage().setItem(PREFIX + name, value);
      return true;
    } catch {
      memory.set(name, value);
      return false;
    }
  },

  remove(name) {
    memory.delete(name);
    browserStorage()?.removeItem(PREFIX + name);
  },

  /* All names that begin so, in order. */
  names(beginning) {
    const kept = Object.keys(browserStorage() ?? {})
      .filter((name) => name.startsWith(PREFIX))
      .map((name) => name.slice(PREFIX.length));
    return [...memory.keys(), ...kept].filter((name) => name.startsWith(beginning)).sort();
  },

  /* Another tab has put something here, or taken it away: what it was, or is. */
  watch(changed) {
    window.addEventListener("storage", ({ key, newValue, oldValue }) => {
      if (key?.startsWith(PREFIX)) changed(key.slice(PREFIX.length), newValue ?? oldValue);
    });
  },

  lockName: PREFIX + "sending",
};

let current = (known === undefined && shelf.get("code")) || brought;

/* The signed code that an event of now is cast with. */
export function code() {
  return current;
}

/* The page brings no cookie's code, and another was kept: its cards may be old ones. */
export function isKeptElsewhere() {
  return current !== brought;
}

/* From here on she is this one: a host page, or the server, says so. */
export function adopt(signed) {
  current = signed;
  if (shelf.get("code") !== null) remember();
}

/* The kept code was not recognised: it is the page's from here on. */
export function startAgain() {
  adopt(brought);
  return brought;
}

/* There is something to remember: called with the first vote. */
export function remember() {
  if (shelf.get("code") !== current) shelf.set("code", current);
  for (const store of stores) store(current);
  dropSignedLink();
}

/* Who passes the address on does not pass on who she is: it has done its work. */
function dropSignedLink() {
  if (!new URLSearchParams(location.search).has("sig")) return;
  history.replaceState(null, "", location.pathname + location.hash);
}

/* Another place to keep the code in: a function that is handed it with every vote. */
export function addStore(store) {
  stores.push(store);
}

if (known !== undefined && shelf.get("code") !== null) remember();
