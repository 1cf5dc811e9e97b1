"""Looking at participation: what is noticed is stored, and nobody is left out by it."""

from datetime import timedelta

import pytest

from deliberation import thresholds
from deliberation.actions import exclusions, privacy, quality
from deliberation.models import AuditEvent, Participant, ParticipationSign
from tests.deliberation.participation import N_PEOPLE, N_STATEMENTS, bots, with_bots
from tests.factories import (
    THEN,
    ConversationFactory,
    ParticipantFactory,
    ParticipationSignFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LATER = THEN + timedelta(days=9)


def noticed(conversation):
    """Who shows which signs."""
    signs = ParticipationSign.objects.filter(conversation=conversation)
    return sorted(signs.values_list("participant", "kind"))


def test_a_look_notices_bots_and_leaves_nobody_out():
    conversation = with_bots()

    n = quality.look(conversation=conversation, now=LATER)

    found = noticed(conversation)
    both = sorted(
        (bot, kind) for bot in bots(conversation) for kind in ("speed", "straight")
    )
    assert [pair for pair in found if pair[0] in bots(conversation)] == both
    assert len({person for person, _kind in found} - set(bots(conversation))) <= 2
    assert n == len(found)
    assert not Participant.objects.filter(is_excluded=True).exists()
    conversation.refresh_from_db()
    look = conversation.quality_look
    extent = (look["at"], look["n_people"], look["n_votes"])
    n_people = N_PEOPLE + 5
    assert extent == (LATER.isoformat(), n_people, n_people * N_STATEMENTS)


def test_looking_again_is_the_same():
    conversation = with_bots()
    quality.look(conversation=conversation, now=LATER)
    before = noticed(conversation)

    quality.look(conversation=conversation, now=LATER)

    assert noticed(conversation) == before


def test_a_look_goes_by_the_rule_of_the_conversation():
    conversation = with_bots(
        quality_rule={"straight_votes": 31, "speed_votes": 31, "copy_shared": 31}
    )

    assert quality.look(conversation=conversation, now=LATER) == 0


def test_who_is_excluded_keeps_the_signs_that_were_there():
    conversation = with_bots()
    quality.look(conversation=conversation, now=LATER)
    out = bots(conversation)[:2]
    before = [pair for pair in noticed(conversation) if pair[0] in out]
    exclusions.exclude(
        conversation=conversation, participants=out, reason="Bots.", by=None
    )

    quality.look(conversation=conversation, now=LATER)

    assert [pair for pair in noticed(conversation) if pair[0] in out] == before


def test_a_look_is_made_where_something_has_changed():
    conversation = ConversationFactory()
    quality.catch_up(conversation_id=conversation.pk, now=THEN)
    quality.catch_up(conversation_id=conversation.pk, now=LATER)

    conversation.refresh_from_db()
    assert conversation.quality_look["at"] == THEN.isoformat()
    ParticipantFactory(conversation=conversation)

    quality.catch_up(conversation_id=conversation.pk, now=LATER)

    conversation.refresh_from_db()
    assert conversation.quality_look["at"] == LATER.isoformat()


def test_networks_are_forgotten_after_a_month():
    old = ParticipantFactory(network="a" * 16)
    new = ParticipantFactory(network="b" * 16)
    Participant.objects.filter(pk=old.pk).update(joined_at=THEN - timedelta(days=31))
    Participant.objects.filter(pk=new.pk).update(joined_at=THEN - timedelta(days=29))

    assert quality.drop_networks(now=THEN) == 1
    assert list(
        Participant.objects.order_by("pk").values_list("network", flat=True)
    ) == [
        "",
        "b" * 16,
    ]


def test_a_changed_rule_is_on_record():
    conversation = ConversationFactory()
    by = UserFactory(username="mira")
    values = thresholds.of({"spam_hour": 30})

    assert quality.change_rule(conversation=conversation, values=values, by=by)

    conversation.refresh_from_db()
    assert conversation.quality_rule == {"spam_hour": 30}
    event = AuditEvent.objects.get()
    assert (event.action, event.by_name) == ("quality.change_rule", "mira")
    assert event.details == {"changed": {"spam_hour": [20, 30]}}


def test_the_same_rule_again_changes_nothing():
    conversation = ConversationFactory(quality_rule={"spam_hour": 30})
    values = thresholds.of({"spam_hour": 30})

    assert not quality.change_rule(conversation=conversation, values=values, by=None)
    assert not AuditEvent.objects.exists()


def test_an_erased_person_is_named_by_nobodys_evidence():
    erased = ParticipantFactory()
    conversation = erased.conversation
    like_her = ParticipantFactory(conversation=conversation)
    ParticipationSignFactory(
        participant=like_her, kind="copy", evidence={"like": erased.pk}
    )

    privacy.erase(conversation=conversation, code=erased.code, with_statements=False)

    assert noticed(conversation) == []
