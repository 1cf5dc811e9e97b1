"""How often a statement stays in the lists when other people are asked."""

from dataclasses import replace

import numpy as np
import pytest

from clustering import AnalysisSettings, analyse, inclusion
from clustering.findings import Consensus
from clustering.votes.ballots import take
from clustering.votes.executors import Inline
from clustering.votes.gathering import gather
from tests import synthetic
from tests.clustering.examining import FEW_DRAWS

SETTINGS = AnalysisSettings()
WORLD = synthetic.three_camps()


@pytest.fixture(scope="module")
def everyone():
    blocks = gather(WORLD.votes, executor=Inline())
    return take(blocks, np.ones(150, dtype=np.bool_))


def counted(everyone, group_of, n_groups: int) -> np.ndarray:
    """(g + 1, 3, m) votes of each group, and of everybody."""
    is_member = group_of[:, None] == np.arange(n_groups)
    shares = np.column_stack([is_member, np.ones(len(group_of))])
    return (everyone.T @ shares).T.reshape(n_groups + 1, 3, -1).astype(np.int64)


@pytest.mark.parametrize(
    ("n_ranked", "n_top"), [(0, 0), (1, 1), (4, 1), (5, 2), (100, 25), (900, 50)]
)
def test_list_is_a_quarter_of_what_is_ranked_and_not_too_long(n_ranked, n_top):
    zeros = np.zeros(1_000)
    ranked = Consensus(zeros, zeros, np.arange(1_000) < n_ranked)

    assert inclusion.length_of_top(ranked, SETTINGS) == n_top


def test_people_are_drawn_with_all_their_votes(everyone):
    drawn = [*inclusion.by_people(everyone, [WORLD.camp_of], 3, 30, seed=0)]

    total = counted(everyone, WORLD.camp_of, 3)
    mean = np.mean([tables for tables, _ in drawn], axis=0)
    for tables, sizes in drawn:
        np.testing.assert_array_equal(tables[:-1].sum(axis=0), tables[-1])
        assert sizes.sum() == 150
    assert len({tables.tobytes() for tables, _ in drawn}) == 30
    np.testing.assert_allclose(mean, total, atol=6)
    np.testing.assert_allclose(mean.sum(), total.sum(), rtol=0.02)


def test_groupings_take_turns(everyone):
    nobody = np.full(150, -1)

    drawn = [*inclusion.by_people(everyone, [WORLD.camp_of, nobody], 3, 4, seed=0)]

    assert [int(sizes.sum()) for _, sizes in drawn] == [150, 0, 150, 0]
    assert [tables[:-1].any() for tables, _ in drawn] == [True, False, True, False]


def test_cells_keep_their_votes_and_change_their_choices(everyone):
    group_of = np.where(np.arange(150) < 20, -1, WORLD.camp_of)
    tables, sizes = counted(everyone, group_of, 3), np.array([50, 45, 35])

    drawn = [each for each, _ in inclusion.by_cells(tables, sizes, 200, seed=0)]

    for each in drawn:
        np.testing.assert_array_equal(each.sum(axis=1), tables.sum(axis=1))
        assert (each[-1] >= each[:-1].sum(axis=0)).all()
    np.testing.assert_allclose(np.mean(drawn, axis=0), tables, atol=1.5)


def test_cells_without_votes_stay_empty():
    tables = np.zeros((2, 3, 4), dtype=np.int64)
    tables[1, 0, 2] = 9

    [(drawn, _)] = inclusion.by_cells(tables, np.array([3]), 1, seed=0)

    np.testing.assert_array_equal(drawn, tables)


def test_every_draw_fills_both_lists(everyone):
    is_mapped = np.ones(60, dtype=np.bool_)
    drawn = inclusion.by_people(everyone, [WORLD.camp_of], 3, 25, seed=0)

    agreed, rejected = inclusion.frequencies(drawn, is_mapped, 10, SETTINGS)

    assert agreed.sum() == pytest.approx(10)
    assert rejected.sum() == pytest.approx(10)
    assert ((agreed >= 0) & (agreed <= 1)).all()


def test_what_all_groups_agree_on_is_always_in_the_list():
    analysis = analyse(*WORLD.votes, settings=replace(FEW_DRAWS, n_top=10))

    assert analysis.stability.n_top == 10
    assert analysis.stability.p_agreed_top[:5].tolist() == [1.0] * 5
    assert analysis.stability.p_rejected_top[:5].tolist() == [0.0] * 5
    assert analysis.stability.rand_index == 1.0


def test_without_groups_people_are_drawn_all_the_same():
    analysis = analyse(*synthetic.noise(2).votes, settings=FEW_DRAWS)

    stability = analysis.stability
    assert len(analysis.groups) == 1
    assert stability.p_agreed_top.sum() == pytest.approx(stability.n_top)
    assert (stability.p_agreed_top % 1 > 0).sum() > 0


def test_in_a_sample_cells_are_drawn():
    settings = replace(FEW_DRAWS, sample_size=100)

    analysis = analyse(*WORLD.votes, settings=settings)

    assert analysis.candidates[0].smallest == 100
    assert analysis.stability.p_agreed_top[:5].tolist() == [1.0] * 5
    assert analysis.stability.p_agreed_top.sum() == pytest.approx(
        analysis.stability.n_top
    )


def test_meta_statements_are_in_no_list():
    analysis = analyse(*WORLD.votes, meta_statements=[0, 1], settings=FEW_DRAWS)

    assert not analysis.stability.p_agreed_top[:2].any()
    assert not analysis.stability.p_rejected_top[:2].any()
