"""A page costs the same number of queries for one item and for three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from deliberation.actions import constitutions
from deliberation.models import Alert, ParticipationSign
from tests.deliberation.judgements import analysed, judged
from tests.deliberation.worlds import drafted
from tests.factories import (
    THEN,
    AppealFactory,
    ConversationFactory,
    ModeratorFactory,
    ParticipationSignFactory,
    SecondLookFactory,
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


# Of alerts of every kind.
FIGURES = {
    "n_waiting": 2,
    "n_long": 1,
    "share": 0.1,
    "n_newly": 1,
    "n_noticed": 9,
    "minutes": 11,
    "signs": [],
}


def waiting(n, conversation, moderator):
    """In every list of the overview."""
    results(n, conversation, moderator)
    run = conversation.runs.latest("id")
    on = timezone.now().date().isoformat()
    run.summary |= {"turnout": {"median_votes": n, "days": [[on, n, n]]}}
    run.save()
    for language in ("en", "es", "de")[:n]:
        StatementFactory(
            conversation=conversation, language=language, created_at=timezone.now()
        )
    for kind in ParticipationSign.Kind.values[:n]:
        ParticipationSignFactory(participant__conversation=conversation, kind=kind)
    for kind in Alert.Kind.values[:n]:
        Alert.objects.get_or_create(
            conversation=conversation,
            kind=kind,
            defaults={"raised_at": THEN, "details": FIGURES},
        )


def differing(n, conversation, moderator):
    for _ in range(n):
        SecondLookFactory(decision__statement__conversation=conversation)
        SecondLookFactory(
            decision__statement__conversation=conversation,
            verdict="rejected",
            decided_at=THEN,
            decided_by=moderator,
        )


def objections(n, conversation, moderator):
    for statement in StatementFactory.create_batch(n, conversation=conversation):
        AppealFactory(decision__statement=statement)
        StatementFactory(
            conversation=conversation, predecessor=statement, lineage="reword"
        )


PAGES = {
    "/": conversations,
    "/moderate/": conversations,
    "/moderate/rivers/": waiting,
    "/moderate/rivers/statements/?state=all&sort=alike": waiting,
    "/moderate/rivers/second-looks/": differing,
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
    "/moderate/rivers/appeals/": objections,
    "/api/v1/conversations/rivers/statements/": objections,
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
