"""Which decisions are drawn to be taken again, and what a second verdict does."""

import pytest

from deliberation.actions import moderation, second_looks
from deliberation.models import AuditEvent, Decision, SecondLook, Statement
from tests.factories import (
    THEN,
    ConversationFactory,
    DecisionFactory,
    SecondLookFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def decided(conversation, n=1, by=None):
    statements = StatementFactory.create_batch(
        n, conversation=conversation, state="pending"
    )
    outcome = moderation.accept(
        conversation=conversation,
        statements=statements,
        by=by or UserFactory(),
        now=THEN,
    )
    return outcome.decisions


def looked(look, by, verdict="rejected", reason="spam"):
    return second_looks.look_again(
        conversation=look.conversation,
        look=look,
        verdict=verdict,
        reason=reason,
        by=by,
        now=THEN,
    )


@pytest.mark.parametrize(("share", "low", "high"), [(0, 0, 0), (10, 60, 140)])
def test_so_many_of_a_hundred_are_drawn(share, low, high):
    conversation = ConversationFactory(second_looks=share)

    decided(conversation, n=1000)

    assert low <= SecondLook.objects.count() <= high


def test_the_same_decision_is_drawn_the_same_way_each_time(settings):
    conversation = ConversationFactory(second_looks=50)
    decisions = decided(conversation, n=40)
    drawn = set(SecondLook.objects.values_list("decision", flat=True))
    SecondLook.objects.all().delete()

    again = second_looks.draw(conversation=conversation, decisions=decisions, now=THEN)
    SecondLook.objects.all().delete()
    settings.SECRET_KEY = "another site's"
    else_where = second_looks.draw(
        conversation=conversation, decisions=decisions, now=THEN
    )

    assert {look.decision_id for look in again} == drawn
    assert {look.decision_id for look in else_where} != drawn


@pytest.mark.parametrize(
    ("kind", "is_appeal", "n"),
    [
        ("accept", False, 1),
        ("reject", False, 1),
        ("fold", False, 0),
        ("reject", True, 0),
    ],
)
def test_only_accepting_and_rejecting_of_ones_own_accord_is_drawn(kind, is_appeal, n):
    conversation = ConversationFactory(second_looks=100)
    decision = DecisionFactory(
        statement__conversation=conversation, kind=kind, is_appeal=is_appeal
    )

    drawn = second_looks.draw(conversation=conversation, decisions=[decision], now=THEN)

    assert len(drawn) == n


def test_a_second_verdict_is_stored_and_changes_nothing_else():
    look = SecondLookFactory()
    statement, by = look.decision.statement, UserFactory()

    looked(look, by)

    stored = SecondLook.objects.get()
    assert (stored.verdict, stored.reason, stored.decided_by) == (
        "rejected",
        "spam",
        by,
    )
    assert Statement.objects.get().state == statement.state == "accepted"
    assert Decision.objects.count() == 1
    event = AuditEvent.objects.get()
    assert (event.action, event.target, event.details) == (
        "second_looks.look_again",
        f"statement {statement.number}",
        {"verdict": "rejected", "reason": "spam"},
    )


def test_a_reason_is_kept_of_a_rejection_alone():
    looked(SecondLookFactory(), UserFactory(), verdict="accepted")

    assert SecondLook.objects.get().reason == ""


def test_who_decided_first_takes_no_second_look():
    look = SecondLookFactory()

    with pytest.raises(second_looks.DecidedByYou):
        looked(look, look.decision.decided_by)

    assert SecondLook.objects.get().verdict == ""


def test_who_decided_on_it_at_another_time_takes_none_either():
    look = SecondLookFactory()
    later = DecisionFactory(statement=look.decision.statement, kind="reject")

    with pytest.raises(second_looks.DecidedByYou):
        looked(look, later.decided_by)


def test_a_second_look_is_taken_once():
    look = SecondLookFactory()
    first = UserFactory()
    looked(look, first)

    with pytest.raises(second_looks.LookedAtAlready):
        looked(look, UserFactory(), verdict="accepted")

    stored = SecondLook.objects.get()
    assert (stored.verdict, stored.decided_by) == ("rejected", first)
