"""Alerts about moderators' work, voting and the worker: raised, kept, ended, never twice."""

from datetime import timedelta

import pytest

from deliberation import queries, tasks
from deliberation.actions import alerts
from deliberation.models import Alert
from tests.factories import (
    THEN,
    AnalysisRunFactory,
    ConversationFactory,
    ParticipantFactory,
    ParticipationSignFactory,
    StatementFactory,
    VoteFactory,
)

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def look(conversation, at=THEN):
    return {
        alert.kind: alert.details
        for alert in alerts.check(conversation=conversation, now=at)
    }


def waiting(conversation, hours, n=1):
    return StatementFactory.create_batch(
        n,
        conversation=conversation,
        state="pending",
        created_at=THEN - timedelta(hours=hours),
    )


def noticed(conversation, n, others, joined=THEN - 5 * DAY):
    people = ParticipantFactory.create_batch(n + others, conversation=conversation)
    for person in people:
        person.joined_at = joined
        person.save()
    for person in people[:n]:
        ParticipationSignFactory(participant=person)
        ParticipationSignFactory(participant=person, kind="speed")
    return people


def analysed(conversation, at=THEN, state="succeeded"):
    return AnalysisRunFactory(
        conversation=conversation,
        state=state,
        started_at=at,
        input_fingerprint=queries.analysis.fingerprint(conversation),
    )


# --- The backlog -------------------------------------------------------------------


def test_a_statement_that_waits_for_more_than_a_day_is_told(conversation):
    waiting(conversation, hours=25, n=2)
    waiting(conversation, hours=23)

    assert look(conversation) == {"backlog": {"n_waiting": 3, "n_long": 2}}


def test_statements_that_came_today_are_no_backlog(conversation):
    waiting(conversation, hours=23, n=9)

    assert look(conversation) == {}


def test_what_will_be_undecided_at_the_close_is_told_before(conversation):
    conversation.opened_at = THEN - 3 * DAY
    conversation.votes_until = THEN + 2 * DAY
    conversation.save()
    waiting(conversation, hours=1, n=12)

    # Four a day come for two days more, and nobody decides.
    assert look(conversation) == {
        "backlog": {"n_waiting": 12, "n_long": 0, "n_undecided": 20}
    }


def test_a_closed_conversation_has_no_backlog(conversation):
    waiting(conversation, hours=99)
    look(conversation)
    conversation.state = "closed"
    conversation.save()

    assert look(conversation) == {}
    assert Alert.objects.get().ended_at == THEN


# --- Voting ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "others", "joined", "is_told"),
    [
        (5, 95, 5 * DAY, True),
        (5, 96, 5 * DAY, False),
        (4, 10, 5 * DAY, False),
        (10, 300, HOUR, True),
        (9, 300, HOUR, False),
    ],
)
def test_voting_is_suspicious_by_share_or_by_the_newcomers_of_a_day(
    conversation, n, others, joined, is_told
):
    noticed(conversation, n, others, joined=THEN - joined)

    assert ("suspicious_voting" in look(conversation)) == is_told


def test_suspicious_voting_is_told_in_people_not_in_signs(conversation):
    noticed(conversation, 6, 34)

    assert look(conversation)["suspicious_voting"] == {
        "n_noticed": 6,
        "n_newly": 0,
        "n_people": 40,
        "share": 0.15,
    }


def test_whom_nobody_counts_is_suspicious_no_more(conversation):
    for person in noticed(conversation, 6, 4)[:2]:
        person.is_excluded = True
        person.save()

    assert look(conversation) == {}


# --- The worker --------------------------------------------------------------------


def test_votes_that_wait_for_their_analysis_are_told(conversation):
    analysed(conversation, at=THEN - HOUR)
    VoteFactory(conversation=conversation, cast_at=THEN - timedelta(minutes=11))
    VoteFactory(conversation=conversation, cast_at=THEN)

    assert look(conversation) == {"worker_behind": {"minutes": 11}}


def test_votes_of_the_last_minutes_may_wait(conversation):
    VoteFactory(conversation=conversation, cast_at=THEN - timedelta(minutes=9))

    assert look(conversation) == {}


def test_before_the_first_analysis_votes_wait_as_well(conversation):
    VoteFactory(conversation=conversation, cast_at=THEN - HOUR)

    assert look(conversation) == {"worker_behind": {"minutes": 60}}


def test_an_analysis_that_knows_all_votes_is_in_time(conversation):
    VoteFactory(conversation=conversation, cast_at=THEN - 9 * DAY)
    analysed(conversation, at=THEN - 9 * DAY - HOUR)

    assert look(conversation) == {}


@pytest.mark.parametrize(
    ("states", "found"),
    [
        (
            ["succeeded", "failed", "failed", "failed"],
            {"worker_behind": {"n_failed": 3}},
        ),
        (["failed", "failed", "failed", "succeeded"], {}),
        (["failed", "failed"], {}),
    ],
)
def test_analyses_that_fail_in_a_row_are_told(conversation, states, found):
    for state in states:
        analysed(conversation, state=state)

    assert look(conversation) == found


# --- All of them -------------------------------------------------------------------


def test_looking_twice_raises_once_and_keeps_the_latest_figures(conversation):
    waiting(conversation, hours=30)
    look(conversation)
    waiting(conversation, hours=40)
    look(conversation, at=THEN + HOUR)

    alert = Alert.objects.get()
    assert (alert.raised_at, alert.details["n_waiting"]) == (THEN, 2)


def test_an_alert_ends_and_another_may_come(conversation):
    (statement,) = waiting(conversation, hours=30)
    look(conversation)
    statement.state = "accepted"
    statement.save()
    look(conversation, at=THEN + HOUR)
    waiting(conversation, hours=30)
    look(conversation, at=THEN + 2 * HOUR)

    times = Alert.objects.order_by("id").values_list("raised_at", "ended_at")
    assert list(times) == [(THEN, THEN + HOUR), (THEN + 2 * HOUR, None)]


def test_the_task_looks_at_what_is_public_and_ends_what_is_not_any_more():
    public, gone = ConversationFactory(), ConversationFactory(state="archived")
    draft = ConversationFactory(state="draft")
    for conversation in (public, draft):
        waiting(conversation, hours=30)
    Alert.objects.create(conversation=gone, kind="backlog", raised_at=THEN)

    tasks.check_alerts()

    found = Alert.objects.standing().values_list("conversation", "kind")
    assert list(found) == [(public.pk, "backlog")]
