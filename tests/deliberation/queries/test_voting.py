"""What a participant is shown next, and how far she has come."""

import random
from collections import Counter

import pytest

from deliberation.queries import voting
from tests.factories import (
    AnalysisRunFactory,
    ConversationFactory,
    ParticipantFactory,
    StatementFactory,
    StatementResultFactory,
    VoteFactory,
)


@pytest.fixture
def conversation(db):
    return ConversationFactory(state="open")


def accepted(conversation, n=1, **more):
    return StatementFactory.create_batch(
        n, conversation=conversation, state="accepted", **more
    )


def votes_on(participant, statements):
    for statement in statements:
        VoteFactory(
            conversation=participant.conversation,
            participant=participant,
            statement=statement,
        )


def give_priorities(conversation, priorities):
    run = AnalysisRunFactory(conversation=conversation, state="succeeded")
    for statement, priority in priorities.items():
        StatementResultFactory(run=run, statement=statement, priority=priority)


def draws(conversation, participant=None, times=40):
    """Each statement that was drawn, with the probability it was drawn with."""
    drawn = [voting.next_statement(conversation, participant) for _ in range(times)]
    return {draw.statement: draw.probability for draw in drawn}


def test_next_statement_is_one_of_those_shown(conversation):
    for state in ("pending", "rejected"):
        StatementFactory(conversation=conversation, state=state)
    StatementFactory(state="accepted")
    shown = accepted(conversation, 2)

    assert set(draws(conversation)) == set(shown)


def test_next_statement_shows_pending_ones_where_moderation_comes_after(conversation):
    conversation.moderation = "after"
    pending = StatementFactory(conversation=conversation, state="pending")
    StatementFactory(conversation=conversation, state="rejected")

    assert draws(conversation) == {pending: 1.0}


def test_next_statement_is_one_she_has_not_voted_on(conversation):
    person = ParticipantFactory(conversation=conversation)
    first, second, third = accepted(conversation, 3)
    votes_on(person, [first, third])
    votes_on(ParticipantFactory(conversation=conversation), [second])

    assert draws(conversation, person) == {second: 1.0}


def test_next_statement_is_none_when_she_has_voted_on_all(conversation):
    person = ParticipantFactory(conversation=conversation)
    votes_on(person, accepted(conversation, 3))

    assert voting.next_statement(conversation, person) is None


def test_next_statement_of_no_statements_is_none(conversation):
    assert voting.next_statement(conversation, None) is None


def test_next_statement_is_drawn_by_the_engines_priorities(conversation):
    often, seldom, unknown = accepted(conversation, 3)
    total = 12.0 + 3.0 + voting.UNKNOWN_PRIORITY
    give_priorities(conversation, {often: 12.0, seldom: 3.0})

    random.seed(1)
    probabilities = draws(conversation, times=100)

    expected = {often: 12.0, seldom: 3.0, unknown: voting.UNKNOWN_PRIORITY}
    assert probabilities == {s: weight / total for s, weight in expected.items()}
    assert sum(probabilities.values()) == pytest.approx(1)


def test_next_statement_comes_as_often_as_its_probability_says(conversation):
    often, seldom = accepted(conversation, 2)
    give_priorities(conversation, {often: 9.0, seldom: 1.0})

    random.seed(1)
    times = Counter(
        voting.next_statement(conversation, None).statement for _ in range(100)
    )

    assert times[often] / 100 == pytest.approx(0.9, abs=0.08)


def test_next_statement_without_priority_is_still_drawn(conversation):
    (forgotten,) = accepted(conversation)
    give_priorities(conversation, {forgotten: 0.0})

    assert draws(conversation) == {forgotten: 1.0}


def test_unknown_priority_is_the_engines_for_a_statement_without_votes():
    """Importance 1/4, nine times for being new, squared (polis-math, 14)."""
    assert voting.UNKNOWN_PRIORITY == (0.25 * (1 + 8)) ** 2


@pytest.mark.parametrize("n_statements", [3, 30])
def test_next_statement_costs_the_same_for_many(
    conversation, n_statements, django_assert_num_queries
):
    person = ParticipantFactory(conversation=conversation)
    statements = accepted(conversation, n_statements)
    votes_on(person, statements[:2])

    with django_assert_num_queries(3):
        voting.next_statement(conversation, person)
    with django_assert_num_queries(2):
        voting.progress(conversation, person)


def test_progress_counts_what_is_shown(conversation):
    person = ParticipantFactory(conversation=conversation)
    statements = accepted(conversation, 5)
    rejected = StatementFactory(conversation=conversation, state="rejected")
    votes_on(person, [*statements[:2], rejected])

    progress = voting.progress(conversation, person)

    assert (progress.n_voted, progress.n_left, progress.n_all) == (2, 3, 5)


def test_progress_of_a_newcomer_is_all_left(conversation):
    accepted(conversation, 4)

    assert voting.progress(conversation, None) == voting.Progress(n_voted=0, n_left=4)


def test_participant_is_known_by_code_in_her_conversation_only(conversation):
    person = ParticipantFactory(conversation=conversation, code="a-code")
    ParticipantFactory(code="another-code")

    assert voting.participant(conversation, "a-code") == person
    assert voting.participant(conversation, "another-code") is None
    assert voting.participant(conversation, None) is None
