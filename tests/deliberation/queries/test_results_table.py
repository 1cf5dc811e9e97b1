"""The table of all statements: its order, its pages, and what stands out of it."""

import pytest

from deliberation.queries import analysis
from deliberation.tallies import Tally
from tests.factories import (
    AnalysisRunFactory,
    ConversationFactory,
    OpinionGroupFactory,
    StatementResultFactory,
)


def results(conversation, participant=None, **more):
    return analysis.results_page(conversation, participant=participant, **more)


def numbers(views):
    return [view.number for view in views]


@pytest.fixture
def ranked(db):
    """Statements with figures that every order ranks differently."""
    conversation = ConversationFactory(state="open")
    run = AnalysisRunFactory(conversation=conversation, state="succeeded")
    figures = {
        # number: agree, disagree, pass, consensus
        0: (6, 3, 1),
        1: (2, 8, 2),
        2: (7, 2, 0),
        3: (1, 0, 0),
        4: (6, 3, 1),
        5: (3, 0, 8),
    }
    for number, (agree, disagree, n_pass) in figures.items():
        StatementResultFactory(
            run=run,
            statement__number=number,
            statement__state="accepted",
            n_agree=agree,
            n_disagree=disagree,
            n_pass=n_pass,
        )
    return conversation


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        # Number 3 has one vote: it is not ranked before what has enough.
        ("consensus", [2, 0, 4, 5, 1, 3]),
        ("agree", [2, 0, 4, 5, 1, 3]),
        ("disagree", [1, 0, 4, 2, 5, 3]),
        ("pass", [5, 1, 0, 4, 2, 3]),
        ("votes", [1, 5, 0, 4, 2, 3]),
        ("number", [0, 1, 2, 3, 4, 5]),
    ],
)
def test_results_page_sorts_the_table(ranked, sort, order):
    page = results(ranked, sort=sort)

    assert (page.sort, numbers(page.statements)) == (sort, order)


def test_results_page_takes_an_unknown_order_as_the_first(ranked):
    page = results(ranked, sort="text; DROP TABLE")

    assert (page.sort, numbers(page.statements)) == ("consensus", [2, 0, 4, 5, 1, 3])


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        (1, [0, 1]),
        ("2", [2, 3]),
        (3, [4, 5]),
        (99, [4, 5]),
        ("-1", [4, 5]),
        ("two", [0, 1]),
        ("", [0, 1]),
    ],
)
def test_results_page_turns_pages(ranked, page, shown):
    found = results(ranked, sort="number", page=page, per_page=2)

    assert numbers(found.statements) == shown


def test_results_page_agrees_with_all_only_where_every_group_does(db):
    conversation = ConversationFactory(state="open")
    run = AnalysisRunFactory(
        conversation=conversation, state="succeeded", n_grouped=40, n_placed=40
    )
    for letter in "AB":
        OpinionGroupFactory(run=run, letter=letter, n_members=20)
    most, few = (18, 1, 1), (4, 12, 4)
    for number, (a, b) in enumerate([(most, most), (most, few), (few, few)]):
        tallies = {"A": Tally(*a), "B": Tally(*b)}
        StatementResultFactory(
            run=run,
            statement__number=number,
            statement__state="accepted",
            groups={
                letter: {"agree": t.n_agree, "disagree": t.n_disagree, "pass": t.n_pass}
                for letter, t in tallies.items()
            },
        )
    run.summary = {"dots": [{"x": 0, "y": 0, "size": 40, "group": "A"}]}
    run.save()

    assert numbers(results(conversation).consensus) == [0]
