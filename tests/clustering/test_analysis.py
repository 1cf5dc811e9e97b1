"""The parts together, on worlds in which everybody can see what must come out."""

import numpy as np

from clustering import analyse
from tests import synthetic
from tests.clustering.examining import FEW_DRAWS, QUICK


def test_shared_statements_lead_both_kinds_of_consensus():
    analysis = analyse(*synthetic.three_camps().votes, settings=QUICK)

    by_product = np.argsort(-analysis.group_aware_consensus)[:5]
    ranked = analysis.consensus.top(analysis.consensus.agree, 5)

    assert sorted(analysis.statement_ids[by_product].tolist()) == [0, 1, 2, 3, 4]
    assert sorted(analysis.statement_ids[ranked].tolist()) == [0, 1, 2, 3, 4]


def test_what_everybody_rejects_leads_the_other_side():
    people, statements, choices = synthetic.three_camps().votes

    analysis = analyse(
        people, statements, np.where(statements < 5, -choices, choices), settings=QUICK
    )

    ranked = analysis.consensus.top(analysis.consensus.disagree, 5)
    assert sorted(analysis.statement_ids[ranked].tolist()) == [0, 1, 2, 3, 4]


def test_groups_are_represented_by_what_divides_them():
    world = synthetic.two_camps()
    analysis = analyse(*world.votes, settings=QUICK)

    for group, entries in enumerate(analysis.representative):
        others = [g for g in range(2) if g != group]
        for entry in entries:
            here = np.flatnonzero(analysis.statement_ids == entry.statement_id)
            agree, disagree = analysis.n_agree[:, here], analysis.n_disagree[:, here]
            leaning = np.sign(agree - disagree).ravel()
            assert entry.statement_id >= 5
            assert (leaning[group], leaning[others[0]]) == (entry.choice, -entry.choice)
        assert len(entries) == 5


def test_figures_of_groups_add_up_to_those_of_everybody():
    world = synthetic.loud_minority()

    analysis = analyse(*world.votes, settings=QUICK)

    outside = np.isin(world.participants, analysis.participant_ids[~analysis.is_placed])
    n_outside = np.bincount(world.statements[outside], minlength=80)
    assert n_outside.sum() > 0
    np.testing.assert_array_equal(
        analysis.n_seen.sum(axis=0) + n_outside, analysis.overall_n_seen
    )
    np.testing.assert_array_equal(analysis.n_votes, np.bincount(world.participants))


def test_intervals_hold_the_shares_they_belong_to():
    analysis = analyse(*synthetic.three_camps().votes, settings=QUICK)

    for shares in (
        analysis.intervals.agree,
        analysis.intervals.passed,
        analysis.intervals.disagree,
    ):
        assert shares.p.shape == analysis.n_agree.shape
        assert ((shares.low <= shares.p) & (shares.p <= shares.high)).all()
    whole = analysis.overall_intervals
    total = whole.agree.p + whole.passed.p + whole.disagree.p
    np.testing.assert_allclose(total, 1.0)


def test_a_run_says_what_it_was_run_with():
    analysis = analyse(*synthetic.two_camps().votes, settings=FEW_DRAWS)

    assert analysis.settings == FEW_DRAWS
    assert analysis.stability.n_draws == 20
    assert analysis.is_sound
    assert [check.is_passed for check in analysis.checks] == [True, True]
