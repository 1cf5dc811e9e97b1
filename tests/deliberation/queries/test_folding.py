"""What was folded into a statement, as everybody may read it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deliberation.actions import decisions, folding, voting
from deliberation.models import Choice, Statement
from deliberation.queries.folding import Folded, folded_into
from deliberation.tallies import Tally
from tests.factories import THEN, StatementFactory, VoteFactory


@pytest.fixture
def write(conversation):
    def written(number, **fields):
        return StatementFactory(conversation=conversation, number=number, **fields)

    return written


@pytest.fixture
def fold(conversation, moderator):
    def folded(into, *statements):
        return folding.fold(
            conversation=conversation,
            statements=statements,
            into=into,
            by=moderator,
            now=THEN,
        )

    return folded


def vote(statement, *choices):
    for choice in choices:
        VoteFactory(
            conversation=statement.conversation, statement=statement, choice=choice
        )


def test_each_has_its_votes_as_they_were_cast(conversation, write, fold):
    leader, one, other = write(1), write(2, text="Cars must go."), write(3, text="No.")
    vote(leader, 1, 1)
    vote(one, 1, -1, 0)
    vote(other, -1)
    fold(leader, one, other)

    assert folded_into(conversation, leader) == [
        Folded(2, "Cars must go.", "en", Tally(1, 1, 1)),
        Folded(3, "No.", "en", Tally(0, 1, 0)),
    ]


def test_words_that_were_never_shown_stay_with_their_author(conversation, write, fold):
    leader, one = write(1), write(2, state="pending", text="My name is Ada.")
    fold(leader, one)

    assert folded_into(conversation, leader) == [Folded(2, None, "en", Tally(0, 0, 0))]


def test_what_was_taken_back_is_not_folded_any_more(
    conversation, write, fold, moderator
):
    leader, one = write(1), write(2)
    batch = fold(leader, one).batch
    decisions.take_back(conversation=conversation, batch=batch, by=moderator, now=THEN)

    assert folded_into(conversation, leader) == []


def test_any_number_costs_the_same(conversation, write, fold):
    def n_queries():
        with CaptureQueriesContext(connection) as asked:
            folded_into(conversation, leader)
        return len(asked)

    leader, *others = map(write, range(1, 8))
    fold(leader, others[0])
    n_one = n_queries()
    fold(leader, *others[1:])

    assert n_queries() == n_one


def test_its_page_shows_what_was_folded_into_it(client, conversation, write, fold):
    leader, one = write(1), write(2, text="Cars must go.")
    vote(one, 1)
    fold(leader, one)

    page = client.get("/c/rivers/results/s/1/").content.decode()

    assert "Folded into this one: 1" in page
    assert "Cars must go." in page


def test_a_late_vote_is_told_which_one_leads(conversation, write, fold, participant):
    leader, one = write(1), write(2)
    fold(leader, one)

    with pytest.raises(voting.StatementFolded) as refused:
        voting.cast_vote(
            conversation=conversation,
            code=participant.code,
            statement_id=one.pk,
            choice=Choice.AGREE,
            now=THEN,
        )

    assert str(refused.value) == (
        "This statement says the same as statement 1, so only that one is open to"
        " votes. Your vote was not stored."
    )
    assert Statement.objects.get(pk=one.pk).votes.count() == 0
