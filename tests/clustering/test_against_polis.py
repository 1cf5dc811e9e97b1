"""Where we claim to be Polis, we are: its published numbers, to nine decimals."""

import numpy as np
import pytest

from clustering import (
    Analysis,
    analyse,
    consensus,
    matrix,
    priority,
    representativeness,
)
from clustering.settings import AnalysisSettings
from tests.clustering.golden import WARM_CASES, Golden, load_cold, load_warm, require

require()

SETTINGS = AnalysisSettings()
CLOSE = {"rtol": 0, "atol": 1e-9}


@pytest.fixture(scope="module", params=WARM_CASES)
def golden(request: pytest.FixtureRequest) -> Golden:
    return load_warm(request.param)


@pytest.fixture(scope="module")
def analysis(golden: Golden) -> Analysis:
    return analyse(
        *golden.votes, excluded_statements=golden.excluded, meta_statements=golden.meta
    )


@pytest.fixture(scope="module")
def cold() -> Golden:
    return load_cold()


@pytest.fixture(scope="module")
def cold_analysis(cold: Golden) -> Analysis:
    return analyse(*cold.votes)


def in_our_order(golden: Golden, values: list) -> np.ndarray:
    return np.array(values)[..., np.argsort(golden.blob["tids"])]


def by_statement(golden: Golden, key: str) -> np.ndarray:
    return np.array([golden.blob[key][str(t)] for t in sorted(golden.blob["tids"])])


def axis_signs(golden: Golden, analysis: Analysis) -> np.ndarray:
    theirs = in_our_order(golden, golden.blob["pca"]["comps"]).T
    return np.sign((analysis.loadings * theirs).sum(axis=0))


def polis_counts(golden: Golden) -> tuple[matrix.VoteMatrix, tuple]:
    votes = matrix.build(
        *golden.votes, neutral_statements=golden.excluded, meta_statements=golden.meta
    )
    group_of = np.array([golden.group_of.get(p, -1) for p in votes.participant_ids])
    return votes, matrix.group_counts(votes, group_of, group_of.max() + 1)


def entries(statements, count: str) -> list[tuple]:
    return [(s.statement_id, getattr(s, count), s.n_seen) for s in statements]


def test_center_equals_polis(golden, analysis):
    theirs = in_our_order(golden, golden.blob["pca"]["center"])

    np.testing.assert_allclose(-analysis.center, theirs, **CLOSE)


def test_loadings_equal_polis_up_to_sign(golden, analysis):
    theirs = in_our_order(golden, golden.blob["pca"]["comps"]).T

    ours = analysis.loadings * axis_signs(golden, analysis)

    np.testing.assert_allclose(ours, theirs, **CLOSE)


def test_positions_average_to_the_base_centers_of_polis(golden, analysis):
    base = golden.blob["base-clusters"]
    flip = -axis_signs(golden, analysis)

    ours = [
        analysis.positions[np.isin(analysis.participant_ids, people)].mean(axis=0)
        for people in base["members"]
    ]

    theirs = np.array([base["x"], base["y"]]).T
    np.testing.assert_allclose(ours * flip, theirs, **CLOSE)


def test_extremity_equals_polis(golden, analysis):
    theirs = in_our_order(golden, golden.blob["pca"]["comment-extremity"])

    np.testing.assert_allclose(analysis.extremity, theirs, **CLOSE)


def test_group_counts_equal_polis(golden):
    votes, (n_agree, n_disagree, n_seen) = polis_counts(golden)

    for group, theirs in golden.blob["group-votes"].items():
        rows = [theirs["votes"][str(t)] for t in votes.statement_ids]
        assert n_agree[int(group)].tolist() == [row["A"] for row in rows]
        assert n_disagree[int(group)].tolist() == [row["D"] for row in rows]
        assert n_seen[int(group)].tolist() == [row["S"] for row in rows]


