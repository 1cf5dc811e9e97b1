"""Bots vote, the worker notices, a moderator compares, leaves them out, and back again."""

import json
import uuid
from collections.abc import Iterator
from urllib.parse import urljoin
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import DESK, PHONE, Watched
from tests.stack import Stack, running_on

N_BOTS = 22
SECONDS = 1000
REASON = "22 people disagreed with everything within a minute."


@pytest.fixture(scope="module")
def stack(tmp_path_factory) -> Iterator[Stack]:
    with running_on("sqlite", tmp_path_factory.mktemp("quality")) as stack:
        yield stack


def test_bots_are_noticed_compared_left_out_and_counted_again(
    stack: Stack, browser: Browser
) -> None:
    moderator = Watched(browser, stack.base, DESK)
    anyone = Watched(browser, stack.base, PHONE)
    for _ in range(N_BOTS):
        disagree_with_everything(stack.base)

    sign_in(moderator, stack.password)
    wait_for_the_look(moderator)
    compare(moderator)
    leave_out(moderator)
    page = anyone.visit("/c/demo/results/")
    expect(
        page.get_by_text(f"The votes of {N_BOTS} people are not counted")
    ).to_be_visible()
    page = anyone.visit("/c/demo/results/how/")
    page.get_by_text(f"The votes of {N_BOTS} people are not counted").click()
    expect(page.get_by_text(REASON)).to_be_visible()
    count_again(moderator)

    for person in (moderator, anyone):
        assert person.complaints == []


def disagree_with_everything(base: str) -> None:
    """As a script does it: a code, and then one vote after another."""
    told = ask(urljoin(base, "/c/demo/cards/"))
    code, cards = told["participant"], told["cards"]
    while cards:
        card = cards.pop(0)
        ballot = {
            "participant": code,
            "key": str(uuid.uuid4()),
            "statement": card["statement"],
            "choice": -1,
            "held": [other["statement"] for other in cards],
        }
        cards += ask(urljoin(base, "/c/demo/votes/"), ballot)["cards"]


def ask(address: str, body: dict[str, object] | None = None) -> dict:
    data = json.dumps(body).encode() if body else None
    headers = {"Content-Type": "application/json"} if body else {}
    with urlopen(Request(address, data, headers), timeout=30) as answer:
        return json.load(answer)


def sign_in(moderator: Watched, password: str) -> None:
    page = moderator.visit("/moderate/")
    page.get_by_label("Account name").fill("moderator")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your conversations")


def wait_for_the_look(moderator: Watched) -> None:
    page = moderator.page
    for _ in range(90):
        page.goto(
            urljoin(moderator.base, "/moderate/demo/participation/?sign=straight")
        )
        if page.get_by_role("button", name="Compare without").count():
            break
        page.wait_for_timeout(4 * SECONDS)
    moderator.check()


def compare(moderator: Watched) -> None:
    page = moderator.page
    page.get_by_role("button", name="Compare without all").click()
    expect(page.get_by_text("Statements that change")).to_be_visible(
        timeout=120 * SECONDS
    )
    expect(page.get_by_role("row", name="People 102 80")).to_be_visible()
    moderator.check()


def leave_out(moderator: Watched) -> None:
    page = moderator.page
    page.get_by_label("Reason").fill(REASON)
    page.get_by_role("button", name=f"Leave {N_BOTS} people out").click()
    expect(page.get_by_text(f"{N_BOTS} people are left out.")).to_be_visible()
    moderator.check()


def count_again(moderator: Watched) -> None:
    page: Page = moderator.page
    page.locator("[aria-labelledby=excluded] input[type=checkbox]").first.check()
    page.get_by_label("Reason").fill("This one wrote to us.")
    page.get_by_role("button", name="Count those chosen again").click()
    expect(page.get_by_text("1 person is counted again.")).to_be_visible()
    page.goto(urljoin(moderator.base, "/moderate/demo/log/"))
    expect(page.locator("strong", has_text="Counted people again")).to_be_visible()
