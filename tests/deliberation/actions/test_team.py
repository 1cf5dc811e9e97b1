"""Who runs a conversation: invitations, roles, leaving, and what is refused."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from deliberation import queries
from deliberation.actions import team
from deliberation.models import AuditEvent, Invitation, Moderator
from tests.deliberation.at_once import at_once
from tests.factories import (
    THEN,
    ConversationFactory,
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


def test_an_operator_lets_somebody_run_it():
    conversation, user = ConversationFactory(), UserFactory(username="ada")

    team.add_moderator(conversation=conversation, user=user, role=MODERATOR, by=None)

    assert roles(conversation) == [("ada", "moderator")]
    details = {"name": "ada", "before": None, "after": "moderator"}
    assert events() == [("team.add_moderator", f"user {user.pk}", details)]


def test_an_operator_changes_the_role_of_one_who_does_already():
    member = ModeratorFactory(role=MODERATOR)

    team.add_moderator(
        conversation=member.conversation, user=member.user, role=OWNER, by=None
    )

    member.refresh_from_db()
    assert (member.role, Moderator.objects.count()) == ("owner", 1)


# --- Invitations -----------------------------------------------------------------------


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


# --- Roles -----------------------------------------------------------------------------


def test_change_role_keeps_what_was_before_on_record(conversation, moderator):
    member = ModeratorFactory(conversation=conversation, user__username="ada")

    team.change_role(
        conversation=conversation, member_id=member.pk, role=OBSERVER, by=moderator
    )

    assert Moderator.objects.get(pk=member.pk).role == "observer"
    details = {"name": "ada", "before": "moderator", "after": "observer"}
    assert events() == [("team.change_role", f"user {member.user_id}", details)]


def test_the_same_role_again_changes_nothing(conversation, moderator):
    member = ModeratorFactory(conversation=conversation, role=OBSERVER)

    team.change_role(
        conversation=conversation, member_id=member.pk, role=OBSERVER, by=moderator
    )

    assert events() == []


def test_remove_takes_the_role_and_keeps_it_on_record(conversation, moderator):
    member = ModeratorFactory(conversation=conversation, user__username="ada")

    team.remove(conversation=conversation, member_id=member.pk, by=moderator)

    assert not Moderator.objects.filter(pk=member.pk).exists()
    details = {"name": "ada", "before": "moderator", "after": None}
    assert events() == [("team.remove", f"user {member.user_id}", details)]


def test_a_member_of_another_team_is_not_there(conversation, moderator):
    other = ModeratorFactory()

    for act in (team.remove, team.change_role):
        more = {"role": OBSERVER} if act is team.change_role else {}
        with pytest.raises(queries.team.NoSuchMember):
            act(conversation=conversation, member_id=other.pk, by=moderator, **more)

    assert Moderator.objects.filter(pk=other.pk, role="moderator").exists()


def test_leave_ends_ones_own_role(conversation, moderator):
    member = ModeratorFactory(conversation=conversation)

    team.leave(conversation=conversation, by=member.user)

    assert list(conversation.moderators.values_list("user", flat=True)) == [
        moderator.pk
    ]
    assert [action for action, *_ in events()] == ["team.leave"]


@pytest.mark.parametrize("way", ["remove", "demote", "leave", "operator"])
def test_the_last_owner_stays(conversation, moderator, way):
    ModeratorFactory(conversation=conversation)
    # Somebody who cannot sign in owns nothing.
    ModeratorFactory(conversation=conversation, role=OWNER, user__is_active=False)
    owner = Moderator.objects.get(user=moderator)
    given = {"conversation": conversation, "by": moderator}
    ways = {
        "remove": lambda: team.remove(member_id=owner.pk, **given),
        "demote": lambda: team.change_role(member_id=owner.pk, role=OBSERVER, **given),
        "leave": lambda: team.leave(**given),
        "operator": lambda: team.add_moderator(user=moderator, role=OBSERVER, **given),
    }

    with pytest.raises(team.LastOwner):
        ways[way]()

    assert Moderator.objects.get(pk=owner.pk).role == "owner"
    assert events() == []


def test_one_of_two_owners_may_go(conversation, moderator):
    second = ModeratorFactory(conversation=conversation, role=OWNER)

    team.leave(conversation=conversation, by=moderator)

    assert list(conversation.moderators.all()) == [second]


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_remove_each_other_leave_one():
    conversation = ConversationFactory()
    owners = [ModeratorFactory(conversation=conversation, role=OWNER) for _ in "ab"]

    def work(n):
        other = owners[1 - n]
        try:
            team.remove(
                conversation=conversation, member_id=other.pk, by=owners[n].user
            )
        except team.LastOwner:
            return "refused"
        return "removed"

    done = at_once(work, n_threads=2)

    assert sorted(done) == ["refused", "removed"]
    assert conversation.moderators.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_link_lets_one_person_in_however_many_click_at_once():
    conversation = ConversationFactory()
    token = invited(conversation)
    people = [UserFactory() for _ in range(4)]

    def work(n):
        try:
            team.accept(token=token, by=people[n], now=THEN)
        except queries.team.InvitationUsed:
            return "used"
        return "in"

    done = at_once(work, n_threads=4)

    assert sorted(done) == ["in", "used", "used", "used"]
    assert conversation.moderators.count() == 1
