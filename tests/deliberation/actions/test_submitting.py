"""Submitting a statement: what is stored, and what never is."""

from datetime import UTC, datetime

import pytest

from deliberation.actions import statements, voting
from deliberation.models import (
    Participant,
    Statement,
    Vote,
    VoteRevision,
)
from tests.deliberation.at_once import N_AT_ONCE, at_once
from tests.factories import ConversationFactory, StatementFactory

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def open_conversation(**more):
    return ConversationFactory(state="open", **more)


def submit(conversation, text="Rivers should be clean.", *, code="a-code"):
    return statements.submit_statement(
        conversation=conversation, code=code, text=text, language="en", now=NOON
    )


def stored():
    """How many participants, votes, revisions and statements there are."""
    models = (Participant, Vote, VoteRevision, Statement)
    return tuple(model.objects.count() for model in models)


def test_submit_statement_is_pending_and_agreed_with_by_its_author(db):
    conversation = open_conversation()

    statement = submit(conversation)

    votes = Vote.objects.values_list("statement", "participant__code", "choice")
    assert (statement.state, statement.text, statement.is_seed) == (
        "pending",
        "Rivers should be clean.",
        False,
    )
    assert statement.author.code == "a-code"
    assert list(votes) == [(statement.pk, "a-code", 1)]
    assert stored() == (1, 1, 0, 1)


def test_submit_statement_numbers_count_up_within_a_conversation(db):
    one, other = open_conversation(), open_conversation()
    StatementFactory(conversation=other, number=40)

    texts = [(one, "First."), (one, "Second."), (other, "First."), (one, "Third.")]

    assert [submit(*said).number for said in texts] == [0, 1, 41, 2]


def test_submit_statement_sent_twice_is_stored_once(db):
    conversation = open_conversation()

    first = submit(conversation, "Rivers should be clean.")
    second = submit(conversation, "rivers should be CLEAN.")

    assert first == second
    assert stored() == (1, 1, 0, 1)


@pytest.mark.parametrize(
    ("said", "said_again"),
    [
        ("Rivers should be clean.", "RIVERS should be clean."),
        ("Ärzte sollen zuhören.", "ärzte sollen ZUHÖREN."),
        ("Реки должны быть чистыми.", "РЕКИ ДОЛЖНЫ БЫТЬ ЧИСТЫМИ."),
        ("100% of it_all", "100% OF it_all"),
    ],
)
def test_submit_statement_refuses_anothers_very_words(db, said, said_again):
    conversation = open_conversation()
    submit(conversation, said)

    with pytest.raises(statements.AlreadySaid):
        submit(conversation, said_again, code="another")

    assert stored() == (1, 1, 0, 1)


def test_submit_statement_takes_other_words_with_signs_of_a_pattern(db):
    conversation = open_conversation()
    submit(conversation, "100 of it all")

    submit(conversation, "100% of it_all", code="another")

    assert stored() == (2, 2, 0, 2)


def test_submit_statement_refuses_the_words_of_a_rejected_one(db):
    rejected = StatementFactory(
        state="rejected", text="Buy gold.", conversation__state="open"
    )

    with pytest.raises(statements.AlreadySaid):
        submit(rejected.conversation, "buy gold.")

    assert stored() == (0, 0, 0, 1)


@pytest.mark.parametrize("state", ["draft", "closed", "archived"])
def test_submit_statement_is_refused_where_the_conversation_is_not_open(db, state):
    conversation = ConversationFactory(state=state)

    with pytest.raises(voting.ConversationClosed):
        submit(conversation)

    assert stored() == (0, 0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_statements_of_many_newcomers_at_once_get_their_own_numbers():
    conversation = open_conversation()

    said = at_once(lambda n: submit(conversation, f"Idea {n}.", code=f"new-{n}"))

    assert sorted(statement.number for statement in said) == list(range(N_AT_ONCE))
    assert stored() == (N_AT_ONCE, N_AT_ONCE, 0, N_AT_ONCE)


@pytest.mark.django_db(transaction=True)
def test_the_same_statement_many_times_at_once_is_stored_once():
    conversation = open_conversation()

    said = at_once(lambda _n: submit(conversation))

    assert len({statement.pk for statement in said}) == 1
    assert stored() == (1, 1, 0, 1)
