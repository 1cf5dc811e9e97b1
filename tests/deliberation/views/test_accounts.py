"""Signing in: passwords, second steps, and what guessing comes to."""

import base64
import hashlib
import hmac
import struct
import time

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from deliberation import environment, ratelimits

PASSWORD = "a long enough password"
SECRET = base64.b32encode(b"twenty bytes of them").decode()


@pytest.fixture
def account(db: None) -> User:
    return User.objects.create_user("ada", email="ada@example.org", password=PASSWORD)


@pytest.fixture
def account_with_app(account: User, rf) -> User:
    """With the app that knows SECRET as second step."""
    with context.request_context(rf.get("/")):
        TOTP.activate(account, SECRET)
    return account


def code(secret: str = SECRET, steps_ago: int = 0) -> str:
    """What an app shows now."""
    counter = struct.pack(">Q", int(time.time()) // 30 - steps_ago)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    at = digest[-1] & 15
    number = struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def sign_in(client: Client, password: str, name: str = "ada") -> HttpResponse:
    return client.post("/sign-in/", {"login": name, "password": password})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def confirm(client: Client) -> None:
    """Who is asked who she is answers with the password."""
    response = client.post("/account/confirm/", {"password": PASSWORD})
    assert response.status_code == 302


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


# --- The second step --------------------------------------------------------------------


def test_with_an_app_the_password_alone_lets_nobody_in(client, account_with_app):
    first = sign_in(client, PASSWORD)

    assert first["Location"] == "/sign-in/step/"
    assert not is_in(client)
    second = client.post("/sign-in/step/", {"code": code()})
    assert second["Location"] == "/moderate/"
    assert is_in(client)


def test_a_code_works_once(client, account_with_app) -> None:
    shown = code()
    sign_in(client, PASSWORD)
    client.post("/sign-in/step/", {"code": shown})
    thief = Client()
    sign_in(thief, PASSWORD)

    response = thief.post("/sign-in/step/", {"code": shown})

    assert "This code is not right, or it is too old." in response.content.decode()
    assert (is_in(client), is_in(thief)) == (True, False)


def test_codes_cannot_be_guessed(account_with_app) -> None:
    for n in range(ratelimits.SECOND_STEP.most):
        client = Client(REMOTE_ADDR=f"10.0.{n}.1")
        sign_in(client, PASSWORD)
        client.post("/sign-in/step/", {"code": "000000"})

    response = client.post("/sign-in/step/", {"code": code()})

    assert (response.status_code, is_in(client)) == (429, False)
    assert int(response["Retry-After"]) > 0


def test_setting_up_an_app_asks_for_the_password_and_for_a_code(client, account):
    sign_in(client, PASSWORD)
    sent = client.get("/account/app/")
    assert sent["Location"] == "/account/confirm/?next=%2Faccount%2Fapp%2F"
    confirm(client)
    secret = client.get("/account/app/").context["form"].secret

    wrong = client.post("/account/app/", {"code": "000000"})
    right = client.post("/account/app/", {"code": code(secret)})

    assert "This code is not right, or it is too old." in wrong.content.decode()
    assert right["Location"] == "/account/codes/"
    kinds = Authenticator.objects.order_by("id").values_list("type", flat=True)
    assert list(kinds) == ["totp", "recovery_codes"]


def test_the_secret_of_an_app_is_not_in_the_database(account_with_app) -> None:
    (data,) = Authenticator.objects.values_list("data", flat=True)

    assert (sorted(data), SECRET in str(data)) == (["secret"], False)


def test_with_another_key_of_the_site_no_code_is_right(
    client, account_with_app, settings: Settings
) -> None:
    settings.SECRET_KEY = "another-" * 8
    sign_in(client, PASSWORD)

    response = client.post("/sign-in/step/", {"code": code()})

    assert "This code is not right" in response.content.decode()
    assert not is_in(client)


def test_a_recovery_code_lets_in_once(client, account_with_app, rf) -> None:
    with context.request_context(rf.get("/")):
        codes = RecoveryCodes.activate(account_with_app).get_unused_codes()
    answers = []
    for browser in (client, Client()):
        sign_in(browser, PASSWORD)
        browser.post("/sign-in/step/", {"code": codes[0]})
        answers.append(is_in(browser))

    assert (len(codes), answers) == (10, [True, False])


def test_the_second_step_is_removed_after_a_code(client, account_with_app) -> None:
    sign_in(client, PASSWORD)
    client.post("/sign-in/step/", {"code": code()})
    confirm(client)

    client.post("/account/app/remove/")

    assert Authenticator.objects.count() == 0


@pytest.mark.parametrize("credential", ["", "{}", '{"id": "x"}', "[]", "not json"])
def test_what_is_no_passkey_lets_nobody_in(client, account, credential) -> None:
    client.get("/sign-in/passkey/", headers={"Accept": "application/json"})

    response = client.post("/sign-in/passkey/", {"credential": credential})

    assert (response.status_code, response["Location"]) == (302, "/sign-in/")
    assert not is_in(client)


@pytest.mark.parametrize("credential", ["", "{}", '{"id": "x"}', "[]", "not json"])
def test_what_is_no_passkey_is_not_kept(client, account, credential) -> None:
    sign_in(client, PASSWORD)
    confirm(client)
    client.get("/account/passkeys/")

    response = client.post("/account/passkeys/", {"credential": credential})

    assert response.context["form"].errors
    assert Authenticator.objects.count() == 0


def test_passkeys_are_told_of_at_an_address_without_a_name(client, account) -> None:
    sign_in(client, PASSWORD)
    confirm(client)

    by_number = client.get("/account/passkeys/", headers={"Host": "127.0.0.1:8000"})
    by_name = client.get("/account/passkeys/", headers={"Host": "localhost"})

    told = "Passkeys need an address with a name."
    assert (told in by_number.text, told in by_name.text) == (True, False)


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
