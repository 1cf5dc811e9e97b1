"""Worlds whose truth is known: the engine must find it, and must not invent one."""

import numpy as np
from sklearn.metrics import adjusted_rand_score

from clustering import Analysis, analyse
from tests import synthetic
from tests.synthetic import World


def agreement_with_truth(analysis: Analysis, world: World) -> float:
    """1 when the groups are the camps, about 0 when they have nothing in common."""
    grouped = analysis.group_of >= 0
    truth = world.camp_of[analysis.participant_ids[grouped]]
    return adjusted_rand_score(truth, analysis.group_of[grouped])


def best_silhouette(analysis: Analysis) -> float:
    return max(candidate.silhouette for candidate in analysis.silhouettes)


def test_two_camps_become_two_groups():
    world = synthetic.two_camps()

    analysis = analyse(*world.votes)

    assert [(g.letter, g.size) for g in analysis.groups] == [("A", 60), ("B", 40)]
    assert agreement_with_truth(analysis, world) == 1.0


def test_three_camps_become_three_groups():
    world = synthetic.three_camps()

    analysis = analyse(*world.votes)

    assert [g.size for g in analysis.groups] == [60, 50, 40]
    assert agreement_with_truth(analysis, world) == 1.0


def test_no_camps_separate_far_less_than_two():
    nothing, two = analyse(*synthetic.no_camps().votes), synthetic.two_camps()

    assert best_silhouette(nothing) < 0.5 < 0.75 < best_silhouette(analyse(*two.votes))
    assert nothing.p_explained[0] < 0.1


def test_loud_minority_stays_a_minority():
    world = synthetic.loud_minority()

    analysis = analyse(*world.votes)

    loud = analysis.group_of[world.camp_of[analysis.participant_ids] == 1]
    assert len(np.unique(loud)) == 1
    assert [g.size for g in analysis.groups][loud[0]] < 30
    assert analysis.groups[loud[0]].letter != "A"


def test_shared_statements_lead_the_group_aware_consensus():
    analysis = analyse(*synthetic.three_camps().votes)

    leading = np.argsort(-analysis.group_aware_consensus)[:5]

    assert sorted(analysis.statement_ids[leading].tolist()) == [0, 1, 2, 3, 4]


def test_groups_of_two_camps_are_represented_by_what_divides_them():
    analysis = analyse(*synthetic.two_camps().votes)

    for statements in analysis.representative:
        assert len(statements) == 5
        assert all(s.statement_id >= 5 and s.is_significant for s in statements)
