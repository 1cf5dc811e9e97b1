"""The results in a real browser: the map by finger, mouse and key, and quiet news."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import DESK, PHONE, Watched
from tests.stack import Stack, running_on

NEWS_MILLISECONDS = 60_000


@pytest.fixture(scope="module")
def stack(tmp_path_factory) -> Iterator[Stack]:
    with running_on("sqlite", tmp_path_factory.mktemp("results")) as stack:
        yield stack


def results(browser: Browser, stack: Stack, size: dict[str, int]) -> Watched:
    reader = Watched(browser, stack.base, size)
    page = reader.visit("/c/demo/results/?sort=number")
    expect(page.locator("#finding")).to_contain_text(
        "groups", timeout=NEWS_MILLISECONDS
    )
    expect(page.locator("#map-in")).to_be_visible(timeout=NEWS_MILLISECONDS)
    return reader


def width(page: Page) -> float:
    """How much of the map is seen, of 1000 units."""
    return float(page.locator(".map__drawing").get_attribute("viewBox").split()[2])


def test_map_comes_closer_by_buttons_and_keys_and_never_traps(
    stack: Stack, browser: Browser
) -> None:
    reader = results(browser, stack, DESK)
    page = reader.page

    page.locator("#map-in").click()
    assert width(page) == pytest.approx(1000 / 1.5)
    page.locator("#map-left").click()
    page.locator("#map-out").click()
    assert width(page) == 1000
    page.locator("#map-frame").focus()
    for key, seen in (("+", 1000 / 1.5), ("+", 1000 / 2.25), ("0", 1000)):
        page.keyboard.press(key)
        assert width(page) == pytest.approx(seen)

    page.locator(".map__drawing").hover()
    before = page.evaluate("scrollY")
    page.mouse.wheel(0, 300)
    page.wait_for_function("before => scrollY > before", arg=before)
    assert width(page) == 1000
    page.locator(".map__drawing").hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    page.wait_for_function(
        "document.querySelector('.map__drawing').viewBox.baseVal.width < 999"
    )
    reader.check()
    assert reader.complaints == []


def test_news_come_quietly(stack: Stack, browser: Browser) -> None:
    """What was opened, chosen, brought closer and focused stays as it was."""
    reader = results(browser, stack, PHONE)
    page = reader.page
    page.evaluate("window.isTheSamePage = true")
    page.locator("#m-3").click()
    expect(page.locator("#map")).to_have_attribute("data-statement", "3")
    assert page.url.endswith("?sort=number&statement=3#map")
    page.locator("#map-in").click()
    page.get_by_text("What was tried").click()
    page.locator("#search-words").fill("half a wor")
    seen = page.locator("#live").get_attribute("hx-get")

    vote_without_script(browser, stack)

    expect(page.locator("#live")).not_to_have_attribute(
        "hx-get", seen or "", timeout=NEWS_MILLISECONDS
    )
    expect(page.locator("#tried")).to_have_attribute("open", "")
    expect(page.locator("#map")).to_have_attribute("data-statement", "3")
    expect(page.locator("#search-words")).to_have_value("half a wor")
    expect(page.locator("#search-words")).to_be_focused()
    assert width(page) == pytest.approx(1000 / 1.5)
    assert page.evaluate("window.isTheSamePage")
    reader.check()
    assert reader.complaints == []


def vote_without_script(browser: Browser, stack: Stack) -> None:
    page = browser.new_context(java_script_enabled=False, locale="en").new_page()
    page.goto(f"{stack.base}c/demo/vote/")
    page.get_by_role("button", name="Agree", exact=True).first.click()


def test_keyboard_reaches_every_statement_and_its_page(
    stack: Stack, browser: Browser
) -> None:
    page = results(browser, stack, DESK).page
    wanted = page.locator("a[id^='s-']").evaluate_all("links => links.map(a => a.id)")
    assert len(wanted) == 25

    page.locator("#search-words").focus()
    reached = []
    while len(reached) < 200 and (not reached or reached[-1] != wanted[-1]):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id"))

    assert [focused for focused in reached if focused in wanted] == wanted
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_visible()
    assert "/results/s/" in page.url


def test_map_is_coloured_without_script(stack: Stack, browser: Browser) -> None:
    results(browser, stack, DESK)
    page = browser.new_context(java_script_enabled=False, locale="en").new_page()

    page.goto(f"{stack.base}c/demo/results/?sort=number")
    page.locator("#m-3").click()

    expect(page.locator("#chosen")).to_be_visible()
    assert page.locator(".map__dot.shade").count() > 10
    expect(page.locator("#map-in")).to_be_hidden()
