"""Intervals of shares: how often they hold the truth, and what must hold at any count."""

import numpy as np
import pytest
from scipy.stats import binom

from clustering import intervals
from deliberation.tallies import wilson

# Agree shares of public conversations, by group and statement, follow this curve.
REAL = 1.92, 1.06
N_CELLS = 2000


def true_shares(kind, random):
    """Shares of `N_CELLS` cells: one number for all, or spread like real ones."""
    if kind == "real":
        return random.beta(*REAL, N_CELLS)
    return np.full(N_CELLS, kind)


def every_pair(n, n_outside):
    """All counts two cells of these sizes can have, as two arrays."""
    inside, outside = np.indices((n + 1, n_outside + 1))
    return inside, outside


@pytest.mark.parametrize("kind", [0.05, 0.5, 0.9, "real"])
@pytest.mark.parametrize("largest", [10, 20, 200])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_share_interval_covers_the_truth_in_95_of_100_simulated_cells(
    kind, largest, seed
):
    random = np.random.default_rng(seed)
    truth = true_shares(kind, random)
    n_seen = random.integers(1, largest + 1, N_CELLS)

    low, high = intervals.share(random.binomial(n_seen, truth), n_seen)

    assert 0.93 <= np.mean((low <= truth) & (truth <= high)) <= 0.97


@pytest.mark.parametrize("p", [0.02, 0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95])
@pytest.mark.parametrize("sizes", [(1, 10), (5, 20), (10, 50), (50, 200)])
def test_share_interval_covers_the_truth_exactly_computed(p, sizes):
    chances = []
    for n in range(sizes[0], sizes[1] + 1):
        low, high = intervals.share(np.arange(n + 1), n)
        chances.append(binom.pmf(np.arange(n + 1), n, p)[(low <= p) & (p <= high)])

    coverage = np.mean([chance.sum() for chance in chances])

    # The worst corner, 2 % and at most ten votes, has 92.8 %.
    assert (0.925 if (p, sizes) == (0.02, (1, 10)) else 0.93) <= coverage <= 0.97


def test_share_interval_covers_the_truth_for_real_shares_at_every_small_count():
    p = (np.arange(2000) + 0.5) / 2000
    weight = p ** (REAL[0] - 1) * (1 - p) ** (REAL[1] - 1)
    coverage = []
    for n in range(2, 31):
        low, high = intervals.share(np.arange(n + 1)[:, None], n)
        chance = binom.pmf(np.arange(n + 1)[:, None], n, p)
        holds = (chance * ((low <= p) & (p <= high))).sum(axis=0)
        coverage.append(np.average(holds, weights=weight))

    assert np.min(coverage) >= 0.93
    assert np.max(coverage) <= 0.97


@pytest.mark.parametrize("sizes", [(10, 10), (10, 40), (30, 100), (100, 100)])
def test_difference_interval_covers_the_truth_for_real_shares(sizes):
    random = np.random.default_rng(4)
    inside, outside = every_pair(*sizes)
    low, high = intervals.difference(inside, sizes[0], outside, sizes[1])
    coverage = []
    for p, p_outside in random.beta(*REAL, (300, 2)):
        chance = binom.pmf(inside, sizes[0], p) * binom.pmf(
            outside, sizes[1], p_outside
        )
        truth = p - p_outside
        coverage.append(chance[(low <= truth) & (truth <= high)].sum())

    assert 0.94 <= np.mean(coverage) <= 0.965


@pytest.mark.parametrize("p", [0.05, 0.2, 0.5, 0.8, 0.95])
def test_difference_of_equal_shares_is_seldom_told_apart(p):
    inside, outside = every_pair(15, 60)

    low, high = intervals.difference(inside, 15, outside, 60)

    chance = binom.pmf(inside, 15, p) * binom.pmf(outside, 60, p)
    assert chance[(low > 0) | (high < 0)].sum() <= 0.06


def test_intervals_contain_the_plain_share():
    n = np.arange(1, 60)[:, None]
    chosen = np.minimum(np.arange(60), n)
    inside, outside = every_pair(12, 25)

    low, high = intervals.share(chosen, n)
    low_gap, high_gap = intervals.difference(inside, 12, outside, 25)

    gap = inside / 12 - outside / 25
    assert ((low <= chosen / n) & (chosen / n <= high)).all()
    assert ((low_gap <= gap) & (gap <= high_gap)).all()
    assert low_gap.min() >= -1
    assert high_gap.max() <= 1


def test_intervals_rise_with_the_count():
    low, high = intervals.share(np.arange(41), 40)
    low_gap, high_gap = intervals.difference(np.arange(41), 40, 7, 20)

    for ends in (low, high, low_gap, high_gap):
        assert (np.diff(ends) > 0).all()


def test_intervals_narrow_with_votes():
    n = np.array([2, 4, 10, 100, 10_000, 1_000_000])

    low, high = intervals.share(n // 2, n)
    low_gap, high_gap = intervals.difference(n // 2, n, n // 2, n)

    assert (np.diff(high - low) < 0).all()
    assert (np.diff(high_gap - low_gap) < 0).all()


def test_interval_of_the_others_is_the_mirror_image():
    chosen = np.arange(31)

    low, high = intervals.share(chosen, 30)
    mirrored = intervals.share(30 - chosen, 30)

    np.testing.assert_allclose(mirrored, (1 - high, 1 - low), atol=1e-15)


def test_difference_seen_from_outside_is_the_mirror_image():
    inside, outside = every_pair(9, 14)

    low, high = intervals.difference(inside, 9, outside, 14)
    mirrored = intervals.difference(outside, 14, inside, 9)

    np.testing.assert_allclose(mirrored, (-high, -low), atol=1e-15)


def test_intervals_without_votes_say_nothing():
    assert np.ravel(intervals.share(0, 0)).tolist() == [0, 1]
    for counts in [(0, 0, 0, 0), (3, 3, 0, 0), (0, 0, 2, 5)]:
        assert np.ravel(intervals.difference(*counts)).tolist() == [-1, 1]


@pytest.mark.parametrize("n", [1, 3, 49, 10**6, 10**12])
def test_share_interval_ends_where_all_or_nobody_chose_so(n):
    low, high = intervals.share([0, n], n)

    assert low[0] == 0
    assert high[1] == 1
    assert 0 < high[0] < 1
    assert 0 < low[1] < 1


def test_share_interval_is_the_one_that_pages_show():
    n = np.repeat(np.arange(40), np.arange(1, 41))
    chosen = np.concatenate([np.arange(k + 1) for k in range(40)])

    shown = np.array([wilson(int(c), int(k)) for c, k in zip(chosen, n, strict=True)])

    np.testing.assert_allclose(intervals.share(chosen, n), shown.T, atol=1e-15)


def test_shares_without_votes_are_numbers():
    assert intervals.smoothed([0, 3], [0, 3]).tolist() == [0.5, 0.8]
    assert intervals.plain([0, 3], [0, 4]).tolist() == [0, 0.75]


@pytest.mark.parametrize(("chosen", "seen"), [(-1, 5), (6, 5), (1, 0)])
def test_impossible_counts_are_refused(chosen, seen):
    with pytest.raises(ValueError, match="0 to all can choose so"):
        intervals.share([2, chosen], [4, seen])
    with pytest.raises(ValueError, match="0 to all can choose so"):
        intervals.difference(2, 4, chosen, seen)
