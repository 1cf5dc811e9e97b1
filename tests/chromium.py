"""A real Chromium that is watched: where it asks, what it complains of, who can use it."""

from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests import services

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 568}
FINGERS = {"has_touch": True, "is_mobile": True}
PATIENCE_MILLISECONDS = 10_000


def program() -> str:
    """The path of Chromium; where there is none, the test is skipped or fails."""
    path = services.chromium()
    if path is None:
        (pytest.fail if services.ALL_REQUIRED else pytest.skip)("Chromium is not there")
    return path


class Watched:
    """One person's browser; `asked` and `complaints` are what it did in passing."""

    def __init__(
        self, browser: Browser, base: str, size: dict[str, int], **options: Any
    ) -> None:
        """options : of the browser's context, as Playwright names them"""
        self.base = base
        self.context = browser.new_context(viewport=size, **{"locale": "en", **options})
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE_MILLISECONDS)
        self.asked: set[str] = set()
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.add(request.url))
        self.page.on("console", lambda message: self._hear(message.type, message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)

    def visit(self, path: str) -> Page:
        answer = self.page.goto(urljoin(self.base, path))
        assert answer is not None
        assert answer.status == 200
        self.check()
        return self.page

    def check(self) -> None:
        """No barrier for anyone on the page as it is now, and it fits the screen."""
        self.check_barriers()
        self.check_width()

    def check_barriers(self, *rules: str) -> None:
        """By these rules of axe, or by all of them."""
        only = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else None
        found = Axe().run(self.page, options=only)
        assert found.violations_count == 0, found.generate_report()

    def check_width(self) -> None:
        """Nothing is wider than the screen: a phone would zoom out to show it."""
        wide, screen = self.page.evaluate(
            "(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth])"
            "(document.documentElement)"
        )
        assert wide <= screen, f"{self.page.url} is {wide} wide on {screen}"

    @property
    def other_hosts(self) -> set[str]:
        """Who else was asked for anything."""
        home = urlsplit(self.base).netloc
        hosts = {
            urlsplit(url).netloc for url in self.asked if url.startswith(("http", "ws"))
        }
        return hosts - {home}
