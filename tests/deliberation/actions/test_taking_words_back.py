"""Taking new words back, while nobody has voted on them."""

import pytest

from deliberation.actions import decisions, successors
from deliberation.models import AuditEvent, Decision, Statement
from tests.factories import THEN, StatementFactory, UserFactory, VoteFactory

BETTER = "Gold should be taxed to clean the rivers."


@pytest.fixture
def by(db):
    return UserFactory(username="mo")


@pytest.fixture
def statement(conversation):
    """Shown, with a vote."""
    written = StatementFactory(conversation=conversation, number=5)
    VoteFactory(conversation=conversation, statement=written)
    return written


def reword(statement, by, text=BETTER):
    return successors.reword(
        statement=statement, text=text, language="en", by=by, now=THEN
    )


def split(statement, by):
    return successors.split(
        statement=statement,
        texts=["Tax gold.", "Clean the rivers."],
        language="en",
        by=by,
        now=THEN,
    )


def take_back(statement, by):
    return successors.take_back(statement=statement, by=by, now=THEN)


def state(statement):
    return Statement.objects.values_list("state", flat=True).get(pk=statement.pk)


def test_take_back_restores_the_statement_and_takes_the_others_out(statement, by):
    made = split(statement, by)

    take_back(statement, by)

    assert [state(s) for s in (statement, *made)] == [
        "accepted",
        "rejected",
        "rejected",
    ]


def test_take_back_is_one_event_and_a_decision_on_each(statement, by):
    (first, second) = split(statement, by)

    take_back(statement, by)

    undone = Decision.objects.filter(kind="undo").order_by("id")
    assert list(undone.values_list("statement", "undoes__kind")) == [
        (statement.pk, "split"),
        (first.pk, None),
        (second.pk, None),
    ]
    assert AuditEvent.objects.latest("id").action == "successors.take_back"
    assert AuditEvent.objects.count() == 2


def test_words_that_were_taken_back_may_be_tried_again(statement, by):
    reword(statement, by)
    take_back(statement, by)

    made = reword(statement, by)

    assert (made.number, made.text, state(made)) == (7, BETTER, "accepted")
    take_back(statement, by)
    assert state(statement) == "accepted"


def test_take_back_after_a_vote_on_the_new_words_is_refused(statement, by):
    made = reword(statement, by)
    VoteFactory(conversation=statement.conversation, statement=made)

    with pytest.raises(successors.SuccessorInUse) as refused:
        take_back(statement, by)

    assert str(refused.value) == (
        "Statement 6, which took its place, has been voted on or replaced already, so"
        " this cannot be taken back any more."
    )
    assert (state(statement), state(made)) == ("replaced", "accepted")


def test_take_back_after_the_new_words_were_replaced_in_turn_is_refused(statement, by):
    reword(reword(statement, by), by, "Tax gold for rivers.")

    with pytest.raises(successors.SuccessorInUse):
        take_back(statement, by)


@pytest.mark.parametrize("twice", [False, True])
def test_take_back_of_nothing_is_refused(statement, by, twice):
    if twice:
        reword(statement, by)
        take_back(statement, by)

    with pytest.raises(decisions.NoSuchDecision):
        take_back(statement, by)


def test_the_queues_own_undo_leaves_words_alone(statement, by):
    reword(statement, by)
    batch = Decision.objects.get().batch

    with pytest.raises(decisions.NoSuchDecision):
        decisions.take_back(
            conversation=statement.conversation, batch=batch, by=by, now=THEN
        )
