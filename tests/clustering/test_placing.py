"""Where one person stands: the closed formula against ridge regression."""

import numpy as np
import pytest

from clustering import placing


@pytest.mark.parametrize("n_votes", [1, 2, 30])
def test_place_is_that_of_a_dense_ridge_regression(n_votes):
    random = np.random.default_rng(n_votes)
    loadings, deviations = random.standard_normal((n_votes, 2)), random.random(n_votes)

    five = placing.sums(deviations, loadings)
    place = placing.placed(five[None], damping=0.07)[0]

    gram = loadings.T @ loadings + 0.07 * np.eye(2)
    np.testing.assert_allclose(place, np.linalg.solve(gram, loadings.T @ deviations))


def test_without_votes_one_stands_in_the_middle():
    five = placing.sums(np.zeros(0), np.zeros((0, 2)))

    assert placing.placed(five[None], damping=0.1).tolist() == [[0.0, 0.0]]


def test_more_votes_of_one_kind_carry_further_but_not_without_end():
    def distance(n_votes: int) -> float:
        loadings = np.full((n_votes, 2), [0.1, 0.0])
        five = placing.sums(np.ones(n_votes), loadings)
        return float(placing.placed(five[None], damping=0.07)[0, 0])

    one, ten, all_of_them = distance(1), distance(10), distance(10_000)

    assert 0.0 < one < ten < all_of_them < 1 / 0.1


def test_damping_is_so_many_votes_of_average_weight():
    is_mapped = np.array([True, True, False, True, True])

    assert placing.damping(is_mapped, position_votes=7.0) == 7.0 / 4
    assert placing.damping(np.zeros(0, dtype=bool), position_votes=7.0) == 7.0
