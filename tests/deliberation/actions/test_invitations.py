"""Invitations: a link that works once, for whom it is meant."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from deliberation import queries
from deliberation.actions import team
from deliberation.models import AuditEvent, Invitation, Moderator
from tests.factories import (
    THEN,
    InvitationFactory,
    ModeratorFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LATER = THEN + timedelta(days=30)
OWNER, MODERATOR = Moderator.Role.OWNER, Moderator.Role.MODERATOR
OBSERVER = Moderator.Role.OBSERVER


def invited(conversation, role=MODERATOR, **more):
    """The token of an invitation."""
    digest = queries.team.digest("token")
    InvitationFactory(conversation=conversation, role=role, digest=digest, **more)
    return "token"


def roles(conversation):
    found = conversation.moderators.order_by("id")
    return list(found.values_list("user__username", "role"))


def events():
    found = AuditEvent.objects.order_by("id")
    return [(e.action, e.target, e.details) for e in found]


def test_invite_makes_a_token_of_which_only_a_digest_is_kept(conversation, moderator):
    invitation, token = team.invite(
        conversation=conversation,
        role=OBSERVER,
        label="Ada",
        days=7,
        by=moderator,
        now=THEN,
    )

    assert len(token) == 32
    assert invitation.digest == queries.team.digest(token)
    assert invitation.expires_at == THEN + timedelta(days=7)
    kept = [str(value) for value in Invitation.objects.values_list().get()]
    assert [value for value in kept if token in value] == []
    details = {
        "role": "observer",
        "label": "Ada",
        "expires_at": "2026-03-08T12:00:00+00:00",
    }
    assert events() == [("team.invite", f"invitation {invitation.pk}", details)]


def test_accept_joins_in_the_role_of_the_invitation_and_uses_it_up(conversation):
    user = UserFactory(username="ada")
    token = invited(conversation, role=OBSERVER)

    team.accept(token=token, by=user, now=THEN)

    assert roles(conversation) == [("ada", "observer")]
    invitation = Invitation.objects.get()
    assert (invitation.accepted_at, invitation.accepted_by) == (THEN, user)
    details = {"name": "ada", "before": None, "after": "observer"}
    assert events() == [("team.accept", f"user {user.pk}", details)]


def test_an_unknown_invitation_is_refused(conversation):
    with pytest.raises(queries.team.NoSuchInvitation):
        team.accept(token="guessed", by=UserFactory(), now=THEN)

    assert (roles(conversation), events()) == ([], [])


@pytest.mark.parametrize(
    ("given", "now", "refusal"),
    [
        ({}, LATER, queries.team.InvitationExpired),
        ({"revoked_at": THEN}, THEN, queries.team.InvitationRevoked),
        ({"accepted_at": THEN}, THEN, queries.team.InvitationUsed),
        ({"accepted_at": THEN}, LATER, queries.team.InvitationUsed),
    ],
)
def test_an_invitation_that_is_not_open_is_refused(conversation, given, now, refusal):
    if "accepted_at" in given:
        given = given | {"accepted_by": UserFactory()}
    token = invited(conversation, **given)

    with pytest.raises(refusal):
        team.accept(token=token, by=UserFactory(), now=now)

    assert (roles(conversation), events()) == ([], [])


@pytest.mark.parametrize("offered", [OWNER, OBSERVER])
def test_no_invitation_changes_the_role_of_one_who_is_in(conversation, offered):
    user = UserFactory(username="ada")
    ModeratorFactory(conversation=conversation, user=user, role=MODERATOR)
    token = invited(conversation, role=offered)

    with pytest.raises(team.InTeamAlready) as refused:
        team.accept(token=token, by=user, now=THEN)

    assert "“ada” runs this conversation already, as “Moderator”." in str(refused.value)
    assert roles(conversation) == [("ada", "moderator")]
    assert (Invitation.objects.get().accepted_at, events()) == (None, [])


def test_an_account_is_made_by_a_valid_invitation_which_it_uses_up(conversation):
    token = invited(conversation)

    team.make_account_and_accept(
        token=token, name="ada", email="", password="a long password", now=THEN
    )

    assert User.objects.get(username="ada").check_password("a long password")
    assert roles(conversation) == [("ada", "moderator")]
    with pytest.raises(queries.team.InvitationUsed):
        team.make_account_and_accept(
            token=token, name="eve", email="", password="a long password", now=THEN
        )
    assert not User.objects.filter(username="eve").exists()


def test_a_name_that_is_taken_is_refused_in_any_capitals(conversation):
    UserFactory(username="Ada")
    token = invited(conversation)

    with pytest.raises(team.NameTaken):
        team.make_account_and_accept(
            token=token, name="ada", email="", password="a long password", now=THEN
        )

    assert (roles(conversation), Invitation.objects.get().accepted_at) == ([], None)


def test_revoke_takes_the_link_back_once(conversation, moderator):
    token = invited(conversation)
    given = {"conversation": conversation, "by": moderator, "now": THEN}
    number = Invitation.objects.get().pk

    team.revoke(invitation_id=number, **given)

    with pytest.raises(queries.team.InvitationRevoked):
        team.accept(token=token, by=UserFactory(), now=THEN)
    with pytest.raises(queries.team.InvitationRevoked):
        team.revoke(invitation_id=number, **given)
    assert [action for action, *_ in events()] == ["team.revoke"]


def test_an_invitation_of_another_conversation_is_not_there(conversation, moderator):
    other = InvitationFactory()

    with pytest.raises(queries.team.NoSuchInvitation):
        team.revoke(
            conversation=conversation, invitation_id=other.pk, by=moderator, now=THEN
        )

    assert Invitation.objects.get().revoked_at is None
