"""What an invitation's link leads to, for strangers and for people with accounts."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from deliberation import queries
from deliberation.models import Invitation, Moderator
from tests.factories import THEN, InvitationFactory, UserFactory

HERE = "/invitation/token/"
NEW = {"name": "ada", "email": "", "password": "a long enough password"}


@pytest.fixture
def invitation(conversation) -> Invitation:
    return InvitationFactory(
        conversation=conversation,
        digest=queries.team.digest("token"),
        expires_at=timezone.now() + timedelta(days=7),
    )


def test_a_stranger_is_shown_who_invites_to_what_and_two_ways(client, invitation):
    html = client.get(HERE).content.decode()

    assert "What should the AI do?" in html
    assert f"{invitation.created_by.username} invites you" in html
    assert "/sign-in/?next=/invitation/token/" in html
    assert "/invitation/token/account/" in html


def test_an_account_is_made_joins_and_is_signed_in(client, invitation, conversation):
    response = client.post(f"{HERE}account/", NEW)

    assert response["Location"] == "/moderate/rivers/"
    user = User.objects.get(username="ada")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert Moderator.objects.get(user=user).role == "moderator"
    assert (user.is_staff, user.is_superuser) == (False, False)


def test_whoever_is_signed_in_joins_by_one_click(
    outsider_client, invitation, conversation
):
    page = outsider_client.get(HERE)

    response = outsider_client.post(f"{HERE}accept/")

    assert "/invitation/token/accept/" in page.content.decode()
    assert response["Location"] == "/moderate/rivers/"
    assert outsider_client.get("/moderate/rivers/").status_code == 200


def test_accepting_without_an_account_leads_to_the_ways_in(client, invitation):
    response = client.post(f"{HERE}accept/")

    assert response["Location"] == HERE
    assert Moderator.objects.count() == 0


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"name": "a b"}, "name", "An account name has letters, digits and"),
        ({"name": ""}, "name", "This field is required."),
        ({"email": "ada"}, "email", "Enter a valid email address."),
        ({"password": "short"}, "password", "This password is too short"),
        ({"password": "password1234"}, "password", "many people use"),
        ({"name": "TAKEN"}, "name", "There is an account called “TAKEN” already."),
    ],
)
def test_a_form_with_mistakes_makes_nothing(
    client, invitation, changed, field, sentence
):
    UserFactory(username="taken")
    before = User.objects.count()

    response = client.post(f"{HERE}account/", NEW | changed)

    assert response.status_code == (409 if changed == {"name": "TAKEN"} else 422)
    assert sentence in str(response.context["form"].errors[field])
    assert (User.objects.count(), Moderator.objects.count()) == (before, 0)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        ({"expires_at": THEN}, 410, "invitation_expired"),
        ({"revoked_at": THEN}, 410, "invitation_revoked"),
        ({"accepted_at": THEN}, 410, "invitation_used"),
        ({"digest": "0" * 64}, 404, "no_such_invitation"),
    ],
)
@pytest.mark.parametrize("way", ["", "accept/", "account/"])
def test_an_invitation_that_is_not_open_is_refused(
    client, outsider_client, invitation, given, status, code, way
):
    if "accepted_at" in given:
        given = given | {"accepted_by": UserFactory()}
    Invitation.objects.update(**given)
    people = User.objects.count()

    if way == "account/":
        response = client.post(HERE + way, NEW)
    else:
        act = outsider_client.post if way else outsider_client.get
        response = act(HERE + way)

    assert (response.status_code, response.context["error"].code) == (status, code)
    assert (User.objects.count(), Moderator.objects.count()) == (people, 0)


def test_attempts_to_make_accounts_are_limited(client, invitation, settings):
    settings.RATE_LIMIT_FACTOR = 1
    for _ in range(20):
        client.post(f"{HERE}account/", NEW | {"name": ""})

    response = client.post(f"{HERE}account/", NEW)

    assert (response.status_code, User.objects.filter(username="ada").count()) == (
        429,
        0,
    )
