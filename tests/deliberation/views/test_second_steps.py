"""Second steps: codes of an app, recovery codes, passkeys, and who cannot guess them."""

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from pytest_django import Settings

from deliberation import ratelimits
from tests.deliberation.signing_in import (
    PASSWORD,
    SECRET,
    account,
    account_with_app,
    code,
    confirm,
    is_in,
    sign_in,
)

__all__ = ["account", "account_with_app"]


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
