"""From nothing to a conversation that its schedule closes, with the real worker."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import DESK, PHONE, Watched
from tests.stack import Stack, eventually, running_on

QUESTION = "How should our rivers be looked after?"
HOME = "/moderate/how-should-our-rivers-be-looked-after/"
PUBLIC = "/c/how-should-our-rivers-be-looked-after/"
DESCRIPTION = """The city asks, because **three bridges** are due.

<script>document.title = "taken"</script>
[a link](javascript:document.title='taken')"""
SEEDS = ("Rivers should be clean enough to swim in.", "Boats need a speed limit.")
PAST = "2026-01-02 03:04:05"
FUTURE = "2999-12-05T18:00"
# The schedule is looked at each minute.
COMES_BY_SECONDS = 100


@pytest.fixture(scope="module")
def stack(tmp_path_factory) -> Iterator[Stack]:
    with running_on("sqlite", tmp_path_factory.mktemp("setting-up")) as stack:
        yield stack


def test_from_nothing_to_a_conversation_that_its_schedule_closes(
    stack: Stack, browser: Browser
) -> None:
    owner = Watched(browser, stack.base, DESK)
    anyone = Watched(browser, stack.base, PHONE)

    sign_in(owner, stack.password)
    set_up(owner)
    preview(owner)
    add_seeds(owner)
    open_it(owner)
    read_and_write(anyone)
    time_passes(stack, "collects_until")
    only_votes(anyone)
    time_passes(stack, "votes_until")
    no_vote_any_more(anyone)
    assert eventually(lambda: state(stack) == "closed", within=COMES_BY_SECONDS)
    on_record(owner)

    for person in (owner, anyone):
        assert person.other_hosts == set()
    # Chromium tells of the schedule that was refused.
    (refused,) = owner.complaints
    assert "422" in refused
    assert anyone.complaints == []


def sign_in(owner: Watched, password: str) -> None:
    page = owner.visit("/moderate/")
    page.get_by_label("Account name").fill("moderator")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your conversations")


def set_up(owner: Watched) -> None:
    page = owner.page
    page.get_by_role("link", name="New conversation").click()
    owner.check()
    page.get_by_label("Question", exact=True).fill(QUESTION)
    page.get_by_role("button", name="Make the draft").click()
    step(owner, "Question and languages")
    page.get_by_label("Description").fill(DESCRIPTION)
    page.get_by_role("button", name="Show how it reads").click()
    expect(page.locator(".reading strong")).to_have_text("three bridges")
    go_on(owner, "Schedule")
    page.get_by_label("Votes until").fill(FUTURE)
    page.get_by_label("Statements until").fill("2999-12-31T18:00")
    page.get_by_role("button", name="Keep and go on").click()
    expect(page.get_by_role("alert")).to_contain_text("later than “Statements until”")
    owner.check()
    page.get_by_label("Statements until").fill("2999-12-01T18:00")
    go_on(owner, "Who takes part")
    go_on(owner, "What people see")
    go_on(owner, "Limits")
    page.get_by_label("Statements of one person").fill("3")
    go_on(owner, "Rule for the constitution")
    page.get_by_label("Every group agrees with at least (percent)").fill("70")
    page.get_by_role("button", name="Keep, and check all").click()
    step(owner, "Check and open")
    expect(page.get_by_text("There is no statement to vote on yet")).to_be_visible()


def step(owner: Watched, title: str) -> None:
    expect(owner.page.get_by_role("heading", level=1)).to_have_text(title)
    owner.check()


def go_on(owner: Watched, title: str) -> None:
    owner.page.get_by_role("button", name="Keep and go on").click()
    step(owner, title)


def preview(owner: Watched) -> None:
    page = owner.page
    page.get_by_role("link", name="Preview as a participant sees it").click()
    expect(page.get_by_text("Nothing that you press here is stored.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTION)
    owner.check()
    harmless(page)


def harmless(page: Page) -> None:
    """What was written as a script is read as words, and nothing ran."""
    expect(
        page.get_by_text('<script>document.title = "taken"</script>')
    ).to_be_visible()
    assert "taken" not in page.title()
    assert page.locator("a[href^=javascript]").count() == 0


def add_seeds(owner: Watched) -> None:
    page = owner.visit(f"{HOME}seeds/")
    page.locator("textarea[name=seeds]").fill("\n".join(SEEDS))
    page.get_by_role("button", name="Look at them first").click()
    page.get_by_role("button", name="Add what is marked").click()
    page = owner.visit(f"{HOME}preview/")
    expect(page.get_by_role("heading", name=SEEDS[0])).to_be_visible()


def open_it(owner: Watched) -> None:
    page = owner.visit(f"{HOME}setup/")
    page.get_by_role("button", name="Open the conversation").click()
    expect(page.get_by_text("The conversation is open")).to_be_visible()


def read_and_write(anyone: Watched) -> None:
    page = anyone.visit(PUBLIC)
    expect(page.get_by_text("Statements until Dec. 1, 2999, 18:00 UTC")).to_be_visible()
    expect(page.get_by_text("at least 70% of the votes")).to_be_visible()
    harmless(page)
    page = anyone.visit(f"{PUBLIC}vote/")
    expect(page.get_by_text("Is something missing? Add a statement")).to_be_visible()


def only_votes(anyone: Watched) -> None:
    page = anyone.visit(f"{PUBLIC}vote/")
    expect(page.get_by_text("Statements were taken until Jan. 2, 2026")).to_be_visible()
    expect(page.get_by_text("Is something missing?")).to_have_count(0)
    expect(page.get_by_text("Only votes now, until Dec. 5, 2999")).to_be_visible()


def no_vote_any_more(anyone: Watched) -> None:
    page = anyone.visit(f"{PUBLIC}vote/")
    closed = page.get_by_role("heading", name="This conversation is closed")
    expect(closed).to_be_visible()


def time_passes(stack: Stack, name: str) -> None:
    """The clock of the house cannot be set, so the schedule comes to meet it."""
    path = stack.folder / "data/folkmoot.sqlite3"
    with closing(sqlite3.connect(path, timeout=30)) as database, database:
        database.execute(
            f"UPDATE deliberation_conversation SET {name} = ? WHERE question = ?",
            (PAST if name == "collects_until" else _now(), QUESTION),
        )


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")


def state(stack: Stack) -> str:
    query = "SELECT state FROM deliberation_conversation WHERE question = ?"
    ((found,),) = stack.rows(query, QUESTION)
    return str(found)


def on_record(owner: Watched) -> None:
    """The newest is nobody's: the schedule closed it."""
    page = owner.visit(f"{HOME}log/")
    newest = page.locator(".log > li").first
    expect(newest).to_contain_text("Closed the conversation")
    expect(newest).to_contain_text("by the system or an operator")
    changed = page.locator(".log > li").filter(has_text="Changed the schedule")
    expect(changed.first).to_be_visible()
