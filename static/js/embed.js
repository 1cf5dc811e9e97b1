/* For other sites: one line of theirs puts a conversation into their page.

     <script src="https://folkmoot.example/embed.js" data-conversation="rivers" async></script>

   The frame stands where the script stands, or in the element that data-into names (a
   selector), and is as high as what it shows. data-link takes the query of a signed link.
   The conversation has to name this page's origin; docs/embedding.md has the rest.

   Browsers block the cookies of frames: so this page keeps, in its own localStorage and
   from the first vote on, the signed code of who votes. It hears that somebody voted,
   never what: as events folkmoot:ready, :vote, :goal and :done on the element around the
   frame, which bubble. */

(() => {
  "use strict";

  const script = document.currentScript;
  const { conversation, link, into } = script.dataset;
  const home = new URL(script.src).origin;
  const KEY = `folkmoot:${home}:${conversation}`;
  const PATIENCE = 10_000;
  const EVENTS = { vote: ["n_voted"], goal: ["n_voted", "goal"], done: [] };
  const MOST_PIXELS = 20_000;

  if (!/^[a-z0-9-]+$/.test(conversation ?? "")) {
    console.error("Folkmoot: data-conversation has to name a conversation.");
    return;
  }

  function read() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  }

  function keep(code) {
    try {
      localStorage.setItem(KEY, code);
    } catch {
      // Blocked or full: she is known as long as the page is open.
    }
  }

  function address() {
    const fragment = new URLSearchParams({ host: location.origin });
    const kept = link ? null : read();
    if (kept) fragment.set("participant", kept);
    const query = link ? `?${link.replace(/^\?/, "")}` : "";
    return new URL(`c/${conversation}/embed/${query}#${fragment}`, script.src).href;
  }

  const place = document.createElement("div");
  place.className = "folkmoot";
  place.dataset.conversation = conversation;
  const frame = document.createElement("iframe");
  frame.title = "Folkmoot";
  Object.assign(frame.style, {
    display: "block",
    width: "100%",
    height: "40rem",
    border: "0",
    borderRadius: "0.75rem",
    colorScheme: "normal",
  });
  frame.src = address();
  place.append(frame);

  const late = setTimeout(() => {
    console.warn(
      `Folkmoot: the conversation "${conversation}" does not show. Is ${location.origin}` +
        " on its list of sites?",
    );
  }, PATIENCE);

  const heard = {
    ready({ title }) {
      clearTimeout(late);
      frame.title = String(title);
      say("ready", {});
    },
    height({ height }) {
      if (height > 0 && height < MOST_PIXELS) frame.style.height = `${height}px`;
    },
    participant({ participant }) {
      if (typeof participant === "string") keep(participant);
    },
  };

  function say(type, detail) {
    place.dispatchEvent(new CustomEvent(`folkmoot:${type}`, { bubbles: true, detail }));
  }

  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== home) return;
    const { folkmoot, type, ...said } = event.data ?? {};
    if (folkmoot !== conversation) return;
    if (Object.hasOwn(heard, type)) heard[type](said);
    if (Object.hasOwn(EVENTS, type)) {
      say(type, Object.fromEntries(EVENTS[type].map((name) => [name, said[name]])));
    }
  });

  const isInHead = document.head.contains(script);

  function settle() {
    const target = into ? document.querySelector(into) : isInHead && document.body;
    if (target) target.append(place);
    else script.after(place);
  }

  if (document.readyState === "loading" && (into || isInHead)) {
    document.addEventListener("DOMContentLoaded", settle);
  } else {
    settle();
  }
})();
