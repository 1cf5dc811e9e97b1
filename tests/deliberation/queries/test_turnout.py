"""Who took part on each of the last days: what the worker counts, what pages are told."""

from datetime import date, timedelta

import pytest

from deliberation.queries import turnout
from deliberation.queries.turnout import Day
from tests.factories import (
    THEN,
    AnalysisRunFactory,
    ParticipantFactory,
    VoteFactory,
)

pytestmark = pytest.mark.django_db


def cast(conversation, *days_ago, **more):
    person = ParticipantFactory(conversation=conversation, **more)
    for ago in days_ago:
        at = THEN - timedelta(days=ago)
        VoteFactory(conversation=conversation, participant=person, cast_at=at)


def told(conversation, now=THEN):
    summary = {"turnout": turnout.counted(conversation)}
    run = AnalysisRunFactory(conversation=conversation, summary=summary)
    return turnout.of(run, turnout.days_of(conversation, now=now))


def test_counted_is_empty_before_the_first_vote(conversation):
    cast(conversation, 0, is_excluded=True)

    assert turnout.counted(conversation) == {}


def test_a_newcomer_is_new_on_the_day_of_her_first_vote(
    conversation, django_assert_num_queries
):
    cast(conversation, 2, 1, 1)
    cast(conversation, 1)
    cast(conversation, 1, is_excluded=True)

    with django_assert_num_queries(3):
        found = turnout.counted(conversation)

    assert found == {
        "median_votes": 2,
        "days": [["2026-02-27", 1, 1], ["2026-02-28", 3, 1]],
    }


def test_of_fills_the_days_without_a_vote_up_to_today(conversation):
    cast(conversation, 1, 1, 1)

    found = told(conversation)

    assert found.days[-3:] == [
        Day(date(2026, 2, 27), 0, 0),
        Day(date(2026, 2, 28), 3, 1),
        Day(date(2026, 3, 1), 0, 0),
    ]
    assert (found.today.n_votes, found.yesterday.n_votes, found.n_votes) == (0, 3, 3)
    assert found.median_votes == 3


@pytest.mark.parametrize(("ago", "n"), [(0, 7), (6, 7), (7, 8), (27, 28), (90, 28)])
def test_days_are_those_since_the_opening_a_week_at_least_and_four_at_most(
    conversation, ago, n
):
    conversation.opened_at = THEN - timedelta(days=ago)

    days = turnout.days_of(conversation, now=THEN)

    assert (len(days), days[-1]) == (n, THEN.date())


def test_days_that_are_long_ago_are_not_told(conversation):
    conversation.opened_at = THEN - timedelta(days=99)
    cast(conversation, 0, 27, 28)

    found = told(conversation)

    assert (found.n_votes, sum(day.n_newcomers for day in found.days)) == (2, 0)


@pytest.mark.parametrize("summary", [None, {}])
def test_of_no_run_or_an_older_one_is_without_figures(conversation, summary):
    run = summary and AnalysisRunFactory(conversation=conversation, summary=summary)

    found = turnout.of(run, [THEN.date()])

    assert (found.n_votes, found.median_votes) == (0, None)
