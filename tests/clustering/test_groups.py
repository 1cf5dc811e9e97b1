"""Worlds whose truth is known: groups are found where there are some, and only there.

A few fixed seeds; the whole experiment is `benchmarks/groups.py`.
"""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from clustering import Analysis, AnalysisSettings, analyse
from clustering.findings import Finding
from tests import synthetic
from tests.clustering.examining import FEW_DRAWS, QUICK, agreement_with_truth
from tests.synthetic import World

WITHOUT_GROUPS = Finding.ONE_GROUP, Finding.NO_STABLE_GROUPS


def found(world: World, settings: AnalysisSettings = FEW_DRAWS) -> Analysis:
    return analyse(*world.votes, settings=settings)


# --- Groups ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "shares",
    [
        (0.7, 0.3),
        (0.5, 0.3, 0.2),
        (0.4, 0.3, 0.2, 0.1),
        (0.35, 0.25, 0.2, 0.12, 0.08),
    ],
    ids=len,
)
def test_planted_groups_are_found_nearly_as_an_oracle_would(shares):
    world = synthetic.planted(shares, 1.4, seed=11)

    analysis = found(world)

    oracle = adjusted_rand_score(world.camp_of, world.oracle)
    assert analysis.finding == Finding.GROUPS
    assert len(analysis.groups) == len(shares)
    assert oracle > 0.9
    assert agreement_with_truth(analysis, world) > 0.95 * oracle


def test_groups_are_found_where_many_vote_little_and_few_much():
    world = synthetic.planted([0.5, 0.3, 0.2], 1.4, seed=2, is_long_tailed=True)

    analysis = found(world)

    here = analysis.participant_ids[analysis.is_placed]
    oracle = adjusted_rand_score(world.camp_of[here], world.oracle[here])
    ours = adjusted_rand_score(
        world.camp_of[here], analysis.group_of[analysis.is_placed]
    )
    assert len(analysis.groups) == 3
    assert ours > 0.95 * oracle


def test_clear_camps_become_groups_to_the_last_person():
    for world, sizes in (
        (synthetic.two_camps(), [60, 40]),
        (synthetic.three_camps(), [60, 50, 40]),
    ):
        analysis = found(world)

        assert [group.size for group in analysis.groups] == sizes
        assert agreement_with_truth(analysis, world) == 1.0


def test_all_for_it_against_all_against_it_are_two_groups():
    camp_of = np.repeat([0, 1], [25, 20])
    people, statements = np.divmod(np.arange(45 * 12), 12)

    analysis = analyse(people, statements, 1 - 2 * camp_of[people], settings=FEW_DRAWS)

    assert analysis.finding == Finding.GROUPS
    assert [group.size for group in analysis.groups] == [25, 20]
    assert [group.found_again for group in analysis.groups] == [1.0, 1.0]
    np.testing.assert_array_equal(analysis.group_of, camp_of)


def test_loud_minority_stays_a_minority():
    world = synthetic.loud_minority()

    analysis = found(world)

    grouped = analysis.group_of >= 0
    truth = world.camp_of[analysis.participant_ids]
    assert [group.letter for group in analysis.groups] == ["A", "B"]
    np.testing.assert_array_equal(analysis.group_of[grouped], truth[grouped])


def test_few_votes_give_a_place_on_the_map_and_no_group():
    world = synthetic.loud_minority()
    n_votes = np.bincount(world.participants)

    analysis = found(world, replace(FEW_DRAWS, min_votes=10))

    is_placed = analysis.is_placed
    assert (n_votes[analysis.participant_ids[is_placed]] >= 10).all()
    assert 0 < is_placed.sum() < len(is_placed)
    assert (analysis.group_of[~is_placed] == -1).all()
    assert (analysis.certainty[~is_placed] == 0.0).all()
    assert analysis.positions[~is_placed].any(axis=1).all()


# --- No groups -------------------------------------------------------------------------


def test_noise_is_one_group_or_has_no_stable_groups():
    findings = [found(synthetic.noise(seed)).finding for seed in range(100, 130)]

    assert [finding in WITHOUT_GROUPS for finding in findings] == [True] * 30


def test_people_without_any_view_are_one_group():
    analysis = found(synthetic.no_camps())

    assert analysis.finding == Finding.ONE_GROUP
    assert [(group.letter, group.size) for group in analysis.groups] == [("A", 100)]
    assert (analysis.group_of == 0).all()
    assert analysis.stability.rand_index == 0.0


@pytest.mark.parametrize(
    ("readiness", "seed"), [(0.5, 3), (0.5, 9), (0.7, 0), (1.0, 0)]
)
def test_readiness_to_agree_makes_no_groups(readiness, seed):
    world = synthetic.planted([1.0], 0.0, seed=seed, readiness=readiness)

    analysis = found(world)

    assert analysis.finding in (Finding.READINESS, *WITHOUT_GROUPS)
    assert len(analysis.groups) <= 1


