"""Two moderators at the same queue: nothing is lost, and each learns of the other."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import FINGERS, PHONE, Watched
from tests.journeys.moderating import PASSWORD, QUEUE, STATEMENTS, Desk, fill
from tests.stack import Stack, running_on

WORDS = (
    "admit its mistakes",
    "protect children",
    "explain its answers",
    "save energy",
    "be kind",
    "refuse to lie",
    "respect every culture",
    "ask before it acts",
    "keep secrets",
    "follow the law",
)
SECONDS = 1000
OFF_TOPIC, SPAM = "2", "7"


@pytest.fixture(scope="module")
def stack(tmp_path_factory) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("two")
    with running_on("sqlite", folder) as stack:
        rows = [
            {"number": n, "text": f"The AI should {words}.", "author": n}
            for n, words in enumerate(WORDS)
        ]
        (folder / "statements.json").write_text(json.dumps(rows))
        fill(stack, folder / "statements.json", len(rows))
        yield stack


def states(stack: Stack) -> list[tuple]:
    return [(state, reason) for _n, state, reason, *_rest in stack.rows(STATEMENTS)]


def test_two_moderators_at_once(stack: Stack, browser: Browser) -> None:
    mira, noor = Desk(browser, stack, "mira"), Desk(browser, stack, "noor")
    mira.check()

    leave_what_a_colleague_decided(mira, noor)
    decide_nevertheless(mira, noor)
    sweep_while_the_other_decides(mira, noor)
    undo_after_loading_again(mira)
    hear_of_each_other(noor)

    assert states(stack) == [
        ("accepted", ""),
        ("accepted", ""),
        ("accepted", ""),
        ("pending", ""),
        *[("rejected", "off_topic")] * 6,
    ]
    for person in (mira, noor):
        # What a browser says of an answer that is a refusal; nothing else.
        assert [told for told in person.complaints if "409" not in told] == []


def focus(desk: Desk, number: int) -> None:
    desk.card(number).focus()


def clash(page: Page):
    return page.locator(".clash")


def leave_what_a_colleague_decided(mira: Desk, noor: Desk) -> None:
    focus(mira, 0)
    mira.press("a")
    expect(mira.page.get_by_text("Statement 0 is accepted.").first).to_be_visible()
    focus(noor, 0)
    noor.press("r", SPAM)
    expect(clash(noor.page)).to_contain_text("Accepted by mira")
    expect(clash(noor.page)).to_contain_text("You wanted to reject it: Spam.")
    noor.check_barriers()
    noor.page.get_by_role("link", name="Leave it as it is").click()
    expect(noor.card(0)).to_have_count(0)


def decide_nevertheless(mira: Desk, noor: Desk) -> None:
    focus(mira, 1)
    mira.press("r", OFF_TOPIC)
    line = mira.page.get_by_text("Statement 1 is rejected: Off topic.")
    expect(line.first).to_be_visible()
    focus(noor, 1)
    noor.press("a")
    expect(clash(noor.page)).to_contain_text("Rejected by mira")
    noor.page.get_by_role("button", name="Accept nevertheless").click()
    expect(noor.page.get_by_text("Statement 1 is accepted.").first).to_be_visible()


def sweep_while_the_other_decides(mira: Desk, noor: Desk) -> None:
    for number in (2, 3):
        focus(mira, number)
        mira.press("a")
        done = mira.page.get_by_text(f"Statement {number} is accepted.")
        expect(done.first).to_be_visible()
    noor.press("R", OFF_TOPIC)
    expect(noor.page.locator("#decision")).to_have_text(
        "6 statements are rejected: Off topic. 2 statements were left as they are: they"
        " were decided on, or changed, since you looked at them."
    )
    expect(clash(noor.page)).to_have_count(2)


def undo_after_loading_again(mira: Desk) -> None:
    page = mira.page
    page.reload()
    page.get_by_text("Your last decisions").click()
    expect(page.locator("#recent li").first).to_contain_text("Statement 3 accepted")
    page.keyboard.press("z")
    expect(page.get_by_text("Taken back: 1 statement is what it was")).to_be_visible()
    expect(mira.card(3)).to_be_visible()
    mira.check()


def hear_of_each_other(noor: Desk) -> None:
    told = noor.page.get_by_text("since this page was loaded")
    expect(told).to_be_visible(timeout=30 * SECONDS)


def test_without_a_script_on_a_phone(stack: Stack, browser: Browser) -> None:
    person = Watched(browser, stack.base, PHONE, java_script_enabled=False, **FINGERS)
    page = person.page
    page.goto(f"{stack.base}sign-in/?next={QUEUE}")
    page.locator("main input[type=text]").first.fill("mira")
    page.locator("main input[type=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.goto(stack.base.rstrip("/") + QUEUE + "?state=all")

    card = page.locator('[data-card="4"]')
    card.get_by_text("Change the reason").click()
    card.get_by_role("button", name="Spam").click()
    expect(page.get_by_text("Statement 4 is rejected: Spam.")).to_be_visible()
    page.locator('[data-card="5"]').get_by_role("checkbox").check()
    page.locator("#sweep").get_by_role("button", name="Accept").first.click()
    expect(page.get_by_text("Statement 5 is accepted.")).to_be_visible()
    page.get_by_text("Your last decisions").click()
    page.locator("#recent").get_by_role("button", name="Undo").first.click()
    expect(page.get_by_text("Taken back: 1 statement is what it was")).to_be_visible()

    assert states(stack)[4:6] == [("rejected", "spam"), ("rejected", "off_topic")]
    assert person.complaints == []
