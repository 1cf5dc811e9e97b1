"""Somebody who votes in a real browser, and what the database has of her."""

from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.chromium import FINGERS, PHONE, Watched
from tests.stack import Stack

CHOICES = {"Agree": 1, "Pass": 0, "Disagree": -1}
NOTHING_WAITS = """
() => !Object.keys(localStorage).some((name) => name.includes(":event:"))
"""


class Voter(Watched):
    """`cast` are her votes in order: (statement, choice)."""

    def __init__(
        self,
        browser: Browser,
        stack: Stack,
        slug: str,
        size: dict[str, int] = PHONE,
        **options: Any,
    ) -> None:
        fingers = FINGERS if size == PHONE else {}
        base = options.pop("base", stack.base)
        super().__init__(browser, base, size, **fingers, **options)
        self.stack, self.slug = stack, slug
        self.home = f"/c/{slug}/"
        self.cast: list[tuple[int, int]] = []

    def begin(self) -> Page:
        """Before her first statement; the practice card is behind her."""
        self.page.goto(f"{self.base.rstrip('/')}{self.home}vote/")
        self.page.get_by_role("button", name="Skip this, begin").click()
        return self.page

    @property
    def ballot(self) -> Locator:
        return self.page.locator("[data-ballot]")

    def choose(self, name: str) -> None:
        self.ballot.wait_for()
        statement = int(self.ballot.locator("[name=statement]").input_value())
        self.ballot.get_by_role("button", name=name, exact=True).click()
        self.cast.append((statement, CHOICES[name]))

    def go_on(self) -> None:
        """At the goal."""
        self.page.get_by_role("link", name="Go on voting").click()

    def all_through(self, *, within: float = 60) -> None:
        """Wait until nothing waits in this browser."""
        self.page.wait_for_function(NOTHING_WAITS, timeout=within * 1000)

    def expect_progress(self, words: str) -> None:
        expect(self.page.locator("#progress-words")).to_have_text(words)

    @property
    def cookies(self) -> list[str]:
        return [cookie["name"] for cookie in self.context.cookies()]

    @property
    def code(self) -> str:
        """Hers, of the conversation's cookie."""
        (signed,) = (
            cookie["value"]
            for cookie in self.context.cookies()
            if cookie["name"] == f"participant_{self.slug}"
        )
        return signed.rpartition(":")[0]

    @property
    def stored(self) -> list[tuple[int, int]]:
        """Her votes as the database has them, in the order it took them."""
        return self.stack.rows(
            "SELECT statement_id, choice FROM deliberation_vote AS vote"
            " JOIN deliberation_participant AS person ON person.id = participant_id"
            " WHERE code = ? ORDER BY cast_at, vote.id",
            self.code,
        )

    def check_manners(self) -> None:
        """No other host was asked, and nothing complained of, the policy included."""
        assert self.other_hosts == set(), self.other_hosts
        assert self.complaints == [], self.complaints
