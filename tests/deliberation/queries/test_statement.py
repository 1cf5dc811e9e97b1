"""One statement with all that is known of it."""

import pytest

from deliberation.queries import statement
from deliberation.queries.moderation import NoSuchStatement
from deliberation.queries.visibility import ResultsHidden
from deliberation.tallies import Tally
from tests.deliberation.judgements import analysed, judged
from tests.factories import StatementFactory, VoteFactory


@pytest.fixture
def run(conversation):
    run = analysed(conversation, A=20, B=4, C=20)
    judged(run, 1, A=(18, 1, 1), B=(4, 0, 0), C=(1, 18, 1), score=0.4)
    judged(run, 2, A=(9, 0, 1), B=(0, 0, 0), C=(8, 2, 0), score=0.9)
    judged(run, 3, A=(2, 0, 0), B=(0, 0, 0), C=(1, 0, 0), is_ranked=False)
    return run


def page(run, number, **more):
    return statement.page(run.conversation, number, **{"participant": None} | more)


def test_page_has_the_votes_of_each_group_that_may_be_told(run):
    found = page(run, 1)

    assert found.view.text == "Statement 1."
    assert [(g.letter, g.tally, g.n_members) for g in found.groups] == [
        ("A", Tally(18, 1, 1), 20),
        ("C", Tally(1, 18, 1), 20),
    ]
    assert found.groups[0].p_asked == 1
    assert (found.dividing.most[0], found.dividing.least[0]) == ("A", "C")


def test_page_says_its_place_and_how_often_it_was_at_the_top(run):
    standings = [page(run, number).standing for number in (1, 2, 3)]

    assert [s.place for s in standings] == [2, 1, None]
    assert {(s.n_ranked, s.n_repeats, s.n_median) for s in standings} == {(2, 50, 20)}
    assert standings[0].n_in_top == 45


def test_page_leads_to_its_neighbours_that_are_shown(run):
    StatementFactory(conversation=run.conversation, number=4, state="rejected")

    found = [page(run, number) for number in (1, 2, 3)]

    assert [(p.previous, p.next) for p in found] == [(None, 2), (1, 3), (2, None)]


def test_page_says_who_was_asked_and_what_she_said_herself(run, participant):
    mine = run.conversation.statements.get(number=2)
    vote = VoteFactory(
        conversation=run.conversation, participant=participant, statement=mine, choice=0
    )

    found = page(run, 2, participant=participant)

    assert (found.exposure.n_votes, found.exposure.n_people) == (1, 1)
    assert found.exposure.first_at == found.exposure.last_at == vote.cast_at
    assert found.own == 0
    assert page(run, 1, participant=participant).own is None


def test_page_of_a_statement_that_is_newer_than_the_run_has_no_votes(run):
    StatementFactory(conversation=run.conversation, number=9)

    found = page(run, 9)

    assert (found.view.tally, found.standing.place) == (Tally(0, 0, 0), None)


def test_page_before_the_first_run_counts_the_votes(conversation):
    mine = StatementFactory(conversation=conversation, number=1)
    VoteFactory(conversation=conversation, statement=mine)

    found = statement.page(conversation, 1, participant=None)

    assert (found.view.tally, found.analysed_at) == (Tally(1, 0, 0), None)


@pytest.mark.parametrize("number", [4, 99, 10**20])
def test_page_of_what_is_not_shown_is_refused(run, number):
    StatementFactory(conversation=run.conversation, number=4, state="pending")

    with pytest.raises(NoSuchStatement):
        page(run, number)


def test_page_of_hidden_results_is_refused(run):
    run.conversation.results = "close"

    with pytest.raises(ResultsHidden):
        page(run, 1)
