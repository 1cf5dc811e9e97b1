"""The dots of the map: crowds of neighbours, never a person."""

from dataclasses import replace

import numpy as np
import pytest

from clustering.dots import base_clusters
from clustering.settings import AnalysisSettings

SETTINGS = AnalysisSettings()


def people(n: int, seed: int = 0) -> np.ndarray:
    """(n, 2) positions, more spread out along the first axis."""
    return np.random.default_rng(seed).standard_normal((n, 2)) * [2.0, 1.0]


def in_groups(*sizes: int) -> np.ndarray:
    return np.repeat(np.arange(len(sizes)), sizes).astype(np.int8)


@pytest.mark.parametrize("n", [5, 9, 10, 99, 499, 2_000])
@pytest.mark.parametrize("n_dots", [1, 7, 100])
def test_no_dot_stands_for_few_people(n, n_dots):
    settings = replace(SETTINGS, n_dots=n_dots)

    dots = base_clusters(people(n), np.full(n, -1, np.int8), settings)

    assert dots.sizes.sum() == n
    assert dots.sizes.min() >= 5
    assert len(dots.sizes) <= n_dots


def test_there_are_as_many_dots_as_asked_for():
    dots = base_clusters(people(2_000), in_groups(1_500, 500), SETTINGS)

    assert len(dots.sizes) == 100
    assert dots.sizes[dots.group_of == 0].sum() == 1_500
    assert dots.sizes[dots.group_of == 1].sum() == 500
    assert dots.sizes.max() < 100


def test_group_below_the_smallest_dot_is_one_dot():
    settings = replace(SETTINGS, min_group_size=2)

    dots = base_clusters(people(40), in_groups(37, 3), settings)

    assert dots.sizes[dots.group_of == 1].tolist() == [3]


def test_every_group_has_a_dot_however_few_there_may_be():
    settings = replace(SETTINGS, n_dots=2)

    dots = base_clusters(people(60), in_groups(20, 20, 20), settings)

    assert dots.group_of.tolist() == [0, 1, 2]
    assert dots.sizes.tolist() == [20, 20, 20]


def test_a_dot_stands_where_its_people_are_on_average():
    positions, group_of = people(60), in_groups(50, 10)

    dots = base_clusters(positions, group_of, replace(SETTINGS, n_dots=6))

    for group in (0, 1):
        here = dots.group_of == group
        mean = np.average(dots.centers[here], axis=0, weights=dots.sizes[here])
        np.testing.assert_allclose(mean, positions[group_of == group].mean(axis=0))


def test_widest_crowd_is_cut_at_the_median_of_its_longer_side():
    positions = np.column_stack([np.arange(20.0), np.zeros(20)])

    dots = base_clusters(positions, np.zeros(20, np.int8), replace(SETTINGS, n_dots=2))

    assert dots.sizes.tolist() == [10, 10]
    assert dots.centers.tolist() == [[4.5, 0.0], [14.5, 0.0]]


def test_people_in_one_place_are_one_dot():
    dots = base_clusters(np.zeros((500, 2)), np.zeros(500, np.int8), SETTINGS)

    assert dots.sizes.tolist() == [500]
    assert dots.centers.tolist() == [[0.0, 0.0]]


@pytest.mark.parametrize("n", [0, 1, 4])
def test_next_to_nobody_makes_no_dots(n):
    dots = base_clusters(people(n), np.full(n, -1, np.int8), SETTINGS)

    assert dots.centers.shape == (0, 2)
    assert dots.sizes.tolist() == dots.group_of.tolist() == []
