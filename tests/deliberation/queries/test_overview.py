"""What a run says is remembered; what is shown, and in which words, is read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deliberation.models import Statement
from deliberation.queries import analysis
from tests.deliberation.judgements import analysed, judged
from tests.factories import StatementFactory


@pytest.fixture
def run(conversation):
    run = analysed(conversation, A=10, B=10)
    for number in range(6):
        judged(run, number, A=(9, 0, 1), B=(8, 1, 1))
    return run


def results(run, **more):
    return analysis.results_page(run.conversation, participant=None, **more)


def numbers(views):
    return [view.number for view in views]


def test_figures_of_a_run_are_read_once(run):
    with CaptureQueriesContext(connection) as first:
        results(run)
    with CaptureQueriesContext(connection) as second:
        results(run)

    assert len(second) == len(first) - 1
    asked = "\n".join(query["sql"] for query in second)
    assert '"deliberation_statementresult"' not in asked


def test_what_is_remembered_shows_no_statement_that_was_rejected_since(run):
    assert numbers(entry.statement for entry in results(run).consensus) == [*range(6)]

    Statement.objects.filter(number=2).update(state="rejected")

    page = results(run, sort="number")
    assert numbers(entry.statement for entry in page.consensus) == [0, 1, 3, 4, 5]
    assert numbers(page.statements) == [0, 1, 3, 4, 5]


def test_words_are_those_of_this_moment(run):
    results(run)

    Statement.objects.filter(number=2).update(text="Better said.")

    page = results(run, sort="number")
    assert page.statements[2].text == page.consensus[2].statement.text == "Better said."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", [0, 1, 2, 3, 4, 5, 7]),
        ("ÜBER", [7]),
        ("flüsse über", [7]),
        ("statement", [0, 1, 2, 3, 4, 5]),
        ("3", [3]),
        ("nowhere", []),
        ("100%", []),
    ],
)
def test_statements_are_sought_by_words_in_any_case_and_by_number(run, words, found):
    StatementFactory(
        conversation=run.conversation, number=7, text="Über Flüsse sprechen"
    )

    page = results(run, words=words, sort="number")

    assert (numbers(page.statements), page.n_statements) == (found, 7)


def test_statements_are_sorted_by_how_far_groups_are_apart(run):
    judged(run, 7, A=(9, 0, 1), B=(0, 9, 1))
    judged(run, 8, A=(9, 0, 1), B=(1, 0, 1))

    order = numbers(results(run, sort="apart").statements)

    assert (order[0], order[-1]) == (7, 8)
