"""Would other people have given the same groups? Figures by hand, and whole draws."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from clustering.groups import search, stability
from clustering.groups.stability import (
    Draw,
    contingency,
    found_again,
    jaccard,
    rand_index,
)
from clustering.settings import AnalysisSettings
from clustering.votes.executors import Inline, threads
from tests import synthetic
from tests.clustering.groups.crowds import crowd_of

SETTINGS = AnalysisSettings()


@pytest.fixture(scope="module")
def crowd():
    return crowd_of(synthetic.three_camps())


@pytest.fixture(scope="module")
def three(crowd):
    return search.search(crowd, (2, 3, 4), SETTINGS)[3]


def test_contingency_counts_who_is_in_both():
    ours, theirs = np.array([0, 0, 1, -1, 1]), np.array([1, 1, 0, 0, -1])

    assert contingency(ours, theirs, 2, 3).tolist() == [[0, 2, 0], [1, 0, 0]]


@pytest.mark.parametrize("seed", range(4))
def test_rand_index_is_that_of_scikit_learn(seed):
    random = np.random.default_rng(seed)
    ours, theirs = random.integers(0, 4, 200), random.integers(0, 3, 200)
    theirs[:120] = ours[:120] % 3

    index = rand_index(contingency(ours, theirs, 4, 3))

    assert index == pytest.approx(adjusted_rand_score(ours, theirs))


def test_rand_index_of_two_wholes_is_one():
    assert rand_index(np.array([[5]])) == 1.0
    assert rand_index(np.array([[1]])) == 1.0


def test_jaccard_is_shared_over_either():
    overlaps = jaccard(np.array([[3, 1, 0], [0, 2, 0]]))

    np.testing.assert_allclose(overlaps, [[3 / 4, 1 / 6, 0], [0, 2 / 3, 0]])


def test_found_again_is_the_mean_of_the_best_overlaps(three):
    same = three.group_of
    one_moved = same.copy()
    mover = int(np.flatnonzero(same == 0)[0])
    one_moved[mover] = 1
    renamed = (same + 1) % 3

    fared = found_again(three, [Draw({3: renamed}), Draw({3: one_moved}), Draw({})])

    first, second, third = three.sizes
    moved = [(first - 1) / first, second / (second + 1), 1.0]
    np.testing.assert_allclose(fared.overlaps, (1.0 + np.array(moved)) / 3)
    index = adjusted_rand_score(same, one_moved)
    assert fared.rand_index == pytest.approx((1.0 + index) / 3)


def test_draw_puts_everybody_also_those_who_were_not_drawn(crowd):
    drawn = stability.draw(crowd, (2, 3, 4), SETTINGS, number=0)

    assert set(drawn.group_of) <= {2, 3, 4}
    assert drawn.group_of[3].shape == (len(crowd),)
    truth = synthetic.three_camps().camp_of
    assert adjusted_rand_score(truth, drawn.group_of[3]) == 1.0


def test_draws_differ_and_come_again():
    noise = crowd_of(synthetic.noise(1))
    first, second = stability.draws(noise, (2, 3), SETTINGS, 2, Inline())

    with threads() as pool:
        again = stability.draws(noise, (2, 3), SETTINGS, 2, pool)

    assert (first.group_of[2] != second.group_of[2]).any()
    for draw, same in zip([first, second], again, strict=True):
        np.testing.assert_array_equal(draw.group_of[2], same.group_of[2])


def test_a_draw_of_next_to_nobody_is_no_error(crowd):
    settings = AnalysisSettings(p_resampled=1e-9)

    drawn = stability.draw(crowd, (2, 3), settings, number=0)

    assert drawn.group_of == {}
