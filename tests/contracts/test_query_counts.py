"""A page costs the same number of queries for one item and for three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deliberation.actions import constitutions
from tests.deliberation.judgements import analysed, judged
from tests.deliberation.worlds import drafted
from tests.factories import (
    THEN,
    ConversationFactory,
    ModeratorFactory,
    StatementFactory,
    VoteFactory,
)


def conversations(n, conversation, moderator):
    for _ in range(n):
        other = ConversationFactory(state="open")
        ModeratorFactory(conversation=other, user=moderator)
        StatementFactory.create_batch(n, conversation=other)


def pending(n, conversation, moderator):
    for statement in StatementFactory.create_batch(n, conversation=conversation):
        VoteFactory(conversation=conversation, statement=statement)


def results(n, conversation, moderator):
    conversation.runs.all().delete()
    run = analysed(conversation, **dict.fromkeys("ABCD"[: n + 1], 10))
    run.summary = {"dots": [{"x": 0.0, "y": 0.0, "size": 10, "group": "A"}] * n}
    run.save()
    for number in range(n):
        judged(run, 10 * n + number, **dict.fromkeys("ABCD"[: n + 1], (9, 0, 1)))


def draft(n, conversation, moderator):
    results(n, conversation, moderator)
    drafted(conversation)


def published(n, conversation, moderator):
    draft(n, conversation, moderator)
    constitutions.publish(conversation=conversation, by=moderator, now=THEN)


PAGES = {
    "/": conversations,
    "/moderate/": conversations,
    "/moderate/rivers/": pending,
    "/moderate/rivers/taking-part/": pending,
    "/moderate/rivers/constitution/": draft,
    "/c/rivers/": pending,
    "/c/rivers/vote/": pending,
    "/c/rivers/room/": results,
    "/c/rivers/embed/": pending,
    "/c/rivers/embed/results/": results,
    "/c/rivers/results/": results,
    "/c/rivers/results/pulse/": results,
    "/api/v1/conversations/": conversations,
    "/api/v1/conversations/rivers/results/": results,
    "/c/rivers/constitution/": published,
}


@pytest.mark.parametrize("address", PAGES)
def test_a_page_costs_the_same_for_one_and_for_three(
    address, conversation, moderator, moderator_client
):
    moderator_client.get(address)
    counts = []
    for n in (1, 3):
        PAGES[address](n, conversation, moderator)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = moderator_client.get(address)
        assert response.status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]
