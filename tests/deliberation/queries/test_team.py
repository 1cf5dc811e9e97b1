"""The team's list, and what an invitation's link leads to."""

from datetime import timedelta

from deliberation import queries
from tests.factories import THEN, InvitationFactory, ModeratorFactory, UserFactory


def test_members_are_listed_by_role_and_then_by_when_they_came(conversation):
    for name, role in (("a", "observer"), ("b", "owner"), ("c", "moderator")):
        ModeratorFactory(conversation=conversation, user__username=name, role=role)
    ModeratorFactory()

    found = queries.team.members(conversation)

    assert [member.user.username for member in found] == ["b", "c", "a"]


def test_invitations_tell_their_state_and_the_open_ones_come_first(conversation):
    later = THEN + timedelta(days=30)
    given = {"conversation": conversation}
    InvitationFactory(
        label="used", accepted_at=THEN, accepted_by=UserFactory(), **given
    )
    InvitationFactory(label="revoked", revoked_at=THEN, **given)
    InvitationFactory(label="expired", expires_at=THEN - timedelta(days=1), **given)
    InvitationFactory(label="open", expires_at=later, **given)
    InvitationFactory()

    found = queries.team.invitations(conversation, THEN)

    states = [(invited.invitation.label, invited.state) for invited in found]
    assert states == [
        ("open", "open"),
        ("expired", "expired"),
        ("revoked", "revoked"),
        ("used", "used"),
    ]
    assert [invited.is_open for invited in found] == [True, False, False, False]


def test_lists_cost_the_same_for_one_and_for_many(
    conversation, django_assert_num_queries
):
    for _ in range(3):
        ModeratorFactory(conversation=conversation)
        InvitationFactory(
            conversation=conversation, accepted_at=THEN, accepted_by=UserFactory()
        )

    with django_assert_num_queries(3):
        for member in queries.team.members(conversation):
            assert member.user.username
        for invited in queries.team.invitations(conversation, THEN):
            assert invited.invitation.created_by.username
            assert invited.invitation.accepted_by.username
