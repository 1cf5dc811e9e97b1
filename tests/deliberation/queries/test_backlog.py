"""The forecast of what will be undecided, on numbers that are known beforehand."""

from datetime import timedelta

import numpy as np
import pytest

from deliberation.queries import backlog
from deliberation.queries.backlog import Pace
from tests.factories import THEN, ConversationFactory, StatementFactory, UserFactory

DAY = timedelta(days=1)


def told(arrivals, decisions, *, pending, collects=10, votes=20):
    return backlog.forecast(
        Pace(arrivals, decisions),
        n_pending=pending,
        collects_until=THEN + collects * DAY,
        decides_until=THEN + votes * DAY,
        now=THEN,
    )


def test_what_waits_and_comes_less_what_is_decided_is_left():
    found = told([50] * 7, [20] * 7, pending=100)

    assert found.n_undecided == 100 + 50 * 10 - 20 * 20
    assert found.matters


def test_advice_leaves_nothing_undecided():
    found = told([50] * 7, [20] * 7, pending=100)

    # 400 will be decided, 100 wait: 300 more may come, at 50 a day.
    assert found.stop_at == THEN + 6 * DAY
    assert found.needed_per_day == (100 + 500) / 20


def test_where_even_those_that_wait_are_too_many_stopping_does_not_help():
    found = told([5] * 7, [2] * 7, pending=100, collects=1, votes=2)

    assert (found.n_undecided, found.stop_at) == (101, None)
    assert found.needed_per_day == 53


def test_who_keeps_up_is_told_nothing():
    found = told([20] * 7, [30] * 7, pending=3)

    assert (found.n_undecided, found.low, found.matters) == (0, 0, False)


@pytest.mark.parametrize(
    ("arrivals", "decisions"), [([9], [9]), ([], []), ([2, 2, 1], [1, 2, 1])]
)
def test_too_little_is_no_forecast(arrivals, decisions):
    assert told(arrivals, decisions, pending=4) is None


def test_after_the_close_there_is_none():
    assert told([50] * 7, [20] * 7, pending=9, collects=-2, votes=0) is None


def test_after_collecting_nothing_comes_any_more():
    found = told([50] * 7, [20] * 7, pending=100, collects=-1, votes=2)

    assert (found.n_undecided, found.needed_per_day) == (60, 50)


def test_the_range_holds_what_comes_in_nearly_all_futures():
    """A week is watched, ten days follow, both at the same rates; 95 % are promised."""
    random = np.random.default_rng(3)
    held = []
    for _ in range(400):
        arrivals, decisions = random.poisson(60, 7), random.poisson(30, 7)
        found = told(arrivals.tolist(), decisions.tolist(), pending=200, votes=10)
        left = 200 + random.poisson(600) - random.poisson(300)
        held.append(found.low <= left <= found.high)

    assert 0.93 <= np.mean(held) <= 0.995


def test_days_that_differ_make_the_range_wider():
    even, uneven = (
        told(days, [10] * 6, pending=50) for days in ([30] * 6, [0, 90, 0, 0, 90, 0])
    )

    assert even.n_undecided == uneven.n_undecided
    assert uneven.high - uneven.low > 2 * (even.high - even.low)


# --- From the database -----------------------------------------------------------------


@pytest.fixture
def rivers(db):
    return ConversationFactory(
        opened_at=THEN - 3 * DAY,
        collects_until=THEN + 2 * DAY,
        votes_until=THEN + 4 * DAY,
    )


def written(conversation, hours, decided=None, **more):
    changes = {"state": "pending"}
    if decided is not None:
        at = THEN - timedelta(hours=decided)
        changes = {"state": "accepted", "decided_at": at, "decided_by": UserFactory()}
    return StatementFactory(
        conversation=conversation,
        created_at=THEN - timedelta(hours=hours),
        **(changes | more),
    )


def test_pace_counts_days_before_this_moment_since_the_opening(rivers):
    for hours, decided in ((71, 50), (70, 3), (30, None), (5, 2), (1, None)):
        written(rivers, hours, decided)
    written(rivers, 4, 4, is_seed=True)
    written(rivers, 100)

    found = backlog.pace(rivers, now=THEN)

    assert found == Pace(arrivals=[2, 1, 2], decisions=[1, 0, 2])


def test_forecast_is_of_the_schedule(rivers, django_assert_num_queries):
    for hours in range(30):
        written(rivers, hours)

    with django_assert_num_queries(1):
        found = backlog.of(rivers, n_pending=30, now=THEN)

    # Ten a day come for two days, and nobody decides.
    assert (found.n_undecided, found.stop_at, found.needed_per_day) == (50, None, 13)


@pytest.mark.parametrize(
    "changes", [{"state": "closed"}, {"collects_until": None, "votes_until": None}]
)
def test_without_an_end_ahead_there_is_none(rivers, changes):
    for name, value in changes.items():
        setattr(rivers, name, value)

    assert backlog.of(rivers, n_pending=30, now=THEN) is None
