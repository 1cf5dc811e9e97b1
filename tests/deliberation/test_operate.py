"""The operators' back office: who gets in, what can be done, what is not shown."""

from urllib.parse import parse_qs

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.test import Client

from deliberation import operate
from deliberation.models import Session
from tests.factories import (
    AlertFactory,
    AnalysisRunFactory,
    AuditEventFactory,
    InvitationFactory,
    ModeratorFactory,
    UserFactory,
)

LISTS = [
    f"/operate/{model._meta.app_label}/{model._meta.model_name}/"
    for model in operate.site._registry
]
ACCOUNTS = "/operate/auth/user/"


@pytest.fixture
def filled(db) -> None:
    for make in (AlertFactory, AnalysisRunFactory, InvitationFactory):
        make()
    AuditEventFactory(action="moderation.accept", by_name="ada")
    ModeratorFactory()
    user = UserFactory(username="ada")
    Authenticator.objects.create(user=user, type="totp", data={"secret": "hidden"})


def client_of(**rights: bool) -> Client:
    client = Client()
    client.force_login(UserFactory(username="boss", **rights))
    return client


@pytest.fixture
def boss(db) -> Client:
    return client_of(is_staff=True, is_superuser=True)


@pytest.mark.parametrize("where", ["/operate/", *LISTS])
def test_a_stranger_is_sent_to_our_own_sign_in(client, db, where) -> None:
    response = client.get(where, follow=True)

    assert response.request["PATH_INFO"] == "/sign-in/"
    assert parse_qs(response.request["QUERY_STRING"]) == {"next": [where]}


@pytest.mark.parametrize("where", ["/operate/", *LISTS])
def test_moderators_do_not_get_in(moderator_client, where) -> None:
    response = moderator_client.get(where, follow=True)

    refusal = response.context["error"]
    assert (response.status_code, refusal.code) == (403, "operators_only")


def test_the_admins_own_sign_in_takes_no_password(client, db) -> None:
    User.objects.create_superuser("boss", password="a long enough password")
    data = {"username": "boss", "password": "a long enough password"}

    response = client.post("/operate/login/", data)

    assert response["Location"] == "/sign-in/?next=/operate/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("where", LISTS)
def test_operators_see_every_list_and_every_row(filled, boss, where) -> None:
    response = boss.get(where)

    assert response.status_code == 200
    (row, *_more) = response.context["cl"].queryset
    assert boss.get(f"{where}{row.pk}/change/").status_code == 200


def test_no_page_shows_what_a_second_step_is_made_of(filled, boss) -> None:
    key = Authenticator.objects.get()

    html = boss.get(f"/operate/mfa/authenticator/{key.pk}/change/").content.decode()

    assert ("Totp" in html or "totp" in html.lower(), "hidden" in html.lower()) == (
        True,
        'type="hidden"' in html.lower(),
    )
    assert "secret" not in html.lower()


def test_staff_look_and_change_nothing(filled) -> None:
    staff = client_of(is_staff=True)

    index = staff.get("/operate/")

    assert index.status_code == 200
    assert staff.get("/operate/deliberation/auditevent/").status_code == 200
    assert staff.get(ACCOUNTS).status_code == 403


@pytest.mark.parametrize(
    "where", [where for where in LISTS if where != ACCOUNTS], ids=str
)
def test_rows_come_and_go_by_actions_alone(filled, boss, where) -> None:
    (row, *_more) = boss.get(where).context["cl"].queryset

    for act in ("add/", f"{row.pk}/delete/"):
        assert boss.post(f"{where}{act}").status_code == 403
    assert boss.post(f"{where}{row.pk}/change/").status_code == 403


def test_an_operator_makes_an_account(boss) -> None:
    data = {
        "username": "grace",
        "usable_password": "true",
        "password1": "a long enough password",
        "password2": "a long enough password",
    }

    response = boss.post(f"{ACCOUNTS}add/", data)

    assert response.status_code == 302
    user = User.objects.get(username="grace")
    assert user.check_password("a long enough password")
    assert boss.get(f"{ACCOUNTS}{user.pk}/delete/").status_code == 403


def test_an_operator_switches_an_account_off(boss) -> None:
    user = UserFactory(username="ada")

    boss.post(f"{ACCOUNTS}{user.pk}/change/", {"username": "ada", "email": ""})

    user.refresh_from_db()
    assert (user.is_active, user.is_staff) == (False, False)


def test_an_operator_takes_a_lost_second_step_away(filled, boss) -> None:
    user = User.objects.get(username="ada")
    lost = Client()
    lost.force_login(user)

    boss.post(
        ACCOUNTS, {"action": "remove_second_steps", "_selected_action": [user.pk]}
    )

    assert Authenticator.objects.count() == 0
    assert Session.objects.filter(user=user).count() == 0
    assert boss.get("/operate/").status_code == 200


def test_an_operator_signs_an_account_out_everywhere(filled, boss) -> None:
    user = User.objects.get(username="ada")
    Client().force_login(user)

    boss.post(
        ACCOUNTS, {"action": "sign_out_everywhere", "_selected_action": [user.pk]}
    )

    assert Authenticator.objects.count() == 1
    assert Session.objects.filter(user=user).count() == 0
