"""Opinion groups as the results page describes them, and when it does not."""

import pytest

from deliberation.actions import analysis as actions
from deliberation.models import (
    Participant,
    Statement,
    StatementResult,
)
from deliberation.queries import analysis
from deliberation.tallies import Tally
from tests.deliberation.worlds import (
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


def test_groups_are_hidden_while_there_are_too_few_people(db):
    conversation = store(camps([5, 4], seed=5, n_statements=12, p_seen=1.0))
    run = actions.run_analysis(conversation=conversation)
    assert run.groups.count() == 2

    page = results(conversation)

    assert (page.map, page.groups) == (None, [])
    assert {len(view.by_group) for view in page.statements} == {0}


def test_a_small_group_has_a_size_and_no_figures(db):
    conversation = store(camps([16, 4], seed=5, n_statements=12, p_seen=1.0))
    run = actions.run_analysis(conversation=conversation)
    assert sorted(run.groups.values_list("n_members", flat=True)) == [4, 16]

    page = results(conversation)

    shown = {g.letter: (g.n_members, g.is_small) for g in page.groups}
    assert shown == {"A": (16, False), "B": (4, True)}
    assert [len(g.representative) > 0 for g in page.groups] == [True, False]
    assert {x for view in page.statements for x, _tally in view.by_group} == {"A"}
    assert {entry.outside.n for entry in page.groups[0].representative} == {0}
