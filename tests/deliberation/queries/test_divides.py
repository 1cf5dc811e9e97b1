"""What divides, and where people are unsure."""

import pytest
from scipy.stats import binom

from deliberation.queries import analysis
from deliberation.queries.divides import difference_interval
from deliberation.tallies import Tally
from tests.deliberation.judgements import analysed, judged
from tests.factories import ConversationFactory


@pytest.fixture
def run(db):
    return analysed(ConversationFactory(), A=40, B=40, C=40)


def page(run):
    return analysis.results_page(run.conversation, participant=None)


def numbers(entries):
    return [entry.statement.number for entry in entries]


def test_dividing_lists_what_groups_surely_differ_on_the_surest_first(run):
    judged(run, 1, A=(30, 8, 2), B=(8, 30, 2), C=(20, 18, 2))
    judged(run, 2, A=(38, 1, 1), B=(1, 38, 1), C=(20, 18, 2))
    judged(run, 3, A=(22, 18, 0), B=(18, 22, 0), C=(20, 20, 0))

    dividing = page(run).dividing

    assert numbers(dividing) == [2, 1]
    assert (dividing[0].most[0], dividing[0].least[0]) == ("A", "B")
    assert dividing[0].difference == pytest.approx(37 / 40)
    assert 0.7 < dividing[0].low < dividing[0].difference < dividing[0].high < 1


def test_dividing_leaves_out_groups_that_were_hardly_asked(run):
    judged(run, 1, A=(9, 0, 0), B=(0, 9, 0), C=(20, 18, 2))
    judged(run, 2, is_meta=True, A=(38, 1, 1), B=(1, 38, 1))

    assert page(run).dividing == []


def test_split_is_told_without_groups(db):
    run = analysed(ConversationFactory(), A=80)
    judged(run, 1, A=(40, 38, 2))
    judged(run, 2, A=(70, 8, 2))

    found = page(run)

    assert (found.groups, found.dividing) == ([], [])
    assert [view.number for view in found.split] == [1]


def test_unsure_lists_where_surely_many_passed(run):
    judged(run, 1, A=(2, 2, 30), B=(2, 2, 30))
    judged(run, 2, A=(10, 10, 20), B=(10, 10, 20))
    judged(run, 3, A=(30, 5, 2), B=(30, 5, 2))
    judged(run, 4, A=(0, 0, 4), B=(0, 0, 4))

    unsure = page(run).unsure

    assert numbers(unsure) == [1, 2]
    assert unsure[0].share == pytest.approx(60 / 68)


def test_difference_interval_covers_what_it_says():
    """Over all outcomes of two groups of 30, weighted by their probability."""
    n, p_more, p_less = 30, 0.7, 0.4
    covered = sum(
        binom.pmf(a, n, p_more) * binom.pmf(b, n, p_less)
        for a in range(n + 1)
        for b in range(n + 1)
        for low, high in [difference_interval(Tally(a, n - a, 0), Tally(b, n - b, 0))]
        if low <= p_more - p_less <= high
    )

    assert 0.94 < covered < 0.97