def test_group_aware_consensus_equals_polis(golden):
    _, (n_agree, _, n_seen) = polis_counts(golden)

    ours = consensus.group_aware(n_agree, n_seen)

    theirs = by_statement(golden, "group-aware-consensus")
    np.testing.assert_allclose(ours, theirs, **CLOSE)


def test_majority_lists_equal_polis(golden, analysis):
    for direction in ("agree", "disagree"):
        ours = getattr(analysis.majority, direction)
        theirs = golden.blob["consensus"][direction]

        assert entries(ours, "n_chosen") == [
            (row["tid"], row["n-success"], row["n-trials"]) for row in theirs
        ]
        np.testing.assert_allclose(
            [(s.p_chosen, s.z_chosen) for s in ours],
            [(row["p-success"], row["p-test"]) for row in theirs],
            **CLOSE,
        )


def test_representative_lists_equal_polis(golden):
    votes, counts = polis_counts(golden)

    ours = representativeness.select(
        votes.statement_ids, votes.is_neutral, *counts, SETTINGS
    )

    for group, theirs in golden.blob["repness"].items():
        assert [(s.statement_id, s.choice, s.n_chosen) for s in ours[int(group)]] == [
            (row["tid"], 1 if row["repful-for"] == "agree" else -1, row["n-success"])
            for row in theirs
        ]
        for statement, row in zip(ours[int(group)], theirs, strict=True):
            assert statement.z_chosen == pytest.approx(row["p-test"], abs=1e-9)
            assert statement.ratio == pytest.approx(row["repness"], abs=1e-9)
            assert statement.z_ratio == pytest.approx(row["repness-test"], abs=1e-6)
            assert statement.is_best_agreed == row.get("best-agree", False)


def test_priorities_equal_polis(golden, analysis):
    votes, counts = polis_counts(golden)
    totals = [count.sum(axis=0) for count in counts]

    ours = priority.score(*totals, analysis.extremity, votes.is_meta, SETTINGS)

    theirs = by_statement(golden, "comment-priorities")
    np.testing.assert_allclose(ours, theirs, **CLOSE)


def test_cold_start_finds_the_base_clusters_of_polis(cold, cold_analysis):
    base = cold.blob["base-clusters"]
    theirs = {
        person: base_id
        for base_id, people in zip(base["id"], base["members"], strict=True)
        for person in people
    }

    ours = zip(cold_analysis.participant_ids, cold_analysis.base_of, strict=True)

    assert {int(p): int(b) for p, b in ours if b >= 0} == theirs


def test_cold_start_finds_the_groups_of_polis(cold, cold_analysis):
    assert [(g.letter, g.size) for g in cold_analysis.groups] == [("A", 352), ("B", 89)]
    ours = zip(cold_analysis.participant_ids, cold_analysis.group_of, strict=True)

    assert {int(p): 1 - int(g) for p, g in ours if g >= 0} == cold.group_of


def test_cold_start_silhouettes_equal_the_recomputed_ones(cold_analysis):
    ours = [(c.n_groups, round(c.silhouette, 4)) for c in cold_analysis.silhouettes]

    assert ours == [(2, 0.5329), (3, 0.2789), (4, 0.3181), (5, 0.3163)]


def test_cold_start_ranks_consensus_as_polis(cold_analysis):
    order = np.argsort(-cold_analysis.group_aware_consensus, kind="stable")[:10]

    ours = cold_analysis.statement_ids[order].tolist()

    assert ours == [290, 81, 243, 23, 45, 141, 16, 249, 42, 204]
    assert cold_analysis.group_aware_consensus[order[0]] == pytest.approx(
        0.918280, abs=1e-6
    )


def test_cold_start_lists_the_representative_statements_of_polis(cold, cold_analysis):
    for group, theirs in cold.blob["repness"].items():
        ours = cold_analysis.representative[1 - int(group)]

        assert [(s.statement_id, s.choice, s.n_chosen) for s in ours] == [
            (row["tid"], 1 if row["repful-for"] == "agree" else -1, row["n-success"])
            for row in theirs
        ]
