"""The table of all statements: its order, its pages, and what stands out of it."""

import pytest

from deliberation.queries import analysis
from tests.deliberation.judgements import analysed, judged
from tests.factories import (
    AnalysisRunFactory,
    ConversationFactory,
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
        0: (6, 3, 1, 0.4),
        1: (2, 8, 2, 0.1),
        2: (7, 2, 0, 0.3),
        3: (1, 0, 0, 0.9),
        4: (6, 3, 1, 0.4),
        5: (3, 0, 8, 0.2),
    }
    for number, (agree, disagree, n_pass, score) in figures.items():
        StatementResultFactory(
            run=run,
            statement__number=number,
            statement__state="accepted",
            n_agree=agree,
            n_disagree=disagree,
            n_pass=n_pass,
            consensus_agree=score,
            is_ranked=number != 3,
        )
    return conversation


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        # Number 3 has one vote: it is not ranked before what has enough.
        ("consensus", [0, 4, 2, 5, 1, 3]),
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

    assert (page.sort, numbers(page.statements)) == ("consensus", [0, 4, 2, 5, 1, 3])


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


# --- What all share ------------------------------------------------------------------------

MOST, FEW = (18, 1, 1), (9, 9, 2)
LEAST = (1, 18, 1)


@pytest.fixture
def run(db):
    return analysed(ConversationFactory(state="open"), A=20, B=20)


def listed(entries):
    return [entry.statement.number for entry in entries]


def test_results_page_agrees_with_all_only_where_every_group_does(run):
    for number, (a, b) in enumerate([(MOST, MOST), (MOST, FEW), (FEW, FEW)]):
        judged(run, number, A=a, B=b)

    assert listed(results(run.conversation).consensus) == [0]


def test_results_page_rejects_only_what_every_group_does(run):
    for number, (a, b) in enumerate([(LEAST, LEAST), (LEAST, FEW), (LEAST, MOST)]):
        judged(run, number, A=a, B=b)

    page = results(run.conversation)

    assert (listed(page.rejected), page.consensus) == ([0], [])
    (entry,) = page.rejected
    assert (entry.choice, entry.share) == (-1, 36 / 40)
    assert entry.interval == entry.statement.tally.disagree_interval


def test_what_all_share_is_sure_where_no_range_reaches_one_half(run):
    judged(run, 1, A=MOST, B=MOST)
    judged(run, 2, A=MOST, B=(6, 3, 1))

    consensus = results(run.conversation).consensus

    assert [(e.statement.number, e.is_sure) for e in consensus] == [
        (1, True),
        (2, False),
    ]


def test_passes_reject_nothing(run):
    judged(run, 1, A=(1, 1, 18), B=(1, 1, 18))

    assert results(run.conversation).rejected == []


def test_what_all_share_comes_in_the_engines_order_with_how_often_it_is_found(run):
    for number, score in ((1, 0.2), (2, 0.9), (3, 0.5)):
        judged(run, number, A=MOST, B=MOST, score=score)
    judged(run, 4, A=MOST, B=MOST, score=1.0, is_ranked=False)

    page = results(run.conversation)

    assert listed(page.consensus) == [2, 3, 1]
    assert [entry.n_in_top for entry in page.consensus] == [45, 45, 45]
    assert (page.finding.n_repeats, page.finding.n_top) == (50, 5)
