"""What chance gives: gaps of random groups, and people who differ in readiness only."""

import numpy as np
import pytest
from scipy import sparse

from clustering.groups import chance, search
from clustering.settings import AnalysisSettings
from clustering.votes.executors import Inline
from tests import synthetic
from tests.clustering.groups.crowds import crowd_of

SETTINGS = AnalysisSettings()
PLANTED = synthetic.planted([0.6, 0.4], 1.2, seed=1)
READY = synthetic.planted([1.0], 0.0, seed=1, readiness=0.8)


# --- How far groups lie apart ------------------------------------------------------------


def test_gap_is_the_chi_square_over_its_degrees_by_hand():
    # Two statements: 3 of 4 against 1 of 2 agree with one, everybody with the other.
    agree = np.array([[1, 1], [1, 1], [1, 1], [0, 1], [1, 1], [0, 1]])
    sides = sparse.csr_array(np.hstack([agree, 1 - agree]).astype(float))

    gap, _ = chance.gap(sides, np.array([0, 0, 0, 0, 1, 1]), 2, n_random=1, seed=0)

    overall = 4 / 6
    away = 4 * (3 / 4 - overall) ** 2 + 2 * (1 / 2 - overall) ** 2
    # The second statement divides nobody, and is not counted.
    assert gap == pytest.approx(away / (overall * (1 - overall)))


def test_random_groups_lie_apart_as_sampling_has_it():
    crowd = crowd_of(PLANTED)

    gap, by_chance = chance.gap(crowd.sides, PLANTED.camp_of, 2, n_random=200, seed=0)

    assert by_chance.shape == (200,)
    assert by_chance.mean() == pytest.approx(1.0, abs=0.05)
    assert gap > 5 * by_chance.max()


def test_more_random_groups_begin_with_the_same():
    crowd = crowd_of(PLANTED)

    _, few = chance.gap(crowd.sides, PLANTED.camp_of, 2, n_random=10, seed=3)
    gap, many = chance.gap(crowd.sides, PLANTED.camp_of, 2, n_random=40, seed=3)

    np.testing.assert_allclose(many[:10], few)
    assert len(np.unique(many)) == 40


def test_people_in_no_group_are_left_out():
    crowd = crowd_of(PLANTED)
    labels = PLANTED.camp_of.copy()
    labels[500:] = -1

    part, _ = chance.gap(crowd.sides[:500], labels[:500], 2, n_random=1, seed=0)
    whole, _ = chance.gap(crowd.sides, labels, 2, n_random=1, seed=0)

    assert whole == pytest.approx(part)


# --- Readiness ---------------------------------------------------------------------------


@pytest.mark.parametrize("spread", [0.3, 0.5, 1.0])
def test_spread_of_readiness_is_found(spread):
    worlds = [
        synthetic.planted([1.0], 0.0, seed=seed, readiness=spread) for seed in range(3)
    ]

    found = [chance.readiness(crowd_of(world)).spread for world in worlds]

    assert np.mean(found) == pytest.approx(spread, rel=0.05)


def test_without_readiness_its_spread_is_small():
    world = synthetic.noise(1, n_people=1_000, n_statements=200, n_each=50)

    assert chance.readiness(crowd_of(world)).spread < 0.2


def test_drawn_people_vote_on_the_same_statements():
    crowd = crowd_of(READY)
    world = chance.readiness(crowd)

    drawn = chance.drawn(world, crowd, np.random.default_rng(0))

    m = len(crowd.statements)
    seen, seen_before = (
        (sides[:, :m] + sides[:, m:]).toarray() for sides in (drawn.sides, crowd.sides)
    )
    np.testing.assert_array_equal(seen, seen_before)
    assert (drawn.sides != crowd.sides).nnz > 0
    agreed, agreed_before = (
        sides[:, :m].sum(axis=0) / seen.sum(axis=0)
        for sides in (drawn.sides, crowd.sides)
    )
    np.testing.assert_allclose(agreed, agreed_before, atol=0.15)
    assert agreed.mean() == pytest.approx(agreed_before.mean(), abs=0.02)


def test_groups_by_readiness_agree_with_the_same_things():
    """Their pattern is no larger than chance's; that of planted groups is."""
    ready, planted = crowd_of(READY), crowd_of(PLANTED)

    by_readiness = search.search(ready, (2, 3), SETTINGS)[2]
    by_opinion = search.search(planted, (2, 3), SETTINGS)[2]

    assert 0.5 < chance.pattern(by_readiness.tables) < 2.0
    assert chance.pattern(by_opinion.tables) > 8.0


def test_pattern_of_groups_apart_by_one_step_everywhere_is_nothing():
    odds = np.array([[0.25], [1.0], [4.0]]) * [1.0, 3.0]
    share = odds / (1.0 + odds)
    tables = 10_000.0 * np.concatenate([share, 1.0 - share])

    other_way_round = tables[[0, 4, 2, 3, 1, 5]]

    assert chance.pattern(tables) < 0.01
    assert chance.pattern(other_way_round) > 100.0


@pytest.mark.parametrize(
    ("world", "is_beyond"), [(PLANTED, True), (READY, False)], ids=["groups", "ready"]
)
def test_readiness_is_told_from_groups(world, is_beyond):
    crowd = crowd_of(world)
    found = search.search(crowd, (2, 3), SETTINGS)
    gained = found[2].evidence - found[1].evidence

    told = chance.is_beyond_readiness(crowd, found[2], gained, SETTINGS, Inline())

    assert told == is_beyond
    assert gained > 100.0