def test_no_stable_groups_leave_everybody_in_none():
    world = synthetic.planted([0.6, 0.4], 1.2, seed=1, n_people=300, n_each=30)

    analysis = found(world, replace(FEW_DRAWS, min_found_again=1.0))

    assert analysis.finding == Finding.NO_STABLE_GROUPS
    assert (analysis.groups, analysis.representative) == ((), ())
    assert analysis.n_agree.shape == (0, len(analysis.statement_ids))
    assert (analysis.group_of == -1).all()
    assert analysis.base_clusters.group_of.tolist() == [-1] * len(
        analysis.base_clusters.sizes
    )
    assert analysis.is_placed.all()


def test_a_handful_of_dissenters_is_no_group():
    world = synthetic.camps([96, 4], seed=1)
    tell_all = replace(FEW_DRAWS, min_group_size=2, min_group_share=0.0)

    usual, all_told = found(world), found(world, tell_all)

    assert (usual.finding, len(usual.groups)) == (Finding.ONE_GROUP, 1)
    assert [group.size for group in all_told.groups] == [96, 4]


def test_smallest_group_is_a_share_of_a_large_conversation():
    world = synthetic.camps([94, 6], seed=1)

    told = found(world)
    kept_back = found(world, replace(FEW_DRAWS, min_group_share=0.07))

    assert [group.size for group in told.groups] == [94, 6]
    assert [group.size for group in kept_back.groups] == [100]


# --- How it was found --------------------------------------------------------------------


def test_every_number_that_was_tried_is_kept():
    analysis = found(synthetic.three_camps())

    one, two, three, four, five = analysis.candidates
    assert [each.n_groups for each in analysis.candidates] == [1, 2, 3, 4, 5]
    assert (one.evidence, one.smallest, one.found_again) == (0.0, 150, -1.0)
    assert (three.smallest, three.found_again, three.rand_index) == (40, 1.0, 1.0)
    assert max(analysis.candidates, key=lambda each: each.evidence) is three
    assert 0.0 < two.evidence < three.evidence
    assert five.smallest < 5
    assert (five.found_again, five.rand_index) == (-1.0, -1.0)


def test_no_more_groups_than_asked_for():
    analysis = found(synthetic.three_camps(), replace(FEW_DRAWS, max_groups=2))

    assert [each.n_groups for each in analysis.candidates] == [1, 2]
    assert len(analysis.groups) == 2


def test_without_resampling_nothing_is_said_about_stability():
    analysis = found(synthetic.three_camps(), QUICK)

    assert analysis.finding == Finding.GROUPS
    assert [group.size for group in analysis.groups] == [60, 50, 40]
    assert [group.found_again for group in analysis.groups] == [-1.0] * 3
    assert {each.found_again for each in analysis.candidates} == {-1.0}
    assert analysis.stability.n_draws == 0
    assert not analysis.stability.p_agreed_top.any()


def test_another_seed_finds_the_same_groups():
    world = synthetic.three_camps()

    one, other = found(world), found(world, replace(FEW_DRAWS, seed=2**40))

    np.testing.assert_array_equal(one.group_of, other.group_of)
    assert one.digest != other.digest


# --- Sought in a sample ------------------------------------------------------------------

SAMPLED = replace(FEW_DRAWS, sample_size=300)


def test_groups_of_a_sample_are_those_of_everybody():
    world = synthetic.planted([0.4, 0.35, 0.25], 1.4, seed=1)

    sampled, whole = found(world, SAMPLED), found(world)

    alike = adjusted_rand_score(sampled.group_of, whole.group_of)
    assert sampled.candidates[0].smallest == 300
    assert (sampled.group_of >= 0).sum() == len(sampled.participant_ids) == 1_000
    assert alike > 0.95
    assert agreement_with_truth(sampled, world) > 0.93
    assert sampled.is_sound


def test_figures_are_exact_where_groups_come_from_a_sample():
    world = synthetic.planted([0.4, 0.35, 0.25], 1.4, seed=1)

    analysis = found(world, SAMPLED)

    people, statements, choices = world.votes
    agreed = np.zeros_like(analysis.n_agree)
    np.add.at(agreed, (analysis.group_of[people], statements), choices == 1)
    np.testing.assert_array_equal(analysis.n_agree, agreed)
    assert analysis.n_seen.sum() == len(people)
    assert analysis.overall_n_seen.sum() == len(people)


def test_noise_in_a_sample_is_one_group_of_everybody():
    analysis = found(synthetic.noise(1, n_people=600), SAMPLED)

    assert analysis.finding == Finding.ONE_GROUP
    assert [(group.letter, group.size) for group in analysis.groups] == [("A", 600)]
