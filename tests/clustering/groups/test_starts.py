"""Where the search begins: k-means on points that are easy to see through."""

import numpy as np
import pytest

from clustering.groups import starts


def clouds(seed: int = 0, n: int = 40) -> tuple[np.ndarray, np.ndarray]:
    """Three round clouds, and which cloud each point is of."""
    random = np.random.default_rng(seed)
    cloud_of = random.permutation(np.repeat([0, 1, 2], n))
    centers = np.array([[0.0, 0.0], [9.0, 0.0], [0.0, 9.0]])
    return centers[cloud_of] + random.standard_normal((3 * n, 2)), cloud_of


@pytest.mark.parametrize("seed", range(5))
def test_clouds_are_told_apart(seed):
    points, cloud_of = clouds(seed)

    part_of = starts.k_means(points, 3, 6, np.random.default_rng(seed))

    pairs = {*zip(cloud_of.tolist(), part_of.tolist(), strict=True)}
    assert len(pairs) == 3


def test_best_of_many_starts_is_kept():
    points, _ = clouds()

    def squares(n_starts: int, seed: int) -> float:
        part_of = starts.k_means(points, 5, n_starts, np.random.default_rng(seed))
        parts = [points[part_of == part] for part in np.unique(part_of)]
        return sum(float(((part - part.mean(axis=0)) ** 2).sum()) for part in parts)

    few = np.mean([squares(1, seed) for seed in range(10)])
    many = np.mean([squares(8, seed) for seed in range(10)])

    assert many < few


def test_points_that_are_all_the_same_are_one_part():
    part_of = starts.k_means(np.ones((6, 2)), 3, 4, np.random.default_rng(0))

    assert part_of.tolist() == [0] * 6


def test_as_many_parts_as_points_are_one_each():
    points = np.array([[0.0, 0.0], [5.0, 0.0], [0.0, 7.0], [9.0, 9.0]])

    part_of = starts.k_means(points, 4, 4, np.random.default_rng(0))

    assert sorted(part_of.tolist()) == [0, 1, 2, 3]


def test_same_seed_gives_the_same_parts():
    points, _ = clouds()

    first, again = (
        starts.k_means(points, 6, 2, np.random.default_rng(5)) for _ in range(2)
    )

    np.testing.assert_array_equal(first, again)
