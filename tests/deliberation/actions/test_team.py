"""Who runs a conversation: invitations, roles, leaving, and what is refused."""

from datetime import timedelta

import pytest

from deliberation import queries
from deliberation.actions import team
from deliberation.models import AuditEvent, Moderator
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
