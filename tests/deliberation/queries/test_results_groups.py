"""Opinion groups as the results page describes them, and when it does not."""

import pytest

from deliberation.actions import analysis as actions
from deliberation.models import (
    AnalysisRun,
    Participant,
    Statement,
    StatementResult,
)
from deliberation.queries import analysis
from deliberation.tallies import Tally
from tests.deliberation.worlds import (
    many_camps,
    ready_or_not,
    small_world,
    store,
)
from tests.synthetic import camps


@pytest.fixture
def conversation(db):
    return store(small_world())


def results(conversation, participant=None, **more):
    return analysis.results_page(conversation, participant=participant, **more)


def test_results_page_shows_groups_and_map(conversation):
    run = actions.run_analysis(conversation=conversation)
    person = Participant.objects.earliest("id")

    page = results(conversation, person)

    assert (page.run_id, page.analysed_at) == (run.pk, run.finished_at)
    assert [(g.letter, g.n_members, g.is_small) for g in page.groups] == [
        ("A", 20, False),
        ("B", 14, False),
    ]
    assert [g.p_members for g in page.groups] == [20 / 34, 14 / 34]
    assert page.map.you is not None
    assert (page.n_participants, page.n_grouped) == (34, 34)
    assert page.needs == []


def test_results_page_counts_each_group_from_its_members_votes(conversation):
    actions.run_analysis(conversation=conversation)
    statement = Statement.objects.get(conversation=conversation, number=4)
    stored = StatementResult.objects.get(statement=statement)

    (view,) = [v for v in results(conversation).statements if v.number == 4]

    assert dict(view.by_group) == {
        letter: Tally(c["agree"], c["disagree"], c["pass"])
        for letter, c in stored.groups.items()
    }
    sums = [sum(getattr(t, n) for _x, t in view.by_group) for n in vars(view.tally)]
    assert Tally(*sums) == view.tally


def test_results_page_sets_a_group_against_the_others(conversation):
    actions.run_analysis(conversation=conversation)

    page = results(conversation)

    for group in page.groups:
        assert group.representative
        for entry in group.representative:
            tallies = dict(entry.statement.by_group)
            assert entry.inside == tallies.pop(group.letter)
            assert [entry.outside] == list(tallies.values())


def test_representative_statements_carry_the_engines_difference(conversation):
    run = actions.run_analysis(conversation=conversation)
    stored = {g.letter: g.representative for g in run.groups.all()}

    groups = results(conversation).groups

    for group in groups:
        assert [
            (entry.statement.number, entry.choice, entry.low, entry.high)
            for entry in group.representative
        ] == [
            (e["statement"], e["choice"], e["low"], e["high"])
            for e in stored[group.letter]
        ]
        for entry in group.representative:
            side = "p_agree" if entry.choice == 1 else "p_disagree"
            apart = getattr(entry.inside, side) - getattr(entry.outside, side)
            assert entry.difference == pytest.approx(apart, abs=1e-6)
            assert 0 < entry.low < entry.difference <= entry.high
    assert {e.choice for g in groups for e in g.representative} == {1, -1}


def test_groups_are_hidden_while_there_are_too_few_people(conversation):
    run = actions.run_analysis(conversation=conversation)
    AnalysisRun.objects.filter(pk=run.pk).update(n_placed=9)

    page = results(conversation)

    assert (page.map, page.groups, page.finding.candidates) == (None, [], [])
    assert page.finding.code == "not enough votes"
    assert {len(view.by_group) for view in page.statements} == {0}


def test_a_small_group_has_a_size_and_no_figures(conversation):
    run = actions.run_analysis(conversation=conversation)
    run.groups.filter(letter="B").update(n_members=4)

    page = results(conversation)

    shown = {g.letter: (g.n_members, g.is_small) for g in page.groups}
    assert shown == {"A": (20, False), "B": (4, True)}
    assert [len(g.representative) > 0 for g in page.groups] == [True, False]
    assert {x for view in page.statements for x, _tally in view.by_group} == {"A"}
    assert {entry.outside.n for entry in page.groups[0].representative} == {0}


# --- Without groups ------------------------------------------------------------------------


def test_people_who_vote_alike_are_one_group_with_a_map_of_one_colour(db):
    conversation = store(camps([12], seed=5, n_statements=12, p_seen=1.0))
    actions.run_analysis(conversation=conversation)

    page = results(conversation, Participant.objects.earliest("id"))

    assert page.finding.code == "one group"
    assert (page.groups, page.needs, page.n_placed) == ([], [], 12)
    assert {dot.letter for dot in page.map.dots} == {""}
    assert page.map.you is not None
    assert len(page.consensus) >= 5
    assert {len(view.by_group) for view in page.statements} == {0}


def test_groups_that_are_not_found_again_are_not_told(db):
    conversation = store(many_camps())
    run = actions.run_analysis(conversation=conversation)

    page = results(conversation)

    assert (page.finding.code, page.groups) == ("no stable groups", [])
    assert (page.n_grouped, page.n_placed, run.groups.count()) == (0, 80, 0)
    assert {dot.letter for dot in page.map.dots} == {""}
    assert {c.is_chosen for c in page.finding.candidates} == {False}


def test_people_who_differ_in_readiness_alone_are_one_group(db):
    conversation = store(ready_or_not())
    actions.run_analysis(conversation=conversation)

    page = results(conversation)

    assert page.finding.code == "one group, by readiness to agree"
    assert (page.groups, page.n_grouped) == ([], 80)
    assert [c.n_groups for c in page.finding.candidates if c.is_chosen] == [1]
