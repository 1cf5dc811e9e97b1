"""What sets groups apart: right way round, seldom by chance, never from a few votes."""

from dataclasses import asdict, replace
from typing import NamedTuple

import numpy as np
import pytest
from scipy import stats

from clustering import representativeness
from clustering.settings import AnalysisSettings

SETTINGS = AnalysisSettings()


class Counts(NamedTuple):
    """Tables (g, m) of what groups chose."""

    n_agree: np.ndarray
    n_disagree: np.ndarray
    n_seen: np.ndarray


def counts(agree, disagree, seen):
    """One row per group."""
    return Counts(*(np.array(table) for table in (agree, disagree, seen)))


def select(table, *, ids=None, is_listed=None, settings=SETTINGS):
    """The lists of all groups; every statement may be listed unless told otherwise."""
    m = table.n_seen.shape[1]
    ids = np.arange(m) if ids is None else np.array(ids)
    is_listed = np.ones(m, dtype=bool) if is_listed is None else np.array(is_listed)
    return representativeness.select(ids, is_listed, *table, settings)


def drawn(p_agree, p_disagree, n_seen, seed):
    """Votes drawn with these shares, each (g, m) or what broadcasts to it."""
    random = np.random.default_rng(seed)
    shape = np.shape(n_seen)
    agree, disagree = (
        np.broadcast_to(p_agree, shape),
        np.broadcast_to(p_disagree, shape),
    )
    cast = random.multinomial(
        n_seen, np.stack([agree, disagree, 1 - agree - disagree], -1)
    )
    return Counts(cast[..., 0], cast[..., 1], np.asarray(n_seen))


def camps(seed=1):
    """Three groups; the second rejects statements 0 to 4 and alone supports 5 to 9."""
    p_agree, p_disagree = np.full((3, 40), 0.45), np.full((3, 40), 0.4)
    p_agree[:, :5], p_agree[1, :5] = 0.8, 0.1
    p_disagree[:, :5], p_disagree[1, :5] = 0.1, 0.8
    p_agree[:, 5:10], p_agree[1, 5:10] = 0.15, 0.85
    p_disagree[:, 5:10], p_disagree[1, 5:10] = 0.7, 0.1
    n_seen = np.random.default_rng(seed).integers(25, 60, (3, 40))
    return drawn(p_agree, p_disagree, n_seen, seed)


def told(entries):
    """Which statements, and which way."""
    return [(entry.statement_id, entry.choice) for entry in entries]


@pytest.mark.parametrize("seed", range(5))
def test_planted_differences_are_found_the_right_way_round(seed):
    everything = replace(SETTINGS, n_representative=40)

    lists = select(camps(seed), settings=everything)

    planted = [entry for entry in told(lists[1]) if entry[0] < 10]
    assert sorted(planted) == [(t, -1 if t < 5 else 1) for t in range(10)]


def test_every_entry_is_what_the_counts_say():
    table = camps()

    for group, entries in enumerate(select(table)):
        for entry in entries:
            side = table.n_agree if entry.choice == 1 else table.n_disagree
            t, others = entry.statement_id, np.arange(3) != group
            assert (entry.n_chosen, entry.n_seen) == (
                side[group, t],
                table.n_seen[group, t],
            )
            assert (entry.n_chosen_outside, entry.n_seen_outside) == (
                side[others, t].sum(),
                table.n_seen[others, t].sum(),
            )
            assert entry.p_chosen == entry.n_chosen / entry.n_seen > 0.5
            assert (
                entry.p_chosen_outside == entry.n_chosen_outside / entry.n_seen_outside
            )
            assert entry.difference == entry.p_chosen - entry.p_chosen_outside >= 0.1
            assert 0 < entry.difference_low < entry.difference < entry.difference_high
            assert entry.p_value <= entry.q_value <= 0.05


def test_a_list_tells_agreements_first_and_each_side_by_its_sure_effect():
    for entries in select(camps()):
        order = [(-entry.choice, -entry.difference_low) for entry in entries]
        assert order == sorted(order)


def test_groups_in_another_order_have_the_same_lists():
    table, order = camps(), [2, 0, 1]

    lists = select(table)

    permuted = select(Counts(*(array[order] for array in table)))
    assert permuted == tuple(lists[group] for group in order)


def test_statements_in_another_order_make_the_same_lists():
    table, order = camps(), np.random.default_rng(3).permutation(40)

    permuted = select(Counts(*(array[:, order] for array in table)), ids=order)

    assert permuted == select(table)


def test_reversed_votes_turn_every_entry_round():
    table = camps()
    # A list of five favours no side, but tells agreements first.
    turned = Counts(table.n_disagree, table.n_agree, table.n_seen)

    lists, reversed_lists = select(table), select(turned)

    for entries, reversed_entries in zip(lists, reversed_lists, strict=True):
        expected = [replace(entry, choice=-entry.choice) for entry in entries]
        assert sorted(expected, key=str) == sorted(reversed_entries, key=str)


@pytest.mark.parametrize("n_groups", [2, 5])
def test_groups_drawn_by_lot_have_empty_lists(n_groups):
    n_worlds_with_entries = 0
    for seed in range(100):
        random = np.random.default_rng(seed)
        p = random.dirichlet([6, 3, 1.5], 100).T
        n_seen = random.integers(5, 60, (n_groups, 100))
        table = drawn(p[0], p[1], n_seen, seed)
        n_worlds_with_entries += any(select(table))

    assert n_worlds_with_entries <= 5


