/* Choosing by a swipe, for fingers only: an extra beside the buttons.

   A swipe counts when the finger is lifted far from where it began, never by speed; on
   the way the card says what would be chosen. One that begins at the screen's edge is
   the browser's, one that turns downwards scrolls. */

const EDGE = 24;
const BEGIN = 12;
const SHARE = 0.38;
// The words stay within their card.
const FAR = 28;

export function start(table) {
  let swipe = null;

  table.addEventListener("pointerdown", (event) => {
    const face = event.target.closest("[data-face]");
    const isEdge = event.clientX < EDGE || event.clientX > innerWidth - EDGE;
    const isOther = event.target.closest("button, a, summary, input, textarea");
    if (event.pointerType !== "touch" || !event.isPrimary || isEdge || isOther) return stop();
    if (face?.querySelector("[data-key='a']")) swipe = { face, event, moved: 0 };
  });

  table.addEventListener("pointermove", ({ clientX, clientY, pointerId }) => {
    if (!swipe || pointerId !== swipe.event.pointerId) return;
    const x = clientX - swipe.event.clientX;
    const y = clientY - swipe.event.clientY;
    if (!swipe.moved && Math.abs(y) > BEGIN && Math.abs(y) > Math.abs(x)) return stop();
    if (!swipe.moved && Math.abs(x) < BEGIN) return;
    swipe.moved = x;
    show();
  });

  table.addEventListener("pointerup", () => {
    const button = swipe && isFar() && chosen();
    stop();
    if (!button) return;
    button.dataset.by = "hand";
    button.form.requestSubmit(button);
  });
  table.addEventListener("pointercancel", stop);

  function isFar() {
    return Math.abs(swipe.moved) > Math.max(110, swipe.face.offsetWidth * SHARE);
  }

  /* The button on whose side the card is. */
  function chosen() {
    const isEnd = swipe.moved > 0 === (document.documentElement.dir !== "rtl");
    return swipe.face.querySelector(`[data-key="${isEnd ? "a" : "d"}"]`);
  }

  function show() {
    const { face, moved } = swipe;
    const body = face.querySelector("[data-card-body]");
    const x = Math.max(-FAR, Math.min(FAR, moved / 4));
    body.style.transform = `translateX(${x}px) rotate(${x / 14}deg)`;
    for (const button of face.querySelectorAll(".choice")) {
      const isMeant = button === chosen();
      button.classList.toggle("is-meant", isMeant);
      button.classList.toggle("is-certain", isMeant && isFar());
    }
  }

  function stop() {
    if (!swipe) return;
    const { face } = swipe;
    face.querySelector("[data-card-body]").style.transform = "";
    for (const button of face.querySelectorAll(".choice")) {
      button.classList.remove("is-meant", "is-certain");
    }
    swipe = null;
  }
}
