"""The queue: what is in it, in what order, and at what cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deliberation.queries import moderation
from tests.factories import (
    ConversationFactory,
    ParticipantFactory,
    StatementFactory,
    UserFactory,
    VoteFactory,
)

pytestmark = pytest.mark.django_db


def test_queue_holds_one_state_of_one_conversation_oldest_first(conversation):
    for number, state in ((3, "pending"), (1, "pending"), (2, "accepted")):
        StatementFactory(conversation=conversation, number=number, state=state)
    StatementFactory(state="pending")

    pending = moderation.queue(conversation, "pending")

    assert [statement.number for statement in pending] == [1, 3]


def test_queue_counts_votes_of_the_statement_and_of_its_author(conversation):
    author = ParticipantFactory(conversation=conversation)
    given = {"conversation": conversation, "state": "pending"}
    statement = StatementFactory(author=author, **given)
    silent = StatementFactory(author=None, **given)
    VoteFactory(conversation=conversation, participant=author, statement=statement)
    VoteFactory(conversation=conversation, participant=author)
    VoteFactory(conversation=conversation, statement=statement)

    queue = {row: row for row in moderation.queue(conversation, "pending")}

    counted = queue[statement]
    assert (counted.n_votes, counted.n_author_votes) == (2, 2)
    assert (queue[silent].n_votes, queue[silent].n_author_votes) == (0, 0)


@pytest.mark.parametrize("n", [1, 3])
def test_queue_costs_one_query_whatever_its_length(conversation, n):
    author = ParticipantFactory(conversation=conversation)
    StatementFactory.create_batch(
        n, conversation=conversation, state="pending", author=author
    )

    with CaptureQueriesContext(connection) as queries:
        assert len(moderation.queue(conversation, "pending")) == n

    assert len(queries) == 1


def test_counts_tell_how_many_are_in_each_state(conversation):
    for state, n in (("pending", 3), ("accepted", 2), ("rejected", 1)):
        StatementFactory.create_batch(n, conversation=conversation, state=state)
    StatementFactory(state="pending")

    assert moderation.counts(conversation) == moderation.QueueCounts(3, 2, 1)
    assert moderation.counts(conversation).n_all == 6
    assert moderation.counts(ConversationFactory()).n_all == 0


def test_statement_is_found_by_its_number_in_the_conversation(conversation):
    statement = StatementFactory(conversation=conversation, number=7)
    StatementFactory(number=8)

    assert moderation.statement(conversation, 7) == statement
    with pytest.raises(moderation.NoSuchStatement) as refused:
        moderation.statement(conversation, 8)
    assert str(refused.value) == "There is no statement 8 in this conversation."


def test_account_is_found_by_its_name():
    mira = UserFactory(username="mira")

    assert moderation.account("mira") == mira
    with pytest.raises(moderation.NoSuchAccount) as refused:
        moderation.account("Mira")
    assert str(refused.value) == "There is no account named “Mira”."
