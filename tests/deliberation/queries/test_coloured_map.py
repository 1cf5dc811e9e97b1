"""The map coloured by a statement, and the lines around its groups."""

import pytest

from deliberation.actions import analysis as actions
from deliberation.models import Statement, StatementResult
from deliberation.queries import analysis, opinion_map
from deliberation.queries.opinion_map import shades_of_dots
from tests.deliberation.worlds import small_world, store


@pytest.fixture
def conversation(db):
    conversation = store(small_world())
    actions.run_analysis(conversation=conversation)
    return conversation


def results(conversation, **more):
    return analysis.results_page(conversation, participant=None, **more)


def shades(page):
    return [dot.shade for dot in page.map.dots]


def test_map_has_no_shades_until_a_statement_is_chosen(conversation):
    page = results(conversation)

    assert (page.chosen, set(shades(page))) == (None, {""})
    assert [group.letter for group in page.map.groups] == ["A", "B"]
    assert all(group.outline.endswith("Z") for group in page.map.groups)


def test_map_is_coloured_by_the_votes_on_the_chosen_statement(conversation):
    shared, parting = results(conversation, chosen=0), results(conversation, chosen=5)

    assert set(shades(shared)) <= {"agree-2", "agree-1"}
    by_group = {
        letter: {dot.shade for dot in parting.map.dots if dot.letter == letter}
        for letter in "AB"
    }
    sides = sorted(
        {shade.split("-")[0] for shade in found} for found in by_group.values()
    )
    assert sorted(map(sorted, sides)) == [["agree"], ["disagree"]]


def test_chosen_statement_leads_to_those_before_and_after_it(conversation):
    Statement.objects.filter(number=4).update(state="rejected")

    page = results(conversation, chosen=5)

    assert (page.chosen.statement.number, page.chosen.statement.text) == (
        5,
        Statement.objects.get(number=5).text,
    )
    assert (page.chosen.previous, page.chosen.next) == (3, 6)
    assert results(conversation, chosen=0).chosen.previous is None


@pytest.mark.parametrize("number", [4, 99])
def test_statement_that_is_not_shown_colours_nothing(conversation, number):
    Statement.objects.filter(number=4).update(state="rejected")

    page = results(conversation, chosen=number)

    assert (page.chosen, set(shades(page))) == (None, {""})


@pytest.mark.parametrize(
    ("votes", "shade"),
    [
        ([5, 0, 0], "agree-2"),
        ([4, 1, 0], "agree-2"),
        ([3, 1, 1], "agree-1"),
        ([2, 2, 1], "even"),
        ([0, 0, 5], "even"),
        ([1, 3, 1], "disagree-1"),
        ([0, 5, 0], "disagree-2"),
    ],
)
def test_shade_follows_the_balance_of_those_who_voted(votes, shade):
    result = StatementResult(around_dots={"region_of": [0, -1], "votes": [votes]})

    assert shades_of_dots(result, 2) == [shade, "unknown"]
    assert shade in dict(opinion_map.legend())


@pytest.mark.parametrize("stored", [None, {"region_of": [0], "votes": [[5, 0, 0]]}])
def test_shades_of_another_map_are_unknown(stored):
    assert shades_of_dots(StatementResult(around_dots=stored), 2) == ["unknown"] * 2
