"""Shares and their intervals, against published figures."""

import pytest

from deliberation.tallies import MIN_VOTES, Tally, group_aware_consensus, wilson


@pytest.mark.parametrize(
    ("count", "n", "interval"),
    [
        # Newcombe (1998), Statistics in Medicine 17, table I, method 3.
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0000, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_wilson_gives_the_published_intervals(count, n, interval):
    low, high = wilson(count, n)

    assert (round(low, 4), round(high, 4)) == interval


def test_wilson_of_nobody_is_everything():
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize("n", [1, 2, 3, 7, 10, 49, 1000, 38252])
def test_wilson_at_the_edges_ends_exactly_at_none_and_all(n):
    assert wilson(0, n)[0] == 0.0
    assert wilson(n, n)[1] == 1.0


def test_wilson_of_the_opposite_is_the_mirror_image():
    low, high = wilson(3, 11)

    assert wilson(8, 11) == pytest.approx((1 - high, 1 - low))


def test_tally_counts_passes_in_the_denominator():
    tally = Tally(n_agree=2, n_disagree=1, n_pass=5)

    assert (tally.n, tally.p_agree, tally.p_disagree, tally.p_pass) == (
        8,
        0.25,
        0.125,
        0.625,
    )


def test_tally_interval_is_that_of_its_share():
    tally = Tally(n_agree=15, n_disagree=1, n_pass=132)

    assert tally.agree_interval == wilson(15, 148)


def test_tally_of_nothing_has_no_shares():
    tally = Tally(0, 0, 0)

    assert (tally.p_agree, tally.p_disagree, tally.p_pass) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("tally", "is_enough", "n_missing"),
    [
        (Tally(0, 0, 0), False, MIN_VOTES),
        (Tally(2, 1, 1), False, 1),
        (Tally(2, 2, 1), True, 0),
        (Tally(200, 0, 0), True, 0),
    ],
)
def test_tally_says_how_many_votes_are_missing(tally, is_enough, n_missing):
    assert (tally.is_enough, tally.n_missing) == (is_enough, n_missing)


def test_group_aware_consensus_is_the_product_over_the_groups_told():
    tallies = [Tally(3, 0, 1), Tally(1, 1, 0)]

    assert group_aware_consensus(tallies) == pytest.approx(4 / 6 * 2 / 4)
    assert group_aware_consensus([]) is None
