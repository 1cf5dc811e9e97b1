"""Accounts in a real browser: an invitation, second steps, sessions, and guessing."""

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.chromium import DESK, PHONE, Watched
from tests.stack import Stack, running_on

PASSWORD = "a few words in a row"
NOT_FOUND = "404 (Not Found)"


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with running_on("sqlite", tmp_path_factory.mktemp("accounts")) as stack:
        # Passkeys belong to a name, not to a number.
        stack.base = stack.base.replace("127.0.0.1", "localhost")
        yield stack


def code(secret: str) -> str:
    """What an authenticator app shows now."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    at = digest[-1] & 15
    number = struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def sign_in(person: Watched, name: str, password: str) -> None:
    page = person.visit("/sign-in/")
    page.get_by_label("Account name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def confirm(person: Watched, password: str) -> None:
    person.check()
    person.page.get_by_label("Password").fill(password)
    person.page.get_by_role("button", name="Confirm").click()


def given_a_link(owner: Watched, label: str) -> str:
    """An invitation, as its owner copies it from the page."""
    page = owner.visit("/moderate/demo/team/")
    page.get_by_label("For whom").fill(label)
    page.get_by_role("button", name="Make a link").click()
    owner.check()
    link = page.locator("#invitation-link").inner_text()
    page.reload()
    expect(page.locator("#invitation-link")).to_have_count(0)
    return urlsplit(link).path


def joined(person: Watched, path: str, name: str) -> None:
    page = person.visit(path)
    page.get_by_label("Account name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make an account and join").click()
    expect(page.get_by_role("status").first).to_contain_text("Your role")


def test_an_invitation_leads_to_an_account_and_a_role(stack, browser: Browser) -> None:
    owner = Watched(browser, stack.base, DESK)
    sign_in(owner, "moderator", stack.password)
    path = given_a_link(owner, "Ada of the library")
    guest = Watched(browser, stack.base, PHONE)

    joined(guest, path, "ada")

    team = guest.visit("/moderate/demo/team/")
    expect(team.get_by_role("listitem").filter(has_text="ada")).to_contain_text(
        "Moderator"
    )
    again = guest.page.goto(urljoin(stack.base, path))
    assert again is not None
    assert again.status == 410
    expect(guest.page.get_by_role("heading", level=1)).to_have_text("That did not work")
    guest.check()
    page = owner.visit("/moderate/demo/team/")
    item = page.get_by_role("listitem").filter(has_text="ada").first
    item.get_by_role("combobox").select_option("Observer")
    item.get_by_role("button", name="Change").click()
    expect(page.get_by_role("status")).to_contain_text("“ada” is “Observer”")
    owner.check()
    assert owner.complaints == []
    assert (owner.other_hosts, guest.other_hosts) == (set(), set())


def test_an_app_is_set_up_and_asked_for(stack: Stack, browser: Browser) -> None:
    owner = Watched(browser, stack.base, DESK)
    sign_in(owner, "moderator", stack.password)
    guest = Watched(browser, stack.base, PHONE)
    joined(guest, given_a_link(owner, "Grace"), "grace")
    page = guest.visit("/account/")
    page.get_by_role("link", name="Set up").click()
    confirm(guest, PASSWORD)
    guest.check()
    secret = page.locator("#app-secret").inner_text()
    page.get_by_label("Code that the app shows").fill(code(secret))
    page.get_by_role("button", name="Use this app").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    guest.check()
    recovery = page.locator(".codes code").first.inner_text()
    guest.visit("/account/")

    elsewhere = Watched(browser, stack.base, PHONE)
    sign_in(elsewhere, "grace", PASSWORD)
    page = elsewhere.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Second step")
    elsewhere.check()
    page.get_by_label("Code of your app").fill("000000")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".field__error")).to_contain_text("This code is not right")
    elsewhere.check()
    page.get_by_label("Code of your app").fill(code(secret))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your conversations")

    third = Watched(browser, stack.base, PHONE)
    sign_in(third, "grace", PASSWORD)
    third.page.get_by_label("Code of your app").fill(recovery)
    third.page.get_by_role("button", name="Sign in").click()
    expect(third.page.get_by_role("heading", level=1)).to_have_text(
        "Your conversations"
    )
    assert [w.complaints for w in (guest, elsewhere, third)] == [[], [], []]


def test_a_passkey_signs_in_alone(stack: Stack, browser: Browser) -> None:
    owner = Watched(browser, stack.base, DESK)
    sign_in(owner, "moderator", stack.password)
    guest = Watched(browser, stack.base, DESK)
    joined(guest, given_a_link(owner, "Mary"), "mary")
    protocol = guest.context.new_cdp_session(guest.page)
    protocol.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    page = guest.visit("/account/")
    page.get_by_role("link", name="Add a passkey").click()
    confirm(guest, PASSWORD)
    guest.check()
    page.get_by_label("Name of this passkey").fill("Mary's laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    guest.visit("/account/")
    expect(page.get_by_text("Mary's laptop").first).to_be_visible()

    page.get_by_role("button", name="Sign out", exact=True).last.click()
    guest.visit("/sign-in/?next=/moderate/demo/team/")
    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Team")
    page.get_by_role("link", name="Your account").click()
    page.get_by_role("link", name="Rename").click()
    guest.check()
    page.get_by_role("link", name="Use a passkey").click()
    guest.check()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rename the passkey")
    guest.check()
    assert (guest.complaints, guest.other_hosts) == ([], set())


def test_a_browser_is_signed_out_from_another(stack: Stack, browser: Browser) -> None:
    lost = Watched(browser, stack.base, PHONE)
    sign_in(lost, "moderator", stack.password)
    owner = Watched(browser, stack.base, DESK)
    sign_in(owner, "moderator", stack.password)
    page = owner.visit("/account/")

    page.get_by_role("button", name="Sign out everywhere else").click()

    expect(page.get_by_role("status")).to_contain_text("signed out")
    owner.check()
    lost.page.reload()
    expect(lost.page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert owner.complaints == []


def test_operators_have_a_back_office(stack: Stack, browser: Browser) -> None:
    owner = Watched(browser, stack.base, DESK)
    sign_in(owner, "moderator", stack.password)

    answer = owner.page.goto(urljoin(stack.base, "/operate/"))

    assert answer is not None
    assert answer.status == 403
    expect(owner.page.get_by_text("for those who operate the site")).to_be_visible()


def test_whoever_guesses_is_stopped_and_told_when_to_go_on(
    stack: Stack, browser: Browser
) -> None:
    """The last of this file: the network is shared by all of them."""
    thief = Watched(browser, stack.base, PHONE)
    for n in range(25):
        sign_in(thief, "moderator", f"guess {n}")
        if "One moment" in thief.page.content():
            break

    page = thief.page
    expect(page.get_by_role("heading", level=1)).to_have_text("One moment, please")
    expect(page.get_by_role("main")).to_contain_text(
        re.compile(r"Please try again in \d+ seconds?\.")
    )
    thief.check()
    sign_in(thief, "moderator", stack.password)
    expect(page.get_by_role("heading", level=1)).to_have_text("One moment, please")
