"""What holds across groups: the ranking's promises, and its figures by hand."""

import numpy as np
import pytest

from clustering.consensus import N_IMAGINED, group_aware, rank
from clustering.findings import Consensus
from clustering.settings import AnalysisSettings

SETTINGS = AnalysisSettings()
SIZES = np.array([60, 30, 10])


def ranked(agree, disagree, passed, sizes=None, **more) -> Consensus:
    """The ranking of (g, m) tables; everybody is in a group."""
    agree, disagree, passed = (np.atleast_2d(t) for t in (agree, disagree, passed))
    seen = agree + disagree + passed
    overall = [table.sum(axis=0) for table in (agree, disagree, seen)]
    listed = np.ones(agree.shape[1], dtype=bool)
    sizes = None if sizes is None else np.array(sizes)
    return rank(
        agree, disagree, seen, *overall, listed, SETTINGS, **{"sizes": sizes, **more}
    )


def random_tables(seed: int, n_groups: int = 3, m: int = 50) -> np.ndarray:
    """(3, g, m) agree, disagree and pass; some cells without a vote."""
    random = np.random.default_rng(seed)
    most = random.integers(0, 60, (1, n_groups, m))
    return random.integers(0, most + 1, (3, n_groups, m))


def test_rank_gives_the_figures_counted_by_hand():
    found = ranked([[45], [10]], [[2], [15]], [[3], [5]], sizes=[60, 40])

    # p_overall = 55 / 92: groups (45 + 7.2 * 55 / 92) / 64.4 = 0.765595 and
    # (10 + 4.8 * 55 / 92) / 39.6 = 0.324989; roots 0.874983 and 0.570078
    assert found.agree == pytest.approx([0.567041], abs=1e-6)
    # p_overall = 17 / 92: groups (2 + 1.330435) / 64.4 and (15 + 0.886957) / 39.6
    assert found.disagree == pytest.approx([0.151946], abs=1e-6)


def test_rank_without_groups_takes_everybody_for_one():
    nobody = np.zeros((0, 2), dtype=int)

    found = rank(
        *[nobody] * 3,
        np.array([90, 0]),
        np.array([6, 0]),
        np.array([100, 0]),
        np.ones(2, dtype=bool),
        SETTINGS,
    )

    assert found.agree == pytest.approx([90 / 112, 0])
    assert found.disagree == pytest.approx([6 / 112, 0])
    assert found.is_ranked.tolist() == [True, False]


@pytest.mark.parametrize("n_groups", [1, 2, 3, 4, 5, 6])
def test_rank_does_not_fall_with_the_number_of_groups(n_groups):
    part = np.ones((n_groups, 1), dtype=int) * 60 // n_groups

    found = ranked(18 * part, part, part, sizes=part[:, 0])

    assert found.agree == pytest.approx([18 * 60 / (20 * 60 + N_IMAGINED)], rel=1e-9)


