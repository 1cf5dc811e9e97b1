/* The screen in a room follows the votes, and stays awake while it is looked at. */

const EVERY = 3_000;
const board = document.querySelector("[data-room]");

async function look() {
  if (document.hidden) return;
  const { seen } = board.querySelector("[data-seen]").dataset;
  try {
    const query = new URLSearchParams({ seen });
    const response = await fetch(`${board.dataset.room}?${query}`);
    if (response.status === 200) board.innerHTML = await response.text();
  } catch {
    // The network is away: the numbers of before stay until it is back.
  }
}

async function stayAwake() {
  if (document.hidden) return;
  await navigator.wakeLock?.request("screen").catch(() => {});
}

setInterval(look, EVERY);
document.addEventListener("visibilitychange", stayAwake);
stayAwake();
