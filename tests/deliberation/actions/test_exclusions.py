"""Leaving people out of the count and back: with a reason, on record, all or nobody."""

import pytest

from deliberation.actions import exclusions
from deliberation.models import AuditEvent, Participant
from tests.factories import ConversationFactory, ParticipantFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    conversation = ConversationFactory()
    return [
        ParticipantFactory(conversation=conversation, imported_number=n)
        for n in (11, 12, 13)
    ]


def exclude(people, *, reason="One script.", by=None, conversation=None):
    return exclusions.exclude(
        conversation=conversation or people[0].conversation,
        participants=[person.pk for person in people],
        reason=reason,
        by=by,
    )


def out():
    people = Participant.objects.filter(is_excluded=True).order_by("pk")
    return list(people.values_list("imported_number", "exclusion_reason"))


def revision(conversation):
    conversation.refresh_from_db()
    return conversation.moderation_revision


def test_excluded_people_are_on_record_with_the_reason(three):
    by = UserFactory(username="mira")

    assert exclude(three[:2], by=by) == 2

    assert out() == [(11, "One script."), (12, "One script.")]
    event = AuditEvent.objects.get()
    told = (event.action, event.by_name, event.target)
    assert told == ("exclusions.exclude", "mira", "2 participants")
    assert event.details == {
        "reason": "One script.",
        "participants": [three[0].pk, three[1].pk],
        "counted": [3, 1],
    }
    assert revision(three[0].conversation) == 1


def test_excluding_again_changes_nothing(three):
    exclude(three[:1])

    assert exclude(three[:1], reason="Another reason.") == 0
    assert out() == [(11, "One script.")]
    assert AuditEvent.objects.count() == 1


def test_restored_people_are_counted_again(three):
    exclude(three)

    n = exclusions.restore(
        conversation=three[0].conversation,
        participants=[three[1].pk],
        reason="A school class.",
        by=None,
    )

    assert (n, [number for number, _why in out()]) == (1, [11, 13])
    event = AuditEvent.objects.get(action="exclusions.restore")
    assert event.details == {
        "reason": "A school class.",
        "participants": [three[1].pk],
        "counted": [0, 1],
    }
    assert revision(three[0].conversation) == 2


@pytest.mark.parametrize("reason", ["", "   "])
def test_nobody_is_excluded_without_a_reason(three, reason):
    with pytest.raises(exclusions.ReasonMissing):
        exclude(three, reason=reason)

    assert (out(), AuditEvent.objects.count()) == ([], 0)


def test_choosing_nobody_is_refused(three):
    with pytest.raises(exclusions.NobodyChosen):
        exclude([], conversation=three[0].conversation)


def test_somebody_of_another_conversation_excludes_nobody(three):
    stranger = ParticipantFactory()

    with pytest.raises(exclusions.ParticipantsUnknown) as refused:
        exclude([*three, stranger])

    assert refused.value.numbers == {stranger.pk}
    assert (out(), AuditEvent.objects.count()) == ([], 0)


def test_people_are_excluded_by_the_numbers_of_their_export(three):
    n = exclusions.exclude_imported(
        conversation=three[0].conversation,
        imported_numbers={11, 13},
        reason="Test runs.",
        by=None,
    )

    assert (n, out()) == (2, [(11, "Test runs."), (13, "Test runs.")])


def test_an_unknown_number_of_an_export_excludes_nobody(three):
    with pytest.raises(exclusions.ParticipantsUnknown) as refused:
        exclusions.exclude_imported(
            conversation=three[0].conversation,
            imported_numbers={11, 14},
            reason="Test runs.",
            by=None,
        )

    assert (refused.value.numbers, out()) == ({14}, [])
