"""Every page that those who take part see: for everyone, on every screen, by itself."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.chromium import DESK, NARROW, PHONE
from tests.journeys.taking_part.conftest import rules
from tests.journeys.test_vote_to_constitution_without_script import draft, publish
from tests.plain import PlainBrowser
from tests.stack import Stack
from tests.voter import Voter

PAGES = [
    "/",
    "/c/demo/",
    "/c/demo/vote/",
    "/c/demo/votes/",
    "/c/demo/statements/",
    "/c/demo/results/?sort=number",
    "/c/demo/results/?sort=number&statement=3",
    "/c/demo/results/s/3/",
    "/c/demo/results/mine/",
    "/c/demo/results/how/",
    "/c/demo/constitution/",
    "/c/demo/data/",
    "/c/demo/news/",
    "/c/demo/embed/",
    "/c/demo/embed/results/",
    "/c/demo/room/",
    "/c/demo/data/erase/",
]
NEWCOMERS = [
    "/c/demo/vote/",
    "/c/demo/votes/",
    "/c/demo/results/mine/",
    "/c/demo/data/",
]
LONG = f"The village honours its {'Donaudampfschifffahrts' * 4}gesellschaft."


@pytest.fixture(scope="module")
def voter(stack: Stack, browser: Browser, moderator: PlainBrowser) -> Iterator[Voter]:
    """She has voted and written; the moderators have published what came of it."""
    voter = Voter(browser, stack, "demo", reduced_motion="reduce")
    page = voter.begin()
    for choice in ("Agree", "Pass", "Disagree"):
        voter.choose(choice)
    voter.all_through()
    page.get_by_text("Is something missing? Add a statement").click()
    page.get_by_label("Your statement").fill(LONG)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Thank you, your statement is stored.")).to_be_visible()
    accept_last(moderator)
    draft(moderator)
    publish(moderator)
    yield voter
    voter.context.close()


def accept_last(moderator: PlainBrowser) -> None:
    queue = moderator.get("/moderate/demo/statements/")
    forms = queue.forms("/moderate/demo/statements/")
    moderator.submit(
        queue, [it for it in forms if "/reject/" in it.action][-1], "Accept"
    )


@pytest.mark.parametrize("path", PAGES)
def test_page_is_for_everyone(voter: Voter, path: str) -> None:
    check(voter, path)


@pytest.mark.parametrize("path", NEWCOMERS)
def test_page_of_a_newcomer_is_for_everyone(
    stack: Stack, browser: Browser, path: str
) -> None:
    newcomer = Voter(browser, stack, "demo", reduced_motion="reduce")
    check(newcomer, path)
    assert newcomer.cookies == []


def test_remarks_and_hidden_results_are_for_everyone(
    stack: Stack, browser: Browser, moderator: PlainBrowser, village: str
) -> None:
    voter = Voter(browser, stack, village, reduced_motion="reduce")
    page = voter.begin()
    voter.choose("Agree")
    page.get_by_text("Why?", exact=True).click()
    page.get_by_role("button", name="This matters to me").click()
    page.get_by_label("Why? In one line").fill("Benches bring people together.")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Kept.", exact=True)).to_be_visible()
    check_here(voter)
    check(voter, f"/c/{village}/votes/")

    rules(moderator, results="close")
    check(voter, f"/c/{village}/results/")
    check(voter, f"/c/{village}/results/mine/")
    rules(moderator, results="always")


def check(voter: Voter, path: str) -> None:
    voter.page.emulate_media(color_scheme="light")
    voter.page.set_viewport_size(PHONE)
    voter.page.goto(voter.base.rstrip("/") + path)
    check_here(voter)


def check_here(voter: Voter) -> None:
    """Light and dark, 320 px to a desk; no other host, and the policy is kept."""
    voter.check()
    voter.page.emulate_media(color_scheme="dark")
    voter.check_barriers("color-contrast")
    for size in (NARROW, DESK):
        voter.page.set_viewport_size(size)
        voter.check_width()
    voter.check_manners()


@pytest.fixture(scope="module")
def reader(stack: Stack, browser: Browser, voter: Voter) -> Iterator[Voter]:
    """The same person, whose browser is set to Arabic."""
    reader = Voter(browser, stack, "demo", locale="ar")
    reader.context.add_cookies(voter.context.cookies())
    yield reader
    reader.context.close()


@pytest.mark.parametrize("path", PAGES)
def test_page_runs_from_right_to_left(reader: Voter, path: str) -> None:
    page = reader.page
    page.goto(reader.base.rstrip("/") + path)
    found = page.evaluate("[document.dir, document.documentElement.lang]")
    assert found == ["rtl", "ar"]
    for size in (NARROW, PHONE, DESK):
        page.set_viewport_size(size)
        reader.check_width()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_votes_from_right_to_left(
    stack: Stack, browser: Browser, village: str, size: dict
) -> None:
    """The arrow to the side where "agree" stands agrees."""
    voter = Voter(browser, stack, village, size, locale="ar")
    page = voter.visit(f"/c/{village}/vote/")
    page.locator("[data-face=practice] [name=skip]").click()
    voter.ballot.wait_for()
    agree, disagree = (
        voter.ballot.locator(f"[data-key={key}]").bounding_box()["x"] for key in "ad"
    )
    assert agree < disagree

    for key, choice in (("ArrowLeft", 1), ("ArrowRight", -1)):
        statement = int(voter.ballot.locator("[name=statement]").input_value())
        voter.ballot.get_by_role("heading").focus()
        page.keyboard.press(key)
        voter.cast.append((statement, choice))
    voter.all_through()

    assert voter.stored == voter.cast
    voter.check()
    voter.check_manners()
