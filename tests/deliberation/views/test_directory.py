"""Signing in with the operator's own directory of people, by OpenID Connect.

The directory is a small server of this test's own, on this machine.
"""

import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from deliberation import environment

PASSWORD = "a long enough password"
PERSON = {
    "sub": "4711",
    "preferred_username": "ada",
    "name": "Ada Lovelace",
    "email": "ada@example.org",
    "phone_number": "+49 30 1234",
}


class Answers(BaseHTTPRequestHandler):
    """What a directory answers: where things are, a token, and who it is."""

    def do_GET(self) -> None:  # noqa: N802 - http.server names it so
        here = f"http://localhost:{self.server.server_port}"  # type: ignore[attr-defined]
        if self.path.endswith("/openid-configuration"):
            ends = ("authorization", "token", "userinfo")
            self.answer(
                {f"{end}_endpoint": f"{here}/{end}" for end in ends}
                | {"issuer": here, "jwks_uri": f"{here}/keys"}
            )
        else:
            self.answer(self.server.person)  # type: ignore[attr-defined]

    def do_POST(self) -> None:  # noqa: N802
        here = f"http://localhost:{self.server.server_port}"  # type: ignore[attr-defined]
        now = int(time.time())
        says = {"iss": here, "aud": "folkmoot", "sub": "4711", "iat": now}
        token = jwt.encode(says | {"exp": now + 60}, "secret-" * 6)
        self.answer({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def answer(self, body: object) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def directory(settings: Settings) -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("localhost", 0), Answers)
    server.person = dict(PERSON)  # type: ignore[attr-defined]
    Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://localhost:{server.server_port}"
    settings.OIDC = environment.Directory(url, "folkmoot", "secret", "The Library")
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [settings.OIDC.as_app()],
        }
    }
    yield server
    server.shutdown()
    server.server_close()


def come_back(client: Client, **data: str):
    """Through the directory and back, as a browser would."""
    sent = client.post("/sign-in/with/oidc/", data)
    asked = parse_qs(urlsplit(sent["Location"]).query)
    assert sent.status_code == 302
    answer = {"code": "abc", "state": asked["state"][0]}
    return client.get("/sign-in/with/oidc/back/", answer)


def test_without_a_directory_there_is_no_way_to_one(client, db) -> None:
    page = client.get("/sign-in/")

    assert "Sign in with The Library" not in page.content.decode()
    assert client.post("/sign-in/with/oidc/").status_code == 404
    assert client.get("/sign-in/with/oidc/back/").status_code == 404


def test_the_way_there_is_a_form_and_names_where_to_come_back(
    client, db, directory
) -> None:
    page = client.get("/sign-in/")
    sent = client.post("/sign-in/with/oidc/", {"next": "/moderate/new/"})

    asked = parse_qs(urlsplit(sent["Location"]).query)
    assert "Sign in with The Library" in page.content.decode()
    assert asked["redirect_uri"] == ["http://testserver/sign-in/with/oidc/back/"]
    assert asked["client_id"] == ["folkmoot"]
    assert asked["code_challenge_method"] == ["S256"]
    assert client.get("/sign-in/with/oidc/").status_code == 405


def test_whom_the_directory_lets_in_has_an_account(client, db, directory) -> None:
    response = come_back(client, next="/moderate/new/")

    user = User.objects.get()
    assert response["Location"] == "/moderate/new/"
    assert (user.username, user.get_full_name()) == ("ada", "Ada Lovelace")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert (user.has_usable_password(), user.is_staff) == (False, False)


def test_of_the_directory_nothing_is_kept_but_a_name(client, db, directory) -> None:
    come_back(client)

    account = SocialAccount.objects.get()
    kept = [User.objects.get().email, account.extra_data, account.uid]
    assert kept == ["", {}, "4711"]


def test_the_same_person_comes_back_to_the_same_account(client, db, directory) -> None:
    come_back(client)
    directory.person["preferred_username"] = "renamed"  # type: ignore[attr-defined]

    come_back(Client())

    assert User.objects.get().username == "ada"


def test_a_name_that_is_taken_is_somebody_elses_account(client, db, directory) -> None:
    first = User.objects.create_user("ada", email="ada@example.org", password=PASSWORD)

    come_back(client)

    second = User.objects.exclude(pk=first.pk).get()
    assert client.session["_auth_user_id"] == str(second.pk)
    assert second.username != "ada"


def test_an_account_is_connected_and_signs_in_there_from_then_on(
    client, db, directory
) -> None:
    user = User.objects.create_user("grace", password=PASSWORD)
    client.post("/sign-in/", {"login": "grace", "password": PASSWORD})

    come_back(client, process="connect")
    other = Client()
    come_back(other)

    assert other.session["_auth_user_id"] == str(user.pk)
    assert User.objects.count() == 1
    assert "Connected with The Library" in client.get("/account/").content.decode()


@pytest.mark.parametrize("answer", [{"error": "server_error"}, {"code": "abc"}])
def test_a_directory_that_does_not_confirm_lets_nobody_in(
    client, db, directory, answer
) -> None:
    client.post("/sign-in/with/oidc/")

    response = client.get("/sign-in/with/oidc/back/", {**answer, "state": "guessed"})

    refusal = response.context["error"]
    assert (response.status_code, refusal.code) == (403, "sign_in_refused")
    assert User.objects.count() == 0


def test_a_directory_that_is_away_is_told(client, db, directory, settings) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://localhost:9"

    response = client.post("/sign-in/with/oidc/")

    refusal = response.context["error"]
    assert (response.status_code, refusal.code) == (403, "sign_in_refused")
