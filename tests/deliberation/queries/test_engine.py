"""What the engine reads: the same on every database."""

import numpy as np
import pytest

from deliberation.models import Vote
from deliberation.queries import engine
from tests.deliberation.worlds import small_world, store
from tests.factories import (
    AnalysisRunFactory,
    ConversationFactory,
    ParticipantFactory,
    StatementFactory,
    VoteFactory,
)


def triples(arrays):
    columns = (arrays.participants, arrays.statements, arrays.choices)
    return sorted(zip(*(column.tolist() for column in columns), strict=True))


def stored_triples(conversation):
    votes = Vote.objects.filter(conversation=conversation)
    return sorted(votes.values_list("participant_id", "statement_id", "choice"))


def test_vote_arrays_are_the_stored_votes_of_one_conversation(db):
    conversation, other = store(small_world()), store(small_world())

    arrays = engine.vote_arrays(conversation)

    assert triples(arrays) == stored_triples(conversation)
    assert not set(triples(arrays)) & set(stored_triples(other))


def test_vote_arrays_hold_each_choice_with_its_sign(db):
    conversation = ConversationFactory()
    for choice in (-1, 0, 1):
        VoteFactory(conversation=conversation, choice=choice)

    arrays = engine.vote_arrays(conversation)

    assert sorted(arrays.choices.tolist()) == [-1, 0, 1]


def test_vote_arrays_of_no_votes_are_empty(db):
    arrays = engine.vote_arrays(ConversationFactory())

    assert [len(a) for a in vars(arrays).values()] == [0, 0, 0]


def test_vote_arrays_are_of_one_type_on_every_database(db):
    arrays = engine.vote_arrays(store(small_world()))

    assert {a.dtype for a in vars(arrays).values()} == {np.dtype(np.int64)}
    assert all(a.dtype.isnative for a in vars(arrays).values())


@pytest.mark.parametrize("pk", [2**31, 2**40 + 7])
def test_vote_arrays_keep_large_ids(db, pk):
    conversation = ConversationFactory(pk=pk)
    person = ParticipantFactory(pk=pk + 1, conversation=conversation)
    statement = StatementFactory(pk=pk + 2, conversation=conversation)
    VoteFactory(
        pk=pk + 3,
        conversation=conversation,
        participant=person,
        statement=statement,
        choice=-1,
    )

    assert triples(engine.vote_arrays(conversation)) == [(pk + 1, pk + 2, -1)]


def test_vote_arrays_cost_one_query(db, django_assert_num_queries):
    conversation = store(small_world())

    with django_assert_num_queries(1):
        engine.vote_arrays(conversation)


@pytest.mark.parametrize(
    ("moderation", "hidden"),
    [("before", ["pending", "rejected"]), ("after", ["rejected"])],
)
def test_exclusions_are_what_is_not_shown_and_whom_nobody_counts(
    db, moderation, hidden
):
    conversation = ConversationFactory(moderation=moderation)
    statements = {
        state: StatementFactory(conversation=conversation, state=state)
        for state in ("accepted", "pending", "rejected")
    }
    meta = StatementFactory(conversation=conversation, state="accepted", is_meta=True)
    StatementFactory(conversation=conversation, state="rejected", is_meta=True)
    rejected_meta = conversation.statements.latest("id")
    person = ParticipantFactory(conversation=conversation, is_excluded=True)
    ParticipantFactory(conversation=conversation)

    found = engine.exclusions(conversation)

    assert found == engine.Exclusions(
        participants=[person.pk],
        statements=[*(statements[state].pk for state in hidden), rejected_meta.pk],
        meta_statements=[meta.pk],
    )


def test_exclusions_are_of_one_conversation(db):
    StatementFactory(state="rejected")
    ParticipantFactory(is_excluded=True)

    found = engine.exclusions(ConversationFactory())

    assert found == engine.Exclusions([], [], [])


def test_latest_arrays_are_those_of_the_last_run_that_has_any(db):
    conversation = ConversationFactory()
    for arrays in (b"old", b"new", None):
        AnalysisRunFactory(conversation=conversation, state="failed", arrays=arrays)
    AnalysisRunFactory(state="failed", arrays=b"another conversation's")

    assert engine.latest_arrays(conversation) == b"new"
    assert engine.latest_arrays(ConversationFactory()) is None
