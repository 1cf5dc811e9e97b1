"""What a voting page weighs, and when it is there: bytes, requests, LCP, CLS.

    python -m benchmarks.pages [--address URL] [--rounds 5]

Without an address the whole thing is started with its demo conversation in a folder of
its own. A real Chromium of a phone's size fetches the page with an empty cache; bytes
are what came over the wire, heads and bodies, as Chromium's network log has them. For
LCP (when the largest thing is painted) and CLS (how far things jump) the processor is
slowed down four times, and the network is 1.6 Mbit/s with 150 ms there and back, as
the common "slow 4G" of Lighthouse. Other work on the machine slows the processor down
further, so run it alone. Ends with 1 where a target is missed.
"""

import argparse
import os
import statistics
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.chromium import ARGUMENTS, FINGERS, PHONE, program
from tests.stack import Stack, running_on

SLUG = "demo"
SLOW_DOWN = 4
BYTES_PER_SECOND = 1_600_000 / 8
LATENCY_MILLISECONDS = 150
N_VOTES = 8

MOST_BYTES, MOST_REQUESTS, MOST_OF_A_VOTE = 50_000, 5, 4_000
MOST_SECONDS, MOST_SHIFT = 1.0, 0.0

# Both watch from the first moment on; the last of the paints is the largest. What moves
# because somebody has just pressed something is no shift, by the measure's definition.
WATCH = """
window.paint = {}; window.shift = 0;
new PerformanceObserver((list) => {
  for (const { startTime, element } of list.getEntries())
    window.paint = { at: startTime, what: element?.className || element?.tagName };
}).observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput } of list.getEntries())
    if (!hadRecentInput) window.shift += value;
}).observe({ type: "layout-shift", buffered: true });
"""


@dataclass
class Traffic:
    """What went over the wire since `forget`: one entry for each answer."""

    sizes: dict[str, int] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)

    def watch(self, session: CDPSession) -> None:
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._answered)

    def _asked(self, event: dict) -> None:
        if event["request"]["url"].startswith("http"):
            self.addresses[event["requestId"]] = event["request"]["url"]

    def _answered(self, event: dict) -> None:
        if event["requestId"] in self.addresses:
            self.sizes[event["requestId"]] = int(event["encodedDataLength"])

    def forget(self) -> None:
        self.sizes.clear()
        self.addresses.clear()

    @property
    def n_bytes(self) -> int:
        return sum(self.sizes.values())


@dataclass(frozen=True)
class Visit:
    page: Page
    session: CDPSession
    traffic: Traffic


def visit(browser: Browser, address: str, *, is_slow: bool = False) -> Visit:
    """A newcomer's first look at the voting page, with nothing in the cache."""
    page = browser.new_context(viewport=PHONE, locale="en", **FINGERS).new_page()
    session, traffic = page.context.new_cdp_session(page), Traffic()
    traffic.watch(session)
    if is_slow:
        slow_down(session)
    page.add_init_script(WATCH)
    page.goto(f"{address.rstrip('/')}/c/{SLUG}/vote/", wait_until="networkidle")
    return Visit(page, session, traffic)


def slow_down(session: CDPSession) -> None:
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_DOWN})
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MILLISECONDS,
            "downloadThroughput": BYTES_PER_SECOND,
            "uploadThroughput": BYTES_PER_SECOND,
        },
    )


def weigh(browser: Browser, address: str) -> list[bool]:
    """Print what the first view and a vote weigh; whether each target is met."""
    found = visit(browser, address)
    traffic = found.traffic
    print(f"{'bytes':>8}  first view of the voting page")
    for request, size in traffic.sizes.items():
        print(f"{size:>8}  {traffic.addresses[request]}")
    n_bytes, n_requests = traffic.n_bytes, len(traffic.addresses)
    sizes = vote(found)
    worst = max(sizes)
    print(f"{statistics.median(sizes):>8.0f}  a vote and its answer, median")
    return [
        say("first view, bytes", n_bytes, MOST_BYTES),
        say("first view, requests", n_requests, MOST_REQUESTS),
        say("a vote, bytes at most", worst, MOST_OF_A_VOTE),
    ]


def vote(found: Visit) -> list[int]:
    """Bytes of each vote, its answer's head included, what was sent not."""
    page, sizes = found.page, []
    page.locator("[data-face=practice] [name=skip]").click()
    for n in range(N_VOTES):
        found.traffic.forget()
        with page.expect_response("**/votes/") as answer:
            page.locator(f"[data-ballot] [data-key={'apd'[n % 3]}]").click()
        answer.value.finished()
        sent = answer.value.request.sizes()
        sizes.append(found.traffic.n_bytes + sent["requestBodySize"])
    return sizes


def time(browser: Browser, address: str, rounds: int) -> list[bool]:
    """Print when the page is there on a slow phone; whether the targets are met."""
    paints, shifts, what = [], [], ""
    for _ in range(rounds):
        page = visit(browser, address, is_slow=True).page
        page.locator("[data-face=practice] [name=skip]").click()
        for _ in range(3):
            page.locator("[data-ballot] [data-key=a]").click()
        paint, shift = page.evaluate("[window.paint, window.shift]")
        paints.append(paint["at"] / 1000)
        shifts.append(shift)
        what = paint["what"]
        page.context.close()
    busy = os.getloadavg()[0]
    print(f"{busy:.1f} processes wanted the {os.cpu_count()} cores meanwhile")
    print(f"LCP of each round: {' '.join(f'{at:.2f}' for at in paints)} ({what})")
    return [
        say("LCP in seconds, median", statistics.median(paints), MOST_SECONDS),
        say("CLS, three votes included, worst", max(shifts), MOST_SHIFT),
    ]


def say(what: str, figure: float, most: float) -> bool:
    is_met = figure <= most
    print(
        f"{what}: {figure:.4g} (target: at most {most:g}) {'' if is_met else 'MISSED'}"
    )
    return is_met


def measure(address: str, rounds: int) -> bool:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)
        met = weigh(browser, address) + time(browser, address, rounds)
    return all(met)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--address", help="of a server that runs already")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    if options.address:
        return 0 if measure(options.address, options.rounds) else 1
    with tempfile.TemporaryDirectory() as folder:
        stack: Stack
        with running_on("sqlite", Path(folder)) as stack:
            return 0 if measure(stack.base, options.rounds) else 1


if __name__ == "__main__":
    sys.exit(main())
