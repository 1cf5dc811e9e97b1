"""What keeps an account safe: where it is signed in, and ending that."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from deliberation.models import Session

PASSWORD = "a long enough password"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def account(db: None) -> User:
    return User.objects.create_user("ada", password=PASSWORD)


def browser(user_agent: str, name: str = "ada") -> Client:
    """A browser that is signed in."""
    client = Client(headers={"User-Agent": user_agent}, REMOTE_ADDR="192.0.2.7")
    response = client.post("/sign-in/", {"login": name, "password": PASSWORD})
    assert response.status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_the_page_lists_browsers_with_this_one_first(account) -> None:
    phone, computer = browser(SAFARI), browser(FIREFOX)

    found = phone.get("/account/").context["browsers"]

    assert [(line.device, line.is_this) for line in found] == [
        ("Safari, iPhone", True),
        ("Firefox, Linux", False),
    ]
    assert is_in(computer)


def test_no_address_and_no_full_name_of_a_browser_is_kept(account) -> None:
    browser(FIREFOX)

    (session,) = Session.objects.filter(user=account)

    kept = str([session.get_decoded(), list(Session.objects.values_list())])
    assert [word for word in ("192.0.2", "Gecko", "130.0") if word in kept] == []
    assert "Firefox, Linux" in kept


def test_the_page_holds_no_key_of_a_session(account) -> None:
    phone = browser(SAFARI)
    browser(FIREFOX)

    html = phone.get("/account/").content.decode()

    keys = Session.objects.values_list("session_key", flat=True)
    assert len(keys) == 2
    assert [key for key in keys if key in html] == []


def test_one_browser_is_signed_out_from_another(account) -> None:
    phone, computer, tablet = browser(SAFARI), browser(FIREFOX), browser("")
    lines = phone.get("/account/").context["browsers"]
    name = next(line.name for line in lines if line.device == "Firefox, Linux")

    response = phone.post("/account/sessions/end/", {"name": name}, follow=True)

    assert "That browser is signed out." in response.content.decode()
    assert [is_in(client) for client in (phone, computer, tablet)] == [
        True,
        False,
        True,
    ]


def test_all_other_browsers_are_signed_out_at_once(account) -> None:
    phone, computer, tablet = browser(SAFARI), browser(FIREFOX), browser("")

    response = phone.post("/account/sessions/end-others/", follow=True)

    assert "2 other browsers are signed out." in response.content.decode()
    assert [is_in(client) for client in (phone, computer, tablet)] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("name", ["", "0" * 24])
def test_a_session_that_is_not_there_is_refused(account, name) -> None:
    response = browser(SAFARI).post("/account/sessions/end/", {"name": name})

    refusal = response.context["error"]
    assert (response.status_code, refusal.code) == (404, "no_such_session")


def test_nobody_ends_the_session_of_another(account) -> None:
    User.objects.create_user("eve", password=PASSWORD)
    ada, eve = browser(SAFARI), browser(FIREFOX, "eve")
    (line,) = ada.get("/account/").context["browsers"]

    response = eve.post("/account/sessions/end/", {"name": line.name})

    assert (response.status_code, is_in(ada)) == (404, True)


def test_ending_sessions_is_no_link(account) -> None:
    client = browser(SAFARI)

    for what in ("end", "end-others"):
        assert client.get(f"/account/sessions/{what}/").status_code == 405


def test_the_footer_of_moderators_leads_to_the_page(moderator_client) -> None:
    html = moderator_client.get("/moderate/").content.decode()

    assert '<a href="/account/">Your account</a>' in html
