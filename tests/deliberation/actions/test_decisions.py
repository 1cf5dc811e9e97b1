"""Decisions: one or many at once, none over another's head, and back again."""

from datetime import timedelta

import pytest

from deliberation.actions import decisions, moderation, statements
from deliberation.models import AuditEvent, Decision, Statement
from tests.deliberation.at_once import at_once
from tests.factories import (
    THEN,
    ConversationFactory,
    DecisionFactory,
    ParticipantFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

LATER = THEN + timedelta(minutes=5)


@pytest.fixture
def three(conversation):
    return [
        StatementFactory(conversation=conversation, number=n, state="pending")
        for n in (1, 2, 3)
    ]


@pytest.fixture
def by():
    return UserFactory(username="mira")


def accept(some, by, now=THEN, seen=None):
    return moderation.accept(
        conversation=some[0].conversation,
        statements=some,
        by=by,
        now=now,
        seen=seen,
    )


def reject(some, by, now=THEN, seen=None, reason="spam", note=""):
    return moderation.reject(
        conversation=some[0].conversation,
        statements=some,
        reason=reason,
        note=note,
        by=by,
        now=now,
        seen=seen,
    )


def take_back(outcome, conversation, by, now=LATER):
    return decisions.take_back(
        conversation=conversation, batch=outcome.batch, by=by, now=now
    )


def revision(conversation):
    conversation.refresh_from_db()
    return conversation.moderation_revision


def states():
    return dict(Statement.objects.order_by("number").values_list("number", "state"))


def numbers(some):
    return [statement.number for statement in some]


# --- Many at once ------------------------------------------------------------------------


def test_many_are_decided_as_one_batch_one_event_and_one_analysis(
    conversation, three, by
):
    outcome = accept(three[::-1], by)

    made = Decision.objects.order_by("id")
    assert states() == {1: "accepted", 2: "accepted", 3: "accepted"}
    assert [decision.statement.number for decision in made] == [1, 2, 3]
    assert {decision.batch for decision in made} == {outcome.batch}
    event = AuditEvent.objects.get()
    assert (event.action, event.target) == ("moderation.accept", "3 statements")
    assert [told["number"] for told in event.details["statements"]] == [1, 2, 3]
    assert revision(conversation) == 1


def test_many_cost_as_many_queries_as_one(
    conversation, three, by, django_assert_max_num_queries
):
    for n in range(4, 60):
        three.append(
            StatementFactory(conversation=conversation, number=n, state="pending")
        )

    with django_assert_max_num_queries(16):
        accept(three, by)


def test_what_is_so_already_is_left_as_it_is(three, by):
    accept(three[:1], by)

    outcome = accept(three, UserFactory(), now=LATER)

    assert numbers(outcome.unchanged) == [1]
    assert [made.statement.number for made in outcome.decisions] == [2, 3]
    assert Statement.objects.get(number=1).decided_by == by


def test_where_nothing_changes_nothing_is_on_record(conversation, three, by):
    accept(three, by)

    outcome = accept(three, by, now=LATER)

    assert (outcome.batch, list(outcome.decisions)) == ("", [])
    assert (AuditEvent.objects.count(), Decision.objects.count()) == (1, 3)
    assert revision(conversation) == 1


def test_statements_of_another_conversation_are_not_touched(conversation, three, by):
    foreign = StatementFactory(state="pending")

    outcome = moderation.accept(
        conversation=conversation, statements=[foreign, *three], by=by, now=THEN
    )

    assert len(outcome.decisions) == 3
    foreign.refresh_from_db()
    assert foreign.state == "pending"


# --- Over nobody's head ------------------------------------------------------------------


def test_what_a_colleague_decided_meanwhile_is_a_clash_and_stays(three, by):
    seen = {statement.pk: statement.revision for statement in three}
    reject(three[:1], UserFactory(username="jo"), note="No.")

    outcome = accept(three, by, now=LATER, seen=seen)

    (clash,) = outcome.clashes
    assert (clash.number, clash.state, clash.decided_by.username) == (
        1,
        "rejected",
        "jo",
    )
    assert states() == {1: "rejected", 2: "accepted", 3: "accepted"}


def test_the_same_decision_of_a_colleague_is_no_clash(three, by):
    seen = {statement.pk: statement.revision for statement in three}
    accept(three[:1], UserFactory())

    outcome = accept(three, by, now=LATER, seen=seen)

    assert (numbers(outcome.unchanged), list(outcome.clashes)) == ([1], [])


def test_words_that_the_author_changed_meanwhile_are_a_clash(conversation, by):
    author = ParticipantFactory(conversation=conversation, code="the-author")
    statement = StatementFactory(
        conversation=conversation, number=1, state="pending", author=author
    )
    seen = {statement.pk: statement.revision}
    statements.edit_statement(
        conversation=conversation,
        code="the-author",
        number=1,
        text="The AI should ask before it acts.",
        language="en",
        considered=[],
        now=THEN,
    )

    outcome = accept([statement], by, seen=seen)

    assert numbers(outcome.clashes) == [1]
    assert states() == {1: "pending"}


def test_nevertheless_is_decided_with_what_is_seen_now(three, by):
    reject(three[:1], UserFactory())
    now = Statement.objects.get(number=1)

    outcome = accept([now], by, now=LATER, seen={now.pk: now.revision})

    assert len(outcome.decisions) == 1
    assert states()[1] == "accepted"


@pytest.mark.django_db(transaction=True)
def test_of_many_who_decide_at_once_one_decides_and_all_are_told():
    conversation = ConversationFactory()
    statement = StatementFactory(conversation=conversation, number=1, state="pending")
    people = [UserFactory() for _ in range(8)]
    seen = {statement.pk: statement.revision}

    def decide(n):
        if n % 2:
            return accept([statement], people[n], seen=seen)
        return reject([statement], people[n], seen=seen)

    outcomes = at_once(decide)

    assert sum(len(outcome.decisions) for outcome in outcomes) == 1
    told = [len(o.decisions) + len(o.unchanged) + len(o.clashes) for o in outcomes]
    assert told == [1] * 8
    assert (Decision.objects.count(), AuditEvent.objects.count()) == (1, 1)


# --- Back again --------------------------------------------------------------------------


def test_a_batch_is_taken_back_whole(conversation, three, by):
    reject(three[:1], by, reason="unclear", note="What?")
    outcome = accept(three, by)

    back = take_back(outcome, conversation, by)

    first = Statement.objects.get(number=1)
    assert states() == {1: "rejected", 2: "pending", 3: "pending"}
    assert (first.reason, first.reason_note) == ("unclear", "What?")
    assert (first.decided_by, first.decided_at) == (by, LATER)
    assert Statement.objects.get(number=2).decided_at is None
    assert [made.kind for made in back.decisions] == ["undo"] * 3
    event = AuditEvent.objects.latest("id")
    assert (event.action, event.target) == ("moderation.take_back", "3 statements")
    assert revision(conversation) == 2


def test_taking_back_is_done_once(conversation, three, by):
    outcome = accept(three, by)
    take_back(outcome, conversation, by)

    with pytest.raises(decisions.NoSuchDecision):
        take_back(outcome, conversation, by)

    assert Decision.objects.count() == 6


def test_taking_back_leaves_what_was_decided_since(conversation, three, by):
    outcome = accept(three, by)
    reject(three[:1], by, now=LATER)

    back = take_back(outcome, conversation, by)

    assert numbers(back.clashes) == [1]
    assert states() == {1: "rejected", 2: "pending", 3: "pending"}


@pytest.mark.parametrize("batch", ["", "unknown"])
def test_what_was_never_decided_cannot_be_taken_back(conversation, three, by, batch):
    with pytest.raises(decisions.NoSuchDecision):
        decisions.take_back(conversation=conversation, batch=batch, by=by, now=LATER)


def test_a_batch_of_another_conversation_cannot_be_taken_back(conversation, by):
    foreign = DecisionFactory(batch="foreign")

    with pytest.raises(decisions.NoSuchDecision):
        decisions.take_back(
            conversation=conversation, batch=foreign.batch, by=by, now=LATER
        )


# --- The wait ----------------------------------------------------------------------------


def test_the_first_decision_tells_how_long_a_statement_waited(three, by):
    waited = THEN + timedelta(hours=2)
    accept(three[:1], by, now=waited)
    reject(three[:1], by, now=waited + timedelta(hours=1))

    told = Decision.objects.order_by("id").values_list("waited", flat=True)
    assert list(told) == [7200, None]


def test_after_it_was_taken_back_a_decision_is_no_first_one(conversation, three, by):
    take_back(accept(three[:1], by), conversation, by)

    accept(three[:1], by, now=LATER)

    told = Decision.objects.order_by("id").values_list("waited", flat=True)
    assert list(told) == [0, None, None]
