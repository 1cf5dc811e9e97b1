"""The 1,418 statements of 2023 as one queue: how many keys and clicks until it is empty.

The moderator of this test holds the opinion of those of 2023. What they never looked at
(488 statements) she accepts by lot, as often as they accepted what they looked at. She
lets one of near-duplicates lead, marks what is the smaller part of a page, and decides
on the marked and on the others.
"""

import csv
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from deliberation.queries.queue import PER_PAGE
from tests.clustering.golden import SHARED
from tests.journeys.moderating import QUEUE, STATEMENTS, Desk, fill
from tests.stack import Stack, running_on

COMMENTS = SHARED / "ccai/comments.csv"
OFF_TOPIC, SPAM = "2", "7"

pytestmark = pytest.mark.skipif(
    not COMMENTS.exists(), reason="no shared data: set FOLKMOOT_SHARED_DATA"
)


@pytest.fixture(scope="module")
def stack(tmp_path_factory) -> Iterator[Stack]:
    with running_on("sqlite", tmp_path_factory.mktemp("queue")) as stack:
        yield stack


def statements() -> list[dict]:
    """Each with `wanted`: whether she would accept it."""
    with COMMENTS.open(newline="") as file:
        rows = list(csv.DictReader(file))
    looked_at = Counter(row["moderated"] for row in rows)
    share = looked_at["1"] / (looked_at["1"] + looked_at["-1"])
    lot = random.Random(2023)
    return [
        {
            "number": int(row["comment-id"]),
            "text": row["comment-body"],
            "author": int(row["author-id"]),
            "wanted": lot.random() < share
            if row["moderated"] == "0"
            else row["moderated"] == "1",
        }
        for row in sorted(rows, key=lambda row: int(row["comment-id"]))
    ]


def test_a_thousand_statements_in_an_afternoon(
    stack: Stack, browser: Browser, tmp_path
) -> None:
    rows = statements()
    path = tmp_path / "statements.json"
    path.write_text(json.dumps(rows))
    fill(stack, path, len(rows))
    moderator = Moderator(Desk(browser, stack, "mira"), stack, rows)

    moderator.reject_a_spammer()
    moderator.decide_page_by_page()

    found = {number: tuple(rest) for number, *rest, _group in stack.rows(STATEMENTS)}
    assert found == moderator.meant
    assert Counter(state for state, *_ in found.values())["pending"] == 0
    assert moderator.desk.n_done <= 2 * len(rows) / 3
    assert moderator.desk.complaints == []


class Moderator:
    """What she `meant` of each statement: its state, reason, and which one leads it."""

    def __init__(self, desk: Desk, stack: Stack, rows: list[dict]) -> None:
        self.desk = desk
        self.wanted = {row["number"]: row["wanted"] for row in rows}
        self.by_author = defaultdict(list)
        for row in rows:
            self.by_author[row["author"]].append(row["number"])
        self.groups = defaultdict(list)
        for number, *_rest, group in stack.rows(STATEMENTS):
            if group is not None:
                self.groups[group].append(number)
        self.meant: dict[int, tuple] = {}

    def reject_a_spammer(self) -> None:
        """All 35 statements of somebody of whom nothing is wanted, from one of them."""
        desk, page = self.desk, self.desk.page
        numbers = max(
            (n for n in self.by_author.values() if not any(map(self.wanted.get, n))),
            key=len,
        )
        page.goto(f"{desk.base.rstrip('/')}{QUEUE}?page={numbers[0] // PER_PAGE + 1}")
        desk.n_done += numbers[0] // PER_PAGE + 1
        desk.click(desk.card(numbers[0]).get_by_role("link", name="author of"))
        desk.click(page.get_by_text(f"All {len(numbers)} that match"))
        desk.click(page.locator(".sweep__all").get_by_text("Reject…"))
        desk.click(page.locator(".sweep__all").get_by_role("button", name="Spam"))
        desk.click(page.get_by_role("button", name=f"Reject all {len(numbers)}"))
        desk.click(page.get_by_role("link", name="Pending"))
        self.meant |= dict.fromkeys(numbers, ("rejected", "spam", None))

    def decide_page_by_page(self) -> None:
        """What is alike comes first, and one of it leads. Of the rest of a page the
        smaller part is marked; then both parts are decided, and the next page comes."""
        desk = self.desk
        desk.choose("Order", "Most alike first")
        desk.click(desk.page.get_by_role("button", name="Show"))
        while shown := desk.shown():
            for group in self.groups.values():
                self.let_one_lead(group, shown)
            # Where all were folded or led, the next page comes by itself.
            desk.page.locator("[data-card], .queue-empty").first.wait_for()
            shown = desk.shown()
            kept = [number for number in shown if self.wanted[number]]
            others = [number for number in shown if not self.wanted[number]]
            self.meant |= dict.fromkeys(kept, ("accepted", "", None))
            self.meant |= dict.fromkeys(others, ("rejected", "off_topic", None))
            if len(kept) <= len(others):
                self.sweep(kept, "a", ["R", OFF_TOPIC])
            else:
                self.sweep(others, "r", ["A"])

    def let_one_lead(self, group: list[int], shown: list[int]) -> None:
        """The first that she wants, where others of its group wait; the platform
        refuses where one of them may say the opposite."""
        waiting = [number for number in group if number not in self.meant]
        leader = next((n for n in waiting if self.wanted[n] and n in shown), None)
        if leader is None or len(waiting) < 2:
            return
        button = self.desk.card(leader).get_by_role("button", name="Accept, and fold")
        with self.desk.page.expect_response("**/statements/sweep/**") as answer:
            self.desk.click(button)
        if answer.value.status == 200:
            expect(self.desk.card(leader)).to_have_count(0)
            self.meant |= dict.fromkeys(waiting, ("rejected", "duplicate", leader))
            self.meant[leader] = ("accepted", "", None)

    def sweep(self, marked: list[int], key: str, then: list[str]) -> None:
        desk, page = self.desk, self.desk.page
        n_left = len(desk.shown()) - len(marked)
        first = [key, OFF_TOPIC] if key == "r" else [key]
        for number in marked:
            desk.click(desk.card(number).get_by_role("checkbox"))
        if marked and n_left:
            desk.press(*first)
            desk.settled()
            assert len(desk.shown()) == n_left
        # The next page comes by itself.
        if n_left or marked:
            with page.expect_navigation():
                desk.press(*(then if n_left else first))
