"""A participant's receipt."""

from datetime import timedelta

import pytest

from deliberation.actions import analysis, constitutions
from deliberation.models import Conversation, Participant, Statement, Vote
from deliberation.queries import receipt
from tests.deliberation.judgements import analysed, judged
from tests.deliberation.worlds import drafted, small_world, store
from tests.factories import THEN, StatementFactory, UserFactory, VoteFactory


@pytest.fixture
def run(conversation):
    """Four likely principles, and one that is none."""
    run = analysed(conversation, A=10, B=10)
    for number in (1, 2, 3, 4):
        judged(run, number, A=(9, 0, 1), B=(8, 1, 1))
    judged(run, 5, A=(9, 0, 1), B=(1, 8, 1))
    return run


def vote(participant, number, choice, cast_at=THEN):
    statement = Statement.objects.get(
        conversation=participant.conversation, number=number
    )
    return VoteFactory(
        conversation=participant.conversation,
        participant=participant,
        statement=statement,
        choice=choice,
        cast_at=cast_at,
    )


def texts(sentences):
    return [sentence.text for sentence in sentences]


def test_receipt_counts_what_is_in_the_analysis_newer_and_withdrawn(run, participant):
    vote(participant, 1, 1)
    vote(participant, 2, 1, run.started_at + timedelta(seconds=1))
    vote(participant, 3, 0)
    Statement.objects.filter(number=3).update(state="rejected")

    found = receipt.of(participant.conversation, participant)

    assert (found.n_votes, found.n_counted, found.n_newer, found.n_withdrawn) == (
        3,
        1,
        1,
        1,
    )


def test_receipt_before_the_first_analysis_says_that_all_is_newer(
    conversation, participant
):
    StatementFactory(conversation=conversation, number=1)
    vote(participant, 1, 1)

    found = receipt.of(conversation, participant)

    assert (found.n_counted, found.n_newer, found.slate) == (0, 1, None)


def test_receipt_holds_her_votes_against_the_likely_principles(run, participant):
    for number, choice in ((1, 1), (2, -1), (3, 0), (5, 1)):
        vote(participant, number, choice)

    slate = receipt.of(participant.conversation, participant).slate

    assert (slate.version, slate.threshold, slate.n_all, slate.n_voted) == (
        None,
        0.6,
        4,
        3,
    )
    assert texts(slate.agreed) == ["Statement 1."]
    assert texts(slate.opposed) == ["Statement 2."]
    assert texts(slate.passed) == ["Statement 3."]
    assert texts(slate.unseen) == ["Statement 4."]


def test_receipt_names_as_likely_what_a_draft_would_take(db):
    conversation = store(small_world())
    analysis.run_analysis(conversation=conversation)
    someone = Participant.objects.earliest("id")

    slate = receipt.of(conversation, someone).slate
    likely = slate.agreed + slate.opposed + slate.passed + slate.unseen

    principles = drafted(conversation).principles
    assert sorted(texts(likely)) == sorted(principles.values_list("text", flat=True))


def test_receipt_goes_by_the_published_constitution(run, participant):
    drafted(participant.conversation)
    constitutions.publish(
        conversation=participant.conversation, by=UserFactory(), now=THEN
    )
    Vote.objects.all().delete()
    vote(participant, 2, -1)

    slate = receipt.of(participant.conversation, participant).slate

    assert (slate.version, slate.n_all) == (1, 4)
    assert texts(slate.opposed) == ["Statement 2."]


@pytest.mark.parametrize("results", ["voting", "close"])
def test_receipt_tells_no_results_that_are_hidden(run, participant, results):
    vote(participant, 1, 1)
    Conversation.objects.update(results=results)
    participant.conversation.refresh_from_db()

    found = receipt.of(participant.conversation, participant)

    assert (found.n_counted, found.slate) == (1, None)
