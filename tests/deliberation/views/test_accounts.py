"""Signing in."""

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from deliberation import ratelimits

PASSWORD = "a long enough password"


@pytest.fixture
def account(db: None) -> User:
    return User.objects.create_user("ada", password=PASSWORD)


def sign_in(client: Client, password: str, name: str = "ada") -> HttpResponse:
    return client.post("/sign-in/", {"username": name, "password": password})


def test_right_password_leads_to_moderation(client: Client, account: User) -> None:
    response = sign_in(client, PASSWORD)

    assert (response.status_code, response["Location"]) == (302, "/moderate/")
    assert client.session["_auth_user_id"] == str(account.pk)


def test_wrong_password_says_so_and_keeps_the_name(
    client: Client, account: User
) -> None:
    response = sign_in(client, "something else")

    html = response.content.decode()
    assert "This account name and password do not belong together." in html
    assert 'value="ada"' in html
    assert "_auth_user_id" not in client.session


def test_page_names_its_fields_in_our_words(client: Client, db: None) -> None:
    html = client.get("/sign-in/").content.decode()

    assert '<label for="id_username">Account name</label>' in html
    assert "user name" not in html.lower()


def test_attempts_on_one_account_are_limited(client: Client, account: User) -> None:
    for n in range(ratelimits.SIGN_IN_ACCOUNT.most):
        other_network = {"REMOTE_ADDR": f"10.0.{n}.1"}
        data = {"username": "Ada ", "password": "wrong"}
        client.post("/sign-in/", data, **other_network)

    response = sign_in(client, PASSWORD)

    assert response.status_code == 429
    assert "Please try again in" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_attempts_of_one_network_are_limited(client: Client, account: User) -> None:
    for n in range(ratelimits.SIGN_IN.most):
        sign_in(client, "wrong", name=f"name-{n}")

    response = sign_in(client, PASSWORD)

    assert (response.status_code, "_auth_user_id" in client.session) == (429, False)
