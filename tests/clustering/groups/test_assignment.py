"""Everybody gets a place and, where she is placed, a group; samples are settled."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from clustering.findings import Finding
from clustering.groups import assignment, choice, likelihood, search
from clustering.groups.choice import Choice
from clustering.settings import AnalysisSettings
from clustering.votes.executors import Inline
from clustering.votes.gathering import gather
from tests import synthetic
from tests.clustering.groups.crowds import crowd_of

WORLD = synthetic.planted([0.6, 0.4], 1.3, seed=1)
EVERYBODY = np.ones(1_000, dtype=np.bool_)
SETTINGS = AnalysisSettings(n_resamples=0)
SAMPLED = AnalysisSettings(n_resamples=0, sample_size=150)


@pytest.fixture(scope="module")
def blocks():
    return gather(WORLD.votes, executor=Inline())


def placed(blocks, is_placed, settings):
    crowd = crowd_of(WORLD, settings, is_placed)
    chosen = choice.choose(crowd, settings, Inline())
    centred, loadings = crowd.centred, crowd.directions[:, :2]
    assert len(crowd.statements) == blocks.n_statements
    return crowd, assignment.everybody(
        blocks, chosen, crowd, is_placed, centred, loadings, settings
    )


def test_those_who_were_searched_stay_in_the_groups_found(blocks):
    crowd, everybody = placed(blocks, EVERYBODY, SETTINGS)

    chosen = choice.choose(crowd, SETTINGS, Inline())
    belongs = likelihood.memberships(crowd.sides, chosen.table)
    np.testing.assert_array_equal(everybody.group_of, chosen.grouping.group_of)
    np.testing.assert_allclose(everybody.certainty, belongs.max(axis=1), atol=1e-6)
    assert (everybody.certainty >= 0.5).all()


def test_those_who_are_not_placed_have_a_position_and_no_group(blocks):
    is_placed = np.arange(1_000) >= 100

    _, everybody = placed(blocks, is_placed, SETTINGS)

    assert (everybody.group_of[:100] == -1).all()
    assert (everybody.certainty[:100] == 0.0).all()
    assert (everybody.group_of[100:] >= 0).all()
    assert everybody.positions[:100].any(axis=1).all()


def test_groups_of_a_sample_are_settled_on_everybody(blocks):
    crowd, everybody = placed(blocks, EVERYBODY, SAMPLED)
    chosen = choice.choose(crowd, SAMPLED, Inline())

    unsettled = likelihood.likeliest(
        likelihood.memberships(crowd_of(WORLD).sides, chosen.table)
    )

    before = adjusted_rand_score(WORLD.camp_of, unsettled)
    after = adjusted_rand_score(WORLD.camp_of, everybody.group_of)
    assert crowd.is_sample
    assert after > before
    assert after > 0.9


def test_settling_comes_to_what_the_whole_search_would_find(blocks):
    sample, whole = crowd_of(WORLD, SAMPLED), crowd_of(WORLD)
    table = choice.choose(sample, SAMPLED, Inline()).table

    settled = assignment.settled(blocks, table, EVERYBODY, sample)

    found = search.refined(whole, WORLD.camp_of, n_rounds=30)
    ours = likelihood.likeliest(likelihood.memberships(whole.sides, settled))
    assert adjusted_rand_score(ours, found.group_of) > 0.97


def test_without_a_grouping_nobody_is_in_one(blocks):
    crowd, chosen = crowd_of(WORLD), Choice(Finding.NO_STABLE_GROUPS, None, ())
    loadings = crowd.directions[:, :2]

    everybody = assignment.everybody(
        blocks, chosen, crowd, EVERYBODY, crowd.centred, loadings, SETTINGS
    )

    assert (everybody.group_of == -1).all()
    assert not everybody.certainty.any()