def test_false_discoveries_stay_rare_among_true_ones():
    rates = []
    for seed in range(60):
        random = np.random.default_rng(seed)
        p = np.broadcast_to(random.uniform(0.3, 0.9, 100), (2, 100)).copy()
        p[0, :20], p[1, :20] = 0.75, 0.35
        table = drawn(p, (1 - p) * 0.8, random.integers(20, 80, (2, 100)), seed)
        lists = select(table, settings=replace(SETTINGS, n_representative=400))
        entries = [entry for entries in lists for entry in entries]
        rates.append(np.mean([entry.statement_id >= 20 for entry in entries]))

    assert np.mean(rates) <= 0.05


@pytest.mark.parametrize("seen", [(9, 200), (200, 9), (0, 200), (200, 0)])
def test_cells_with_few_votes_are_never_listed(seen):
    # All of the one side against nobody of the other, on one statement of two.
    table = counts(
        [[seen[0], 90], [0, 90]],
        [[0, 9], [seen[1], 9]],
        [[seen[0], 100], [seen[1], 100]],
    )

    assert select(table) == ((), ())


def test_cells_with_just_enough_votes_are_listed():
    table = counts([[10, 90], [0, 90]], [[0, 9], [200, 9]], [[10, 100], [200, 100]])

    assert [told(entries) for entries in select(table)] == [[(0, 1)], [(0, -1)]]


def test_what_half_of_a_group_does_not_choose_does_not_represent_it():
    # Far more than outside, but only every second of those who saw it.
    table = counts([[500], [100]], [[100], [600]], [[1000], [1000]])

    assert [told(entries) for entries in select(table)] == [[], [(0, -1)]]


def test_a_small_difference_is_not_listed_however_sure():
    table = counts([[600_000], [550_000]], [[0], [0]], [[1_000_000], [1_000_000]])

    assert select(table) == ((), ())


def test_both_sides_are_told_where_both_exist():
    # Six agreements, all stronger than the one disagreement.
    agree = [[95] * 6 + [20], [5] * 6 + [80]]
    disagree = [[5] * 6 + [80], [95] * 6 + [20]]

    first, second = select(counts(agree, disagree, np.full((2, 7), 100)))

    assert told(first) == [(0, 1), (1, 1), (2, 1), (3, 1), (6, -1)]
    assert told(second) == [(6, 1), (0, -1), (1, -1), (2, -1), (3, -1)]


def test_equal_statements_stand_by_id():
    same = counts([[90] * 7, [10] * 7], [[10] * 7, [90] * 7], np.full((2, 7), 100))

    lists = select(same, ids=[30, 2**62, 7, 5, 99, 11, 12])

    assert told(lists[0]) == [(5, 1), (7, 1), (11, 1), (12, 1), (30, 1)]


@pytest.mark.parametrize("n", [0, 1, 2, 9])
def test_lists_are_no_longer_than_asked_for(n):
    lists = select(camps(), settings=replace(SETTINGS, n_representative=n))

    assert len(lists[1]) == n


def test_statements_that_may_not_be_listed_count_for_nothing():
    table = camps()
    is_listed = np.arange(40) % 2 == 0

    lists = select(table, is_listed=is_listed)

    kept = Counts(*(array[:, is_listed] for array in table))
    assert lists == select(kept, ids=np.flatnonzero(is_listed))
    assert any(lists)


@pytest.mark.parametrize("n_groups", [0, 1, 2])
@pytest.mark.parametrize("n_statements", [0, 1, 3])
def test_without_others_or_votes_lists_are_empty(n_groups, n_statements):
    nothing = np.zeros((n_groups, n_statements), dtype=np.int64)

    assert select(Counts(nothing, nothing, nothing)) == ((),) * n_groups


def test_one_group_has_nobody_beside_it():
    assert select(counts([[90, 5]], [[5, 90]], [[100, 100]])) == ((),)


def test_surprise_is_fishers_exact_test():
    random = np.random.default_rng(5)
    seen, outside = random.integers(1, 80, (2, 400))
    chosen, other = random.binomial(seen, 0.6), random.binomial(outside, 0.5)

    found = representativeness.surprise(chosen, seen, other, outside)

    exact = stats.hypergeom.sf(chosen - 1, seen + outside, chosen + other, seen)
    is_higher = chosen * outside > other * seen
    np.testing.assert_allclose(found[is_higher], exact[is_higher], rtol=1e-10)
    assert (found[~is_higher] == 1).all()


def test_surprise_at_a_million_votes_is_that_of_the_normal_curve():
    chosen, other = (
        np.array([501_000, 600_000, 1_000_000]),
        np.array([999_000, 900_000, 0]),
    )

    found = representativeness.surprise(
        chosen, np.full(3, 1_000_000), other, np.full(3, 2_000_000)
    )

    # Half inside against half outside: one point in a thousand is 2.45 deviations.
    assert found[0] == pytest.approx(stats.norm.sf(2.449), rel=0.01)
    assert found[1:].tolist() == [0, 0]


def test_false_discovery_is_benjamini_and_hochbergs():
    p = np.random.default_rng(6).random(500) ** 3

    found = representativeness.false_discovery(p)

    np.testing.assert_allclose(found, stats.false_discovery_control(p), rtol=1e-12)
    assert representativeness.false_discovery(np.empty(0)).tolist() == []


def test_entries_hold_plain_numbers():
    entry = select(camps())[1][0]

    assert {type(value) for value in asdict(entry).values()} == {int, float}
