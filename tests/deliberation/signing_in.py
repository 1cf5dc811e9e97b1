"""Accounts that sign in: by password, and by the codes of an app."""

import base64
import hashlib
import hmac
import struct
import time

import pytest
from allauth.core import context
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client, RequestFactory

PASSWORD = "a long enough password"
SECRET = base64.b32encode(b"twenty bytes of them").decode()


@pytest.fixture
def account(db: None) -> User:
    return User.objects.create_user("ada", email="ada@example.org", password=PASSWORD)


@pytest.fixture
def account_with_app(account: User, rf: RequestFactory) -> User:
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
