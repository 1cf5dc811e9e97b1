"""The overview follows what people and moderators do, with the real worker and a browser."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import DESK, PHONE, Watched
from tests.stack import ROOT, Stack, eventually, running_on
from tests.voter import Voter

HOME = "/moderate/demo/"
SAID = "The AI should say which of its answers are guesses."
PASSWORD = "as-long-as-one-wants"  # noqa: S105 - of an account that lives for a test
SECONDS = 1000
# A colleague, and every decision drawn for a second look; none is left of the demo.
PREPARED = f"""
from django.contrib.auth.models import User
from deliberation.models import Conversation, Moderator, SecondLook
demo = Conversation.objects.get(slug="demo")
amira = User.objects.create_user("amira", password="{PASSWORD}")
Moderator.objects.create(conversation=demo, user=amira, role="moderator")
SecondLook.objects.all().delete()
Conversation.objects.update(second_looks=100)
"""


@pytest.fixture(scope="module")
def stack(tmp_path_factory) -> Iterator[Stack]:
    with running_on("sqlite", tmp_path_factory.mktemp("overview")) as stack:
        prepare(stack)
        yield stack


def prepare(stack: Stack) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", PREPARED],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **stack.environment},
        check=True,
    )


def test_overview_shows_what_happened(stack: Stack, browser: Browser) -> None:
    newcomer = Voter(browser, stack, "demo")
    moderator = Watched(browser, stack.base, DESK)
    colleague = Watched(browser, stack.base, PHONE)

    sign_in(moderator, "moderator", stack.password)
    before = figures(moderator)
    vote_and_write(newcomer)
    more = eventually_more(moderator, before)
    decide(moderator)
    look_again(colleague)
    after = figures(moderator)

    assert more == before | {
        "People": before["People"] + 1,
        "Votes": before["Votes"] + 4,
        "Waiting for a decision": before["Waiting for a decision"] + 1,
    }
    assert after["Waiting for a decision"] == before["Waiting for a decision"]
    agreement = moderator.page.locator("section", has_text="How far moderators agree")
    expect(agreement).to_contain_text("1 statement was decided a second time")
    tables(moderator.page)
    moderator.check()
    for person in (newcomer, moderator, colleague):
        assert person.other_hosts == set()
        assert person.complaints == []


def sign_in(person: Watched, name: str, password: str) -> None:
    page = person.visit("/moderate/")
    page.get_by_label("Account name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your conversations")


def figures(moderator: Watched) -> dict[str, int]:
    """The numbers on top of the overview, by their names."""
    page = moderator.visit(HOME)
    tiles = page.locator(".tile").all()
    return {
        tile.locator("dt").inner_text(): int(
            re.sub(r"\D", "", tile.locator(".tile__figure").inner_text()) or 0
        )
        for tile in tiles
    }


def vote_and_write(newcomer: Voter) -> None:
    page = newcomer.begin()
    for name in ("Agree", "Pass", "Disagree", "Agree"):
        newcomer.choose(name)
    newcomer.all_through()
    page.get_by_text("Is something missing? Add a statement").click()
    page.get_by_label("Your statement").fill(SAID)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#submit").get_by_role("status")).to_contain_text(
        "Thank you, your statement is stored."
    )


def eventually_more(moderator: Watched, before: dict[str, int]) -> dict[str, int]:
    """Votes are told from the analysis, which comes within seconds."""

    def looked() -> dict[str, int] | None:
        now = figures(moderator)
        return now if now["Votes"] > before["Votes"] + 3 else None

    found = eventually(looked, within=30)
    assert found is not None
    return found


def decide(moderator: Watched) -> None:
    page = moderator.page
    page.locator(".tile a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Statements")
    item = page.get_by_role("listitem").filter(has_text=SAID)
    item.get_by_role("button", name=re.compile("^Accept")).first.click()
    expect(page.locator("#decision")).not_to_be_empty(timeout=15 * SECONDS)


def look_again(colleague: Watched) -> None:
    """She is not told how it was decided, and answers by key."""
    sign_in(colleague, "amira", PASSWORD)
    page = colleague.visit(f"{HOME}second-looks/")
    card = page.locator(".second-look")
    expect(card).to_contain_text(SAID)
    expect(card).not_to_contain_text("moderator")
    page.keyboard.press("r")
    expect(page.get_by_text("Your verdict is stored")).to_be_visible()
    expect(page.get_by_role("heading", name="None waits for you")).to_be_visible()
    expect(page.locator(".difference")).to_contain_text("moderator, first")
    colleague.check()


def tables(page: Page) -> None:
    """Every chart has one, and it holds today's row."""
    for heading, most in (("People taking part", 3), ("Statements in", 3)):
        chart = page.locator("section.card", has_text=heading)
        chart.get_by_text("As a table").click()
        expect(chart.locator("tbody tr").first.locator("th, td")).to_have_count(most)
