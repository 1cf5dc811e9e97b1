"""A person votes: the first visit, taken back, changed, by keyboard, without script."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.chromium import DESK, PHONE
from tests.stack import Stack, eventually
from tests.voter import CHOICES, Voter

SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
GOAL = 25
NEWS_MILLISECONDS = 60_000


@SIZES
def test_first_visit_to_receipt(stack: Stack, browser: Browser, size: dict) -> None:
    voter = Voter(browser, stack, "demo", size)
    page = voter.visit("/c/demo/")

    page.get_by_role("link", name="Begin").click()
    expect(page.get_by_text("This one does not count.")).to_be_visible()
    voter.check()
    page.get_by_role("button", name="Agree", exact=True).click()
    voter.expect_progress(f"0 of {GOAL}")
    assert voter.cookies == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0

    for n in range(1, GOAL + 1):
        voter.choose(list(CHOICES)[n % 3])
    expect(page.get_by_text("That is enough to place you well.")).to_be_visible()
    voter.all_through()
    assert voter.cookies == ["participant_demo"]
    assert voter.stored == voter.cast
    voter.check()

    page.get_by_role("link", name="See where you stand").click()
    # The worker analyses anew, and the page takes it in by itself.
    expect(page.locator(".map__you")).to_be_visible(timeout=NEWS_MILLISECONDS)
    page.get_by_role("link", name="Your own receipt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your receipt")
    counted = page.get_by_text(f"Your {GOAL} votes are in the count.")
    assert eventually(lambda: page.reload() and counted.count(), within=60)
    voter.check()
    voter.check_manners()


@SIZES
def test_vote_is_taken_back(
    stack: Stack, browser: Browser, village: str, size: dict
) -> None:
    voter = Voter(browser, stack, village, size)
    page = voter.begin()
    voter.choose("Agree")
    voter.choose("Disagree")
    shown = page.locator("[data-last-text]").inner_text()

    page.get_by_role("button", name="Undo").click()

    expect(voter.ballot.get_by_role("heading")).to_have_text(shown)
    voter.expect_progress(f"1 of {GOAL}")
    voter.all_through()
    (statement, _choice) = voter.cast.pop()
    assert voter.stored == voter.cast
    voter.choose("Pass")
    voter.all_through()
    assert voter.cast[-1] == (statement, 0)
    assert voter.stored == voter.cast
    voter.check_manners()


def test_vote_is_changed_among_my_votes(
    stack: Stack, browser: Browser, village: str
) -> None:
    voter = Voter(browser, stack, village)
    page = voter.begin()
    for choice in ("Agree", "Pass", "Disagree"):
        voter.choose(choice)
    page.get_by_role("button", name="This matters to me").click()
    voter.all_through()
    changed, _choice = voter.cast[0]
    words = page.evaluate(
        "id => fetch('../votes/').then((answer) => answer.text()).then((text) =>"
        " new DOMParser().parseFromString(text, 'text/html')"
        ".getElementById('s' + id).textContent)",
        changed,
    )

    page.get_by_role("link", name="My votes").click()
    voter.check()
    page.get_by_label("Words of a statement").fill(words)
    page.get_by_role("button", name="Search").click()
    page.locator(f"#v{changed}").get_by_role("button", name="Disagree").click()

    chosen = page.locator(f"#v{changed}").get_by_role("button", pressed=True)
    expect(chosen).to_have_text("Disagree")
    assert sorted(voter.stored) == sorted([(changed, -1), *voter.cast[1:]])
    earlier = stack.rows(
        "SELECT earlier.choice FROM deliberation_voterevision AS earlier"
        " JOIN deliberation_vote AS vote ON vote.id = vote_id"
        " JOIN deliberation_participant AS person ON person.id = participant_id"
        " WHERE code = ?",
        voter.code,
    )
    assert earlier == [(1,)]
    voter.check_manners()


def test_everything_by_keyboard(stack: Stack, browser: Browser, village: str) -> None:
    """The focus is where the statement is; Tab, Enter and letters do the rest."""
    voter = Voter(browser, stack, village, DESK)
    page = voter.visit(f"/c/{village}/")
    press(voter, "Begin", "Enter")
    page.wait_for_url("**/vote/")
    press(voter, "Skip this, begin", "Enter")
    heading = voter.ballot.get_by_role("heading")

    for key, choice in (("a", 1), ("p", 0), ("d", -1)):
        expect(heading).to_be_focused()
        voter.cast.append((shown(voter), choice))
        page.keyboard.press(key)
    expect(heading).to_be_focused()
    voter.cast.append((shown(voter), 1))
    press(voter, "Agree", "Space")
    expect(heading).to_be_focused()
    press(voter, "Undo", "Enter")
    expect(heading).to_be_focused()
    voter.cast.pop()
    voter.all_through()

    assert voter.stored == voter.cast
    press(voter, "My votes", "Enter")
    page.wait_for_url("**/votes/")
    expect(page.get_by_role("heading", level=1)).to_have_text("My votes")
    voter.check_manners()


def shown(voter: Voter) -> int:
    return int(voter.ballot.locator("[name=statement]").input_value())


def press(voter: Voter, name: str, key: str) -> None:
    """Go to a link or button by Tab alone, and press a key on it."""
    page = voter.page
    for _ in range(60):
        page.keyboard.press("Tab")
        words = page.evaluate("document.activeElement.innerText") or ""
        if re.match(rf"{name}\b", words.strip()):
            page.keyboard.press(key)
            return
    raise AssertionError(f"Tab does not reach “{name}” on {page.url}")


@SIZES
def test_everything_without_script(
    stack: Stack, browser: Browser, village: str, size: dict
) -> None:
    voter = Voter(browser, stack, village, size, java_script_enabled=False)
    page = voter.page
    page.goto(f"{stack.base}c/{village}/")
    page.get_by_role("link", name="Begin").click()
    assert voter.cookies == []

    for choice in ("Agree", "Pass", "Disagree"):
        voter.choose(choice)
    voter.expect_progress(f"3 of {GOAL}")
    assert voter.stored == voter.cast
    page.get_by_role("button", name="Undo").click()
    voter.expect_progress(f"2 of {GOAL}")
    voter.cast.pop()
    assert voter.stored == voter.cast

    page.get_by_role("link", name="My votes").click()
    changed, _choice = voter.cast[0]
    page.locator(f"#v{changed}").get_by_role("button", name="Pass").click()
    assert sorted(voter.stored) == sorted([(changed, 0), voter.cast[1]])
    page.get_by_role("link", name="Results").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    voter.check_manners()


@SIZES
def test_everything_about_her_is_erased(
    stack: Stack, browser: Browser, village: str, size: dict
) -> None:
    voter = Voter(browser, stack, village, size)
    page = voter.begin()
    voter.choose("Agree")
    voter.choose("Pass")
    voter.all_through()
    code = voter.code

    page.get_by_role("link", name="What we hold about you").click()
    expect(page.get_by_text("2 votes, and when you cast each")).to_be_visible()
    voter.check()
    page.get_by_role("button", name="Erase everything …").click()
    voter.check()
    page.get_by_role("button", name="Erase everything now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Erased")
    voter.check()

    person = "SELECT id FROM deliberation_participant WHERE code = ?"
    assert eventually(lambda: stack.rows(person, code) == [], within=10)
    assert voter.cookies == []
    assert page.evaluate("localStorage.length") == 0
    voter.check_manners()
