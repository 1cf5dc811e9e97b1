"""A conversation in a frame on another site, in a browser that blocks its cookies."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import (
    BrowserContext,
    FrameLocator,
    Page,
    Playwright,
    expect,
)

from tests.chromium import ARGUMENTS, DESK, PATIENCE_MILLISECONDS, PHONE, program
from tests.stack import Stack, eventually, running_on

SLUG = "demo"
# localhost is another site than 127.0.0.1, where the conversation is.
PAGE = """<!doctype html><html lang="en"><title>The Town News</title>
<body><h1>The Town News</h1>
<script src="{base}embed.js" data-conversation="demo" async></script>
<script>
  window.heard = [];
  for (const type of ["ready", "vote", "goal", "done"]) {{
    document.addEventListener(`folkmoot:${{type}}`, ({{ target, detail }}) => {{
      heard.push([target.className, type, detail]);
    }});
  }}
  window.told = [];
  addEventListener("message", ({{ origin, data }}) => told.push([origin, data]));
</script></body></html>"""
PREFERENCES = {
    "profile": {"block_third_party_cookies": True, "cookie_controls_mode": 1}
}


@pytest.fixture(scope="module")
def stack(tmp_path_factory) -> Iterator[Stack]:
    with running_on("sqlite", tmp_path_factory.mktemp("embedding")) as stack:
        yield stack


@contextmanager
def site(stack: Stack) -> Iterator[str]:
    """The origin of a site that holds the conversation in its only page."""

    class News(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802 - as the library calls it
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(PAGE.format(base=stack.base).encode())

        def log_message(self, *_arguments: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), News) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()


@pytest.fixture
def context(playwright: Playwright, tmp_path: Path) -> Iterator[BrowserContext]:
    """A browser that keeps what it learns, and blocks cookies of other sites."""
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default/Preferences").write_text(json.dumps(PREFERENCES))
    context = playwright.chromium.launch_persistent_context(
        tmp_path, executable_path=program(), args=ARGUMENTS, viewport=PHONE, locale="en"
    )
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    yield context
    context.close()


def allow(page: Page, stack: Stack, origin: str) -> None:
    page.goto(f"{stack.base}sign-in/?next=/moderate/{SLUG}/setup/people/")
    page.get_by_label("Name").fill("moderator")
    page.get_by_label("Password").fill(stack.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Sites that may show it in their pages").fill(origin)
    page.get_by_role("button", name="Keep and stay").click()
    expect(page.get_by_text("Kept. It holds from now on.")).to_be_visible()


def frame_of(page: Page) -> FrameLocator:
    page.wait_for_function("heard.some(([, type]) => type === 'ready')")
    return page.frame_locator(".folkmoot iframe")


def vote(frame: FrameLocator, *names: str) -> list[str]:
    """Return the statements that were voted on."""
    said = []
    for name in names:
        card = frame.locator("[data-ballot]")
        said.append(card.locator("[data-statement]").inner_text())
        card.get_by_role("button", name=name, exact=True).click()
    return said


def stored(stack: Stack, page: Page) -> int:
    """How far the person is whose code the host's page keeps, as the server knows."""
    code = page.evaluate("localStorage.getItem(Object.keys(localStorage)[0])")
    answer = page.request.get(
        f"{stack.base}c/{SLUG}/cards/?held=", headers={"X-Participant": code}
    )
    return answer.json()["progress"]["n_voted"]


def height(page: Page) -> int:
    return page.evaluate("document.querySelector('iframe').offsetHeight")


@pytest.mark.parametrize("has_storage", [True, False])
def test_who_votes_in_a_frame_stays_who_she_is(
    stack: Stack, context: BrowserContext, has_storage: bool
) -> None:
    with site(stack) as origin:
        allow(context.new_page(), stack, origin)
        context.clear_cookies()
        if not has_storage:
            context.add_init_script(
                "if (parent !== window) Object.defineProperty(window, 'localStorage',"
                " { get() { throw new DOMException('', 'SecurityError'); } });"
            )
        page = context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(origin)
        frame = frame_of(page)
        frame.get_by_role("button", name="Skip this, begin").click()
        assert page.evaluate("localStorage.length") == 0

        first = vote(frame, "Agree", "Pass", "Disagree")
        expect(frame.locator("[data-bar-words]")).to_contain_text("3 of")
        page.wait_for_function("localStorage.length === 1")
        assert eventually(lambda: stored(stack, page) == 3, within=10)

        page.reload()
        frame = frame_of(page)
        expect(frame.locator("[data-bar-words]")).to_contain_text("3 of")
        (fourth,) = vote(frame, "Agree")
        expect(frame.locator("[data-bar-words]")).to_contain_text("4 of")

        assert fourth not in first
        assert eventually(lambda: stored(stack, page) == 4, within=10)
        assert context.cookies() == []
        assert complaints == []


def test_host_hears_that_there_was_a_vote_and_never_what(
    stack: Stack, context: BrowserContext
) -> None:
    with site(stack) as origin:
        allow(context.new_page(), stack, origin)
        page = context.new_page()
        page.goto(origin)
        frame = frame_of(page)
        frame.get_by_role("button", name="Skip this, begin").click()
        vote(frame, "Agree")
        page.wait_for_function("told.some(([, { type }]) => type === 'participant')")

        heard, told = page.evaluate("[heard, told]")

    place = "folkmoot"
    assert heard == [[place, "ready", {}], [place, "vote", {"n_voted": 1}]]
    assert {f"{sender}/" for sender, _data in told} == {stack.base}
    assert {name for _sender, data in told for name in data} == {
        "folkmoot",
        "type",
        "title",
        "height",
        "participant",
        "n_voted",
    }


def test_frame_is_as_high_as_what_it_shows(
    stack: Stack, context: BrowserContext
) -> None:
    with site(stack) as origin:
        allow(context.new_page(), stack, origin)
        page = context.new_page()
        page.set_viewport_size(DESK)
        page.goto(origin)
        frame = frame_of(page)
        expect(frame.get_by_role("main")).to_be_visible()
        page.wait_for_function("told.some(([, { type }]) => type === 'height')")
        low = height(page)
        own = frame.locator("[data-own] > summary")

        own.click()
        assert eventually(lambda: height(page) > low + 100, within=10)
        own.click()
        assert eventually(lambda: height(page) == low, within=10)


def test_site_that_is_not_named_shows_nothing(
    stack: Stack, context: BrowserContext
) -> None:
    with site(stack) as origin, site(stack) as other:
        allow(context.new_page(), stack, origin)
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(other)
        page.locator("iframe").wait_for()

        refused = "frame-ancestors"
        assert eventually(
            lambda: page.title() and any(refused in words for words in said), within=10
        )
        assert page.evaluate("heard") == []
