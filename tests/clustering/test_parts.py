"""The parts one by one, on numbers small enough to check by hand."""

import numpy as np
import pytest
from sklearn.metrics import silhouette_score

from clustering import groups, matrix, priority, proportions, representativeness
from clustering.settings import AnalysisSettings

SETTINGS = AnalysisSettings()
UNIT = np.ones(4)


def test_smoothed_share_is_one_half_without_votes():
    assert proportions.smoothed([0, 3], [0, 3]).tolist() == [0.5, 0.8]


def test_z_of_one_share_follows_its_formula():
    # 2 sqrt(16) ((12 + 1) / 16 - 1/2)
    assert proportions.z_one(12, 15) == pytest.approx(2.5)


def test_z_of_two_shares_follows_its_formula():
    # shares 8/10 and 4/10 after adding one; pooled 12/20
    expected = 0.4 / np.sqrt(0.6 * 0.4 * 0.2)

    assert proportions.z_two(7, 9, 3, 9) == pytest.approx(expected)
    assert proportions.z_two(3, 9, 7, 9) == pytest.approx(-expected)


def test_z_of_two_full_shares_is_zero():
    assert proportions.z_two(5, 5, 9, 9) == 0.0


def test_active_are_those_who_voted_enough_filled_up_to_fifteen():
    people = np.repeat(np.arange(20), [8] * 3 + [2] * 14 + [3] * 3)
    statements = np.concatenate([np.arange(n) for n in [8] * 3 + [2] * 14 + [3] * 3])
    votes = matrix.build(people, statements, np.ones(len(people), dtype=np.int64))

    active = matrix.active(votes, SETTINGS)

    assert sorted(active.tolist()) == [*range(12), 17, 18, 19]


def test_active_come_in_order_of_first_encounter():
    votes = matrix.build([1, 2, 3, 3], [2, 1, 2, 1], [1, 1, 1, 1])

    active = matrix.active(votes, SETTINGS)

    assert votes.participant_ids[active].tolist() == [2, 3, 1]


def test_k_means_seeds_with_the_first_distinct_points():
    points = np.array([[0.0, 0.0], [0.0, 0.0], [9.0, 0.0], [1.0, 0.0]])

    nearest, centers = groups.k_means(points, UNIT, 2, 20, 0.01)

    assert nearest.tolist() == [0, 0, 1, 0]
    np.testing.assert_allclose(centers, [[1 / 3, 0.0], [9.0, 0.0]])


def test_k_means_gives_a_tie_to_the_last_center():
    points = np.array([[0.0, 0.0], [2.0, 0.0], [1.0, 0.0]])

    nearest, _ = groups.k_means(points, np.ones(3), 2, 0, 0.01)

    assert nearest.tolist() == [0, 1, 1]


def test_k_means_weighs_its_centers():
    points = np.array([[0.0, 0.0], [9.0, 0.0], [10.0, 0.0], [10.0, 0.0]])

    _, centers = groups.k_means(points, np.array([1.0, 2.0, 1.0, 1.0]), 2, 20, 0.01)

    np.testing.assert_allclose(centers, [[0.0, 0.0], [9.5, 0.0]])


@pytest.mark.parametrize("n_groups", [2, 3, 5])
def test_silhouette_is_that_of_scikit_learn(n_groups):
    random = np.random.default_rng(n_groups)
    points = random.standard_normal((60, 2))
    group_of = random.integers(n_groups, size=60)
    group_of[:n_groups] = np.arange(n_groups)

    ours = groups.silhouette(points, group_of)

    assert ours == pytest.approx(silhouette_score(points, group_of), abs=1e-12)


def test_silhouette_of_a_lonely_point_is_zero():
    points = np.array([[0.0, 0.0], [1.0, 0.0], [5.0, 0.0]])

    score = groups.silhouette(points, np.array([0, 0, 1]))

    assert score == pytest.approx((4 / 5 + 3 / 4 + 0) / 3)
    assert groups.silhouette(points, np.arange(3)) == 0.0


def test_representative_statement_faces_the_way_its_tests_passed():
    # Group 0 agrees 8 to 2, but in group 1 nobody disagrees, so that the larger of
    # the two contrasts is the one towards disagree. Polis would print "disagree".
    n_agree, n_disagree = np.array([[8], [50]]), np.array([[2], [0]])
    n_seen = np.array([[10], [60]])

    selected = representativeness.select(
        np.array([15]), np.array([False]), n_agree, n_disagree, n_seen, SETTINGS
    )

    best = selected[0][0]
    assert (best.statement_id, best.choice, best.n_chosen) == (15, 1, 8)
    assert best.z_chosen > SETTINGS.z_threshold
    assert best.is_best_agreed


def test_group_without_significant_statements_keeps_one_marked_so():
    n_agree, n_disagree = np.array([[1, 0], [2, 2]]), np.array([[1, 2], [1, 1]])
    n_seen = np.array([[3, 3], [3, 3]])

    selected = representativeness.select(
        np.array([1, 2]), np.zeros(2, bool), n_agree, n_disagree, n_seen, SETTINGS
    )

    assert [(s.statement_id, s.choice, s.is_significant) for s in selected[0]] == [
        (2, -1, False)
    ]


def test_priority_of_a_statement_without_votes_is_polis_first_tick():
    none, extremity = np.zeros(2, dtype=np.int64), np.array([0.0, 1.0])

    scores = priority.score(
        none, none, none, extremity, np.array([False, False]), SETTINGS
    )

    assert scores.tolist() == [5.0625, 20.25]
