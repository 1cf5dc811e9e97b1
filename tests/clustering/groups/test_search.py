"""The best grouping for each number: refined, joined, and scored as it is."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from clustering.groups import likelihood, search
from clustering.settings import AnalysisSettings
from tests import synthetic
from tests.clustering.groups.crowds import crowd_of

SETTINGS = AnalysisSettings()
WORLD = synthetic.planted([0.5, 0.3, 0.2], 1.4, seed=3, n_people=400)


@pytest.fixture(scope="module")
def crowd():
    return crowd_of(WORLD)


@pytest.fixture(scope="module")
def found(crowd):
    return search.search(crowd, range(2, 6), SETTINGS)


def test_truth_has_the_most_evidence(found):
    best = max(found.values(), key=lambda grouping: grouping.evidence)

    assert sorted(found) == [1, 2, 3, 4, 5]
    assert best is found[3]
    assert adjusted_rand_score(WORLD.camp_of, best.group_of) > 0.85


def test_tables_and_sizes_are_those_of_the_members(crowd, found):
    for grouping in found.values():
        is_member = grouping.group_of[:, None] == np.arange(grouping.n_groups)

        np.testing.assert_array_equal(grouping.sizes, is_member.sum(axis=0))
        np.testing.assert_array_equal(grouping.tables, crowd.sides.T @ is_member)
        score = likelihood.evidence(grouping.tables, grouping.sizes, crowd.before)
        assert grouping.evidence == score


def test_weights_put_everybody_in_her_group(crowd, found):
    for grouping in found.values():
        belongs = likelihood.memberships(crowd.sides, grouping.weights)

        np.testing.assert_array_equal(likelihood.likeliest(belongs), grouping.group_of)


def test_refining_from_the_truth_gives_no_more_than_the_search(crowd, found):
    ours = search.refined(crowd, found[3].group_of, n_rounds=30)

    from_truth = search.refined(crowd, WORLD.camp_of, n_rounds=30)

    assert adjusted_rand_score(ours.group_of, from_truth.group_of) > 0.95
    assert ours.evidence == pytest.approx(from_truth.evidence, abs=10.0)


def test_refining_mends_a_bad_start(crowd):
    wrong = WORLD.camp_of.copy()
    wrong[:80] = np.random.default_rng(0).integers(0, 3, 80)

    few = search.refined(crowd, wrong, n_rounds=1)
    many = search.refined(crowd, wrong, n_rounds=30)

    assert many.evidence > few.evidence
    assert adjusted_rand_score(WORLD.camp_of, many.group_of) > 0.85


def test_a_group_that_loses_everybody_is_dropped(crowd):
    lonely = WORLD.camp_of.copy()
    lonely[0] = 3

    grouping = search.refined(crowd, lonely, n_rounds=12)

    assert grouping.n_groups == 3
    assert grouping.weights.shape[1] == grouping.tables.shape[1] == 3


def test_joining_two_groups_has_the_evidence_that_is_told(crowd, found):
    group_of, evidence = search._closest_joined(found[4], crowd.before)

    is_member = (group_of[:, None] == np.arange(3)).astype(np.float64)
    tables, sizes = crowd.sides.T @ is_member, is_member.sum(axis=0)
    assert sizes.all()
    assert evidence == pytest.approx(likelihood.evidence(tables, sizes, crowd.before))


def test_finishing_keeps_the_number_of_groups(crowd, found):
    for k, grouping in found.items():
        whole = search.finished(crowd, grouping, SETTINGS)

        assert whole.n_groups == k
        assert whole.evidence >= grouping.evidence - 1.0


def test_no_number_above_that_of_people_is_tried():
    few = crowd_of(synthetic.camps([2, 1], seed=1, p_seen=1.0))

    found = search.search(few, range(2, 6), SETTINGS)

    assert max(found) <= 3


def test_another_stream_draws_other_starts(crowd):
    noise = crowd_of(synthetic.noise(1))

    one = search.search(noise, (5,), SETTINGS)
    again = search.search(noise, (5,), SETTINGS)
    other = search.search(noise, (5,), SETTINGS, stream=(1,))

    np.testing.assert_array_equal(one[5].group_of, again[5].group_of)
    assert (one[5].group_of != other[5].group_of).any()
