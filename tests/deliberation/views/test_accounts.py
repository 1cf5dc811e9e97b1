"""Signing in with a password, changing it, and what guessing comes to."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from pytest_django import Settings

from deliberation import environment, ratelimits
from tests.deliberation.signing_in import (
    PASSWORD,
    account,
    account_with_app,
    confirm,
    is_in,
    sign_in,
)

__all__ = ["account", "account_with_app"]

# --- Passwords ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ada", " ada ", "ada@example.org", "Ada@Example.org"])
def test_right_password_leads_to_moderation(client, account, name) -> None:
    response = sign_in(client, PASSWORD, name)

    assert (response.status_code, response["Location"]) == (302, "/moderate/")
    assert client.session["_auth_user_id"] == str(account.pk)


def test_signing_in_leads_to_where_one_wanted_to_go_on_this_site(client, account):
    data = {"login": "ada", "password": PASSWORD}

    here = client.post("/sign-in/", {**data, "next": "/moderate/rivers/team/"})
    elsewhere = Client().post("/sign-in/", {**data, "next": "https://evil.example/"})

    assert here["Location"] == "/moderate/rivers/team/"
    assert elsewhere["Location"] == "/moderate/"


@pytest.mark.parametrize("name", ["ada", "ada@example.org", "nobody"])
def test_wrong_password_says_so_and_keeps_the_name(client, account, name) -> None:
    response = sign_in(client, "something else", name)

    html = response.content.decode()
    assert "This name and password do not belong together." in html
    assert f'value="{name}"' in html
    assert not is_in(client)


def test_page_names_its_fields_in_our_words(client, db) -> None:
    html = client.get("/sign-in/").content.decode()

    assert '<label for="id_login">Account name or e-mail address</label>' in html
    assert "user name" not in html.lower()
    assert "sign up" not in html.lower()


def test_an_account_that_is_switched_off_does_not_sign_in(client, account) -> None:
    User.objects.update(is_active=False)

    response = sign_in(client, PASSWORD)

    refusal = response.context["error"]
    assert (response.status_code, refusal.code) == (403, "account_switched_off")
    assert not is_in(client)


def test_attempts_on_one_account_are_limited(client, account) -> None:
    for n in range(ratelimits.SIGN_IN_ACCOUNT.most):
        other_network = {"REMOTE_ADDR": f"10.0.{n}.1"}
        data = {"login": "Ada ", "password": "wrong"}
        client.post("/sign-in/", data, **other_network)

    response = sign_in(client, PASSWORD)

    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= ratelimits.SIGN_IN_ACCOUNT.seconds
    assert "Please try again in" in response.content.decode()
    assert not is_in(client)


def test_attempts_of_one_network_are_limited(client, account) -> None:
    for n in range(ratelimits.SIGN_IN.most):
        sign_in(client, "wrong", name=f"name-{n}")

    response = sign_in(client, PASSWORD)

    assert (response.status_code, is_in(client)) == (429, False)


def test_changing_the_password_asks_for_the_old_one(client, account) -> None:
    sign_in(client, PASSWORD)
    new = {"password1": "another long one", "password2": "another long one"}

    wrong = client.post("/account/password/", {"oldpassword": "guess", **new})
    right = client.post("/account/password/", {"oldpassword": PASSWORD, **new})

    assert "This is not your password as it is now." in wrong.content.decode()
    assert right["Location"] == "/account/"
    assert User.objects.get().check_password("another long one")
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short", "This password is too short: it needs at least 12 characters."),
        ("password1234", "This password is one that many people use."),
    ],
)
def test_a_weak_password_is_refused_in_our_words(client, account, password, sentence):
    sign_in(client, PASSWORD)
    data = {"oldpassword": PASSWORD, "password1": password, "password2": password}

    response = client.post("/account/password/", data)

    assert sentence in response.content.decode()
    assert User.objects.get().check_password(PASSWORD)


def test_a_new_password_signs_other_browsers_out(client, account) -> None:
    other = Client()
    sign_in(client, PASSWORD)
    sign_in(other, PASSWORD)
    new = {"password1": "another long one", "password2": "another long one"}

    client.post("/account/password/", {"oldpassword": PASSWORD, **new})

    assert client.get("/account/").status_code == 200
    assert other.get("/account/")["Location"] == "/sign-in/?next=/account/"
    assert len(client.get("/account/").context["browsers"]) == 1


def test_without_a_mail_server_no_password_is_sent(client, account) -> None:
    page = client.get("/account/password/reset/")

    refusal = page.context["error"]
    assert (page.status_code, refusal.code) == (404, "no_mails")
    assert "Forgot" not in client.get("/sign-in/").content.decode()


@pytest.fixture
def mails(settings: Settings) -> None:
    settings.MAIL = environment.MailServer("smtp", "localhost", 25, "", "")


def test_a_forgotten_password_is_set_anew_by_a_link(client, account, mails) -> None:
    assert "Forgot" in client.get("/sign-in/").content.decode()
    asked = client.post("/account/password/reset/", {"email": "ada@example.org"})
    assert asked["Location"] == "/account/password/reset/sent/"
    (letter,) = mail.outbox
    (link,) = (line for line in letter.body.splitlines() if line.startswith("http"))
    path = link.partition("8000")[2]

    form = client.get(path, follow=True)
    new = {"password1": "another long one", "password2": "another long one"}
    done = client.post(form.request["PATH_INFO"], new)

    assert letter.to == ["ada@example.org"]
    assert done["Location"] == "/account/password/reset/done/"
    assert User.objects.get().check_password("another long one")
    again = Client().get(path, follow=True).content.decode()
    assert "This link is not valid any more." in again


def test_the_page_says_the_same_of_an_unknown_address(client, account, mails) -> None:
    asked = client.post("/account/password/reset/", {"email": "eve@example.org"})

    assert asked["Location"] == "/account/password/reset/sent/"
    assert mail.outbox == []


# --- Addresses ---------------------------------------------------------------------------


FOR_SIGNED_IN = (
    "/account/",
    "/account/sessions/end/",
    "/account/sessions/end-others/",
    "/account/confirm/",
    "/account/confirm/code/",
    "/account/confirm/passkey/",
    "/account/password/",
    "/account/password/set/",
    "/account/app/",
    "/account/app/remove/",
    "/account/passkeys/",
    "/account/passkeys/1/name/",
    "/account/passkeys/1/remove/",
    "/account/codes/",
    "/account/codes/new/",
    "/account/codes/file/",
)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", FOR_SIGNED_IN)
def test_whoever_is_not_signed_in_is_sent_there(client, db, address, method) -> None:
    response = getattr(client, method)(address)

    assert response.status_code == 302
    assert response["Location"].partition("?")[0] == "/sign-in/"


def test_nobody_makes_an_account_without_an_invitation(client, db) -> None:
    for address in ("/sign-up/", "/account/sign-up/", "/accounts/signup/"):
        assert client.get(address).status_code == 404


def test_nobody_sees_or_renames_the_passkey_of_another(client, account) -> None:
    other = User.objects.create_user("eve", password=PASSWORD)
    key = Authenticator.objects.create(user=other, type="webauthn", data={"name": "x"})
    sign_in(client, PASSWORD)
    confirm(client)

    for what in ("name", "remove"):
        response = client.post(f"/account/passkeys/{key.pk}/{what}/", {"name": "y"})
        assert response.status_code == 404

    assert Authenticator.objects.get().data == {"name": "x"}