def test_cutting_a_group_in_two_that_vote_alike_changes_nothing():
    tables = 2 * random_tables(1)
    cut = [np.vstack([table[:1] // 2, table[:1] // 2, table[1:]]) for table in tables]

    whole = ranked(*tables, sizes=SIZES)
    parts = ranked(*cut, sizes=[30, 30, 30, 10])

    assert parts.agree == pytest.approx(whole.agree, abs=1e-11)
    assert parts.disagree == pytest.approx(whole.disagree, abs=1e-11)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 1.0])
def test_fewer_votes_with_the_same_shares_never_score_higher(share):
    n = np.array([10, 20, 40, 80, 1000])
    agree = np.round(share * n).astype(int) * SIZES[:, None]
    seen = n * SIZES[:, None]

    found = ranked(agree, seen - agree, 0 * seen, sizes=SIZES)

    assert (np.diff(found.agree) > 0).all()


def test_a_group_that_has_not_seen_a_statement_lifts_it_nowhere():
    seen = np.array([[50, 50, 50], [30, 3, 0]])

    found = ranked(seen, 0 * seen, 0 * seen, sizes=[60, 40])

    everybody, few, nobody = found.agree
    assert everybody > few > nobody
    assert found.is_ranked.tolist() == [True, False, False]


def test_a_statement_nobody_voted_on_scores_nothing():
    unseen = np.zeros((3, 1), dtype=int)

    found = ranked(unseen, unseen, unseen, sizes=SIZES)

    assert (found.agree, found.disagree, found.is_ranked) == ([0], [0], [False])


@pytest.mark.parametrize("group", [0, 1, 2])
def test_one_more_vote_moves_both_sides_the_right_way(group):
    tables = random_tables(2)
    before = ranked(*tables, sizes=SIZES)
    agreed, disagreed, passed = (
        ranked(*_with_one_more(tables, choice, group), sizes=SIZES)
        for choice in range(3)
    )

    assert (agreed.agree > before.agree).all()
    assert (agreed.disagree <= before.disagree).all()
    assert (disagreed.agree <= before.agree).all()
    assert (disagreed.disagree > before.disagree).all()
    assert (passed.agree <= before.agree).all()
    assert (passed.disagree <= before.disagree).all()


def _with_one_more(tables: np.ndarray, choice: int, group: int) -> np.ndarray:
    more = tables.copy()
    more[choice, group] += 1
    return more


def test_flipping_all_votes_swaps_the_sides():
    agree, disagree, passed = random_tables(3)

    found = ranked(agree, disagree, passed, sizes=SIZES)
    flipped = ranked(disagree, agree, passed, sizes=SIZES)

    assert (flipped.agree == found.disagree).all()
    assert (flipped.disagree == found.agree).all()
    assert (flipped.is_ranked == found.is_ranked).all()


def test_a_pass_is_on_neither_side():
    votes = np.array([[20], [20], [20]])

    found = ranked(0 * votes, 0 * votes, votes, sizes=SIZES)

    assert (found.agree, found.disagree, found.is_ranked) == ([0], [0], [True])


def test_the_order_of_groups_and_statements_does_not_matter():
    tables = random_tables(4)
    groups, statements = [2, 0, 1], np.random.default_rng(4).permutation(50)
    mixed = tables[:, groups][:, :, statements]

    found = ranked(*tables, sizes=SIZES)
    again = ranked(*mixed, sizes=SIZES[groups])

    assert (again.agree == found.agree[statements]).all()
    assert (again.disagree == found.disagree[statements]).all()
    assert (again.is_ranked == found.is_ranked[statements]).all()


@pytest.mark.parametrize("n_votes", [50, 5_000, 500_000])
def test_a_bloc_that_founds_a_group_is_held_to_its_part_of_the_people(n_votes):
    agree = np.array([[19 * n_votes], [0]])
    refuse = np.array([[0], [n_votes]])
    honest = ranked(agree[:1], refuse[:1], [[0]], sizes=[95])

    found = ranked(agree, refuse, np.zeros((2, 1), dtype=int), sizes=[95, 5])

    # Polis's product falls to about 1 / n_votes.
    assert found.agree >= 0.95**2 * honest.agree * 0.99
    assert group_aware(agree, agree + refuse) < 1 / n_votes


@pytest.mark.parametrize("n_joined", [2, 5, 8, 20])
def test_few_who_join_a_small_group_move_less_than_under_the_product(n_joined):
    agree, refuse = np.array([[120], [14]]), np.array([[15], [1]])
    more = np.array([[0], [n_joined]])
    before = ranked(agree, refuse, 0 * agree, sizes=[135, 15])

    after = ranked(agree, refuse + more, 0 * agree, sizes=[135, 15 + n_joined])

    products = (group_aware(agree, agree + r) for r in (refuse, refuse + more))
    product_before, product_after = products
    assert after.agree / before.agree > product_after / product_before


def test_votes_stand_for_people_where_sizes_are_not_known():
    tables = random_tables(5)

    found = ranked(*tables)
    known = ranked(*tables, sizes=tables.sum(axis=(0, 2)))

    assert (found.agree == known.agree).all()
    assert (found.is_ranked == known.is_ranked).all()


def test_a_small_group_that_has_not_seen_it_keeps_nothing_out_of_the_list():
    seen = np.array([[5, 5, 4, 5], [5, 4, 5, 5], [5, 5, 5, 0]])

    found = ranked(seen, 0 * seen, 0 * seen, sizes=SIZES)

    assert found.is_ranked.tolist() == [True, False, False, True]


def test_half_of_a_group_below_ten_people_are_enough():
    seen = np.array([[30, 30], [3, 2]])

    found = ranked(seen, 0 * seen, 0 * seen, sizes=[14, 6])

    assert found.is_ranked.tolist() == [True, False]


def test_a_statement_needs_ten_votes_and_to_be_listed():
    votes = np.array([9, 10, 10])

    found = rank(
        votes[None],
        0 * votes[None],
        votes[None],
        votes,
        0 * votes,
        votes,
        np.array([True, True, False]),
        SETTINGS,
    )

    assert found.is_ranked.tolist() == [False, True, False]


def test_the_top_is_the_best_first_and_the_lower_place_among_equals():
    agree = np.array([[20, 40, 20, 40, 1]])

    found = ranked(agree, 40 - agree, 0 * agree, sizes=[50])

    assert found.top(found.agree, 3).tolist() == [1, 3, 0]
    assert found.top(found.disagree, 3).tolist() == [4, 0, 2]


def test_a_statement_all_groups_favour_stands_before_one_a_third_rejects():
    agree = np.array([[72, 95], [72, 95], [72, 10]])

    found = ranked(agree, 100 - agree, 0 * agree, sizes=[34, 33, 33])

    assert found.agree[0] > found.agree[1]
