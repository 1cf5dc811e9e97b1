"""What a session's row tells its owner: a coarse device, and when it began."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from deliberation import sessions
from deliberation.models import Session


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Firefox/130.0", "Firefox, Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like"
            " Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko)"
            " Chrome/140.0.0.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15"
            " (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
            "Safari, Mac",
        ),
        ("curl/8.0", ""),
        ("", ""),
        ("Firefox" * 1000, "Firefox"),
    ],
)
def test_device_is_a_browser_and_a_system_without_versions(user_agent, name):
    assert sessions.device(user_agent) == name


def test_a_session_of_an_account_knows_whose_it_is(db):
    user = User.objects.create_user("ada")
    client = Client()

    client.force_login(user)
    client.session.save()

    assert list(Session.objects.values_list("user", "device")) == [(user.pk, "")]


def test_signing_out_leaves_no_row(db):
    client = Client()
    client.force_login(User.objects.create_user("ada"))

    client.post("/sign-out/")

    assert Session.objects.count() == 0


def test_a_deleted_account_takes_its_sessions_along(db):
    user = User.objects.create_user("ada")
    Client().force_login(user)

    user.delete()

    assert Session.objects.count() == 0
