"""From the first vote to the downloaded constitution, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import downloads
from tests.chromium import DESK, PHONE, Watched
from tests.stack import Stack, running_on
from tests.voter import Voter

SAID = "The AI should say which of its answers are guesses."
REWORDED = "An AI marks what it only guesses."
SECONDS = 1000


@pytest.fixture(scope="module")
def stack(tmp_path_factory) -> Iterator[Stack]:
    with running_on("sqlite", tmp_path_factory.mktemp("browser")) as stack:
        yield stack


def test_vote_to_constitution(stack: Stack, browser: Browser, tmp_path: Path) -> None:
    newcomer = Voter(browser, stack, "demo")
    moderator = Watched(browser, stack.base, DESK)
    anyone = Watched(browser, stack.base, PHONE)

    look_around(newcomer)
    vote(newcomer)
    say(newcomer)
    sign_in(moderator, stack.password)
    accept(moderator)
    see_it_on_the_results(newcomer)
    texts = draft(moderator)
    publish(moderator)
    file = download(anyone, tmp_path)

    document = downloads.constitution(stack.base)
    downloads.assert_every_principle_has_evidence(document)
    found = [principle["text"] for principle in document["principles"]]
    assert found == [texts[1], REWORDED, *texts[2:]]
    assert downloads.headings(file.read_text()) == [
        f"Principle {number}" for number in range(1, len(texts) + 1)
    ]
    for person in (newcomer, moderator, anyone):
        assert person.other_hosts == set()
        assert person.complaints == []


def look_around(newcomer: Watched) -> None:
    page = newcomer.visit("/")
    page.get_by_role("link", name="What rules should an AI assistant follow?").click()
    newcomer.check()
    page.get_by_role("link", name="Begin").click()
    newcomer.check()


def vote(newcomer: Voter) -> None:
    """Two by finger, two by key; the next statement is there at once."""
    page = newcomer.page
    page.get_by_role("button", name="Skip this, begin").click()
    newcomer.choose("Agree")
    newcomer.choose("Pass")
    for done, key in ((3, "d"), (4, "a")):
        newcomer.ballot.get_by_role("heading").focus()
        page.keyboard.press(key)
        newcomer.expect_progress(f"{done} of 25")
    newcomer.all_through()
    assert page.url.endswith("/c/demo/vote/")
    newcomer.check()


def say(newcomer: Watched) -> None:
    page = newcomer.page
    page.get_by_text("Is something missing? Add a statement").click()
    newcomer.check()
    page.get_by_label("Your statement").fill(SAID)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#submit").get_by_role("status")).to_contain_text(
        "Thank you, your statement is stored."
    )
    newcomer.check()


def sign_in(moderator: Watched, password: str) -> None:
    page = moderator.visit("/moderate/")
    page.get_by_label("Account name").fill("moderator")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your conversations")
    moderator.check()


def accept(moderator: Watched) -> None:
    page = moderator.page
    page.get_by_role("link", name="What rules should an AI assistant follow?").click()
    moderator.check()
    page.get_by_role("link", name="Statements", exact=True).click()
    item = page.get_by_role("listitem").filter(has_text=SAID)
    item.get_by_role("button", name="Accept", exact=True).click()
    expect(page.get_by_role("link", name="Pending (11)")).to_be_visible()
    moderator.check()


def see_it_on_the_results(newcomer: Watched) -> None:
    """The page follows the votes by itself: nothing is loaded anew."""
    page = newcomer.visit("/c/demo/results/?sort=number&page=2")
    expect(page.locator("#finding")).to_have_text("People fall into three groups")
    page.get_by_text("What was tried").click()
    expect(page.get_by_text(SAID)).to_be_visible(timeout=15 * SECONDS)
    expect(page.get_by_text("told here")).to_be_visible()
    newcomer.check()


def draft(moderator: Watched) -> list[str]:
    """Fill, reword the first, put the second above it; the texts as drafted."""
    page = moderator.visit("/moderate/demo/constitution/")
    page.get_by_role("button", name="Fill the draft").click()
    expect(page.get_by_label("Principle", exact=True).first).to_be_visible()
    moderator.check()
    texts = [
        field.input_value()
        for field in page.get_by_label("Principle", exact=True).all()
    ]
    page.get_by_label("Principle", exact=True).first.fill(REWORDED)
    page.get_by_role("button", name="Store the wording").first.click()
    page.get_by_role("button", name="Move principle 2 up").click()
    expect(page.get_by_label("Principle", exact=True).nth(1)).to_have_value(REWORDED)
    return texts


def publish(moderator: Watched) -> None:
    page = moderator.page
    page.get_by_text("Publish version 1…").click()
    moderator.check()
    page.get_by_label("I have read every principle").check()
    page.get_by_role("button", name="Publish version 1 now").click()
    expect(page.get_by_text("Version 1 is published", exact=True)).to_be_visible()
    moderator.check()


def download(anyone: Watched, folder: Path) -> Path:
    page: Page = anyone.visit("/c/demo/constitution/")
    page.get_by_text("Where this comes from").first.click()
    anyone.check()
    with page.expect_download() as found:
        page.get_by_role("link", name="Markdown").click()
    path = folder / found.value.suggested_filename
    assert path.name == "demo-constitution-v1.md"
    found.value.save_as(path)
    return path
