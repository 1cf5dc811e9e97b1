"""Seeds are looked at and added; the worker finds what says the same; one leads."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import DESK, PHONE, Watched
from tests.stack import Stack, eventually, running_on

SEEDS = "/moderate/demo/seeds/"
ALIKE = "/moderate/demo/alike/"
LINES = [
    "The harbour should be closed to cruise ships.",
    "The harbour should be closed to all cruise ships.",
    "The harbour should not be closed to cruise ships.",
    "!!!",
    "the harbour should be closed to CRUISE ships.",
]
WAITING = """
SELECT number, likeness_group, state, duplicate_of_id IS NOT NULL
FROM deliberation_statement WHERE text LIKE 'The harbour%' ORDER BY number
"""


@pytest.fixture(scope="module")
def stack(tmp_path_factory) -> Iterator[Stack]:
    with running_on("sqlite", tmp_path_factory.mktemp("alike")) as stack:
        yield stack


def test_near_duplicates(stack: Stack, browser: Browser) -> None:
    moderator = Watched(browser, stack.base, DESK)
    plain = Watched(browser, stack.base, PHONE, java_script_enabled=False)
    anyone = Watched(browser, stack.base, PHONE)
    sign_in(moderator, stack.password)
    plain.context.add_cookies(moderator.context.cookies())

    look_at_seeds(moderator)
    add_seeds(moderator)
    first, second, against = eventually(lambda: numbers(stack), within=60)
    compare(moderator, first)
    fold(plain, first, against)
    assert state_of(stack, second) == ("rejected", True)
    read(anyone, first)
    take_back(plain, first)

    assert state_of(stack, second) == ("accepted", False)
    for watched in (moderator, anyone):
        assert (watched.other_hosts, watched.complaints) == (set(), [])


def sign_in(person: Watched, password: str) -> None:
    page = person.page
    page.goto(f"{person.base}sign-in/?next={SEEDS}")
    page.locator("main input[type=text]").first.fill("moderator")
    page.locator("main input[type=password]").fill(password)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(f"**{SEEDS}")


def look_at_seeds(moderator: Watched) -> None:
    page = moderator.visit(SEEDS)
    page.get_by_label("Seed statements", exact=True).fill("\n".join(LINES))
    page.get_by_role("button", name="Look at them first").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("5 lines to look at")
    expect(page.locator("#line-2")).to_contain_text("Perhaps the same as line 1:")
    expect(page.locator("#line-3")).to_contain_text("Perhaps the opposite of line 1:")
    expect(page.locator("#line-4")).to_contain_text("Write a sentence in words.")
    expect(page.locator("#line-5")).to_contain_text("The same words as in line 1:")
    assert marks(page) == [True, False, True]
    moderator.check()


def marks(page: Page) -> list[bool]:
    boxes = page.get_by_role("checkbox")
    return [box.is_checked() for box in boxes.all()]


def add_seeds(moderator: Watched) -> None:
    page = moderator.page
    page.get_by_label("Add line 2").check()
    page.get_by_role("button", name="Add what is marked").click()

    expect(page.get_by_role("status")).to_contain_text("3 statements were added.")


def numbers(stack: Stack) -> list[int]:
    """Once the worker has put two of the three into a group."""
    rows = stack.rows(WAITING)
    groups = [group for _number, group, _state, _follows in rows]
    is_grouped = len(rows) == 3 and groups == [rows[0][0], rows[0][0], None]
    return [number for number, *_rest in rows] if is_grouped else []


def state_of(stack: Stack, number: int) -> tuple[str, bool]:
    found = {
        n: (state, bool(follows)) for n, _group, state, follows in stack.rows(WAITING)
    }
    return found[number]


def compare(moderator: Watched, first: int) -> None:
    page = moderator.visit(ALIKE)
    page.get_by_role("link", name=f"Group {first}: 2 statements").click()

    page.wait_for_url(f"**{ALIKE}{first}/")
    assert page.locator(".alike__text mark").all_inner_texts() == ["all", "not"]
    moderator.check()


def fold(plain: Watched, first: int, against: int) -> None:
    """Without a script; what may be the opposite is refused until it is confirmed."""
    page = plain.page
    page.goto(f"{plain.base.rstrip('/')}{ALIKE}{first}/")
    opposite = page.locator(f'input[name="fold"][value="{against}"]')
    opposite.check()
    page.get_by_role("button", name="Fold what is marked").click()
    expect(page.get_by_role("alert")).to_contain_text("may say the opposite")

    opposite.uncheck()
    page.get_by_role("button", name="Fold what is marked").click()

    expect(page.get_by_role("status")).to_have_text(
        f"1 statement is folded into statement {first}."
    )


def read(anyone: Watched, first: int) -> None:
    page = anyone.visit(f"/c/demo/results/s/{first}/")

    expect(page.get_by_role("heading", name="Folded into this one: 1")).to_be_visible()
    expect(page.locator(".folded")).to_contain_text(LINES[1])


def take_back(plain: Watched, first: int) -> None:
    page = plain.page
    page.goto(f"{plain.base.rstrip('/')}{ALIKE}{first}/")
    page.get_by_role("button", name="Take back").click()

    expect(page.get_by_role("status")).to_have_text(
        "Taken back: 1 statement is what it was before."
    )
