"""Successors of a statement: in better words, or its parts."""

import pytest

from deliberation.actions import successors, voting, wording
from deliberation.actions.statements import AlreadySaid
from deliberation.models import (
    AuditEvent,
    Choice,
    Decision,
    Statement,
    StatementFingerprint,
    Vote,
)
from tests.factories import THEN, StatementFactory, UserFactory, VoteFactory

SAID = "Tax gold and clean the rivers."
PARTS = ["Tax gold.", "Clean the rivers."]
BETTER = "Gold should be taxed to clean the rivers."


@pytest.fixture
def by(db):
    return UserFactory(username="mo")


@pytest.fixture
def statement(participant):
    """Shown, with its author's vote and another's."""
    conversation = participant.conversation
    written = StatementFactory(
        conversation=conversation, author=participant, number=5, text=SAID
    )
    VoteFactory(conversation=conversation, participant=participant, statement=written)
    VoteFactory(conversation=conversation, statement=written, choice=-1)
    return written


def reword(statement, by, text=BETTER, **more):
    given = {"language": "en", "now": THEN} | more
    return successors.reword(statement=statement, text=text, by=by, **given)


def split(statement, by, texts=PARTS, **more):
    given = {"language": "en", "now": THEN} | more
    return successors.split(statement=statement, texts=texts, by=by, **given)


def state(statement):
    return Statement.objects.values_list("state", flat=True).get(pk=statement.pk)


# --- Rewording -----------------------------------------------------------------------


def test_reword_puts_one_statement_in_its_place(statement, by):
    made = reword(statement, by)

    assert (made.number, made.text, made.state) == (6, BETTER, "accepted")
    assert (made.predecessor, made.lineage) == (statement, "reword")
    assert (made.decided_at, made.decided_by) == (THEN, by)
    assert state(statement) == "replaced"


def test_successors_have_nobodys_vote_and_nobody_as_author(statement, by):
    made = split(statement, by)

    assert [part.author for part in made] == [None, None]
    assert not Vote.objects.filter(statement__in=made).exists()
    assert Vote.objects.filter(statement=statement).count() == 2


def test_successors_are_seeds_and_about_people_as_what_they_came_of(conversation, by):
    seed = StatementFactory(
        conversation=conversation, text=SAID, is_seed=True, is_meta=True
    )

    made = split(seed, by)

    assert [(part.is_seed, part.is_meta) for part in made] == [(True, True)] * 2


def test_successors_are_compared_by_their_words(statement, by):
    made = split(statement, by)

    assert StatementFingerprint.objects.filter(statement__in=made).count() == 2


def test_split_puts_parts_in_its_place_in_their_order(statement, by):
    made = split(statement, by)

    assert [(part.number, part.text, part.lineage) for part in made] == [
        (6, "Tax gold.", "split"),
        (7, "Clean the rivers.", "split"),
    ]


def test_a_rejected_statement_is_split_too(statement, by):
    Statement.objects.update(state="rejected", reason="several_ideas")

    split(statement, by)

    assert list(
        Statement.objects.order_by("number").values_list("state", "reason")
    ) == [("replaced", ""), ("accepted", ""), ("accepted", "")]


@pytest.mark.parametrize(
    ("act", "kind", "numbers"), [(reword, "reword", [6]), (split, "split", [6, 7])]
)
def test_one_decision_and_one_event_tell_of_it(statement, by, act, kind, numbers):
    act(statement, by)

    made = Decision.objects.get()
    assert (made.statement, made.kind, made.other_number) == (statement, kind, 6)
    assert (made.before["state"], made.after["state"]) == ("accepted", "replaced")
    event = AuditEvent.objects.get()
    assert (event.action, event.target) == (f"successors.{kind}", "statement 5")
    assert event.details["successors"] == numbers


def test_no_word_of_a_participant_is_in_the_log(statement, by):
    split(statement, by)

    told = str(AuditEvent.objects.get().details)
    assert [text for text in [SAID, *PARTS] if text in told] == []


def test_the_replaced_one_takes_no_votes_and_the_new_one_does(statement, by):
    made = reword(statement, by)
    ballot = {
        "conversation": statement.conversation,
        "code": "somebody-else",
        "choice": Choice.AGREE,
        "now": THEN,
    }

    with pytest.raises(voting.StatementNotOpen):
        voting.cast_vote(statement_id=statement.pk, **ballot)
    voting.cast_vote(statement_id=made.pk, **ballot)

    assert Vote.objects.filter(statement=made).count() == 1


def test_a_new_analysis_is_asked_for(statement, by):
    before = statement.conversation.moderation_revision

    reword(statement, by)

    statement.conversation.refresh_from_db()
    assert statement.conversation.moderation_revision > before


def refused(refusal, act, *args, **more):
    """Nothing is half-written."""
    n = Statement.objects.count()
    with pytest.raises(refusal) as found:
        act(*args, **more)
    assert Statement.objects.count() == n
    assert AuditEvent.objects.count() == Decision.objects.count() == 0
    return str(found.value)


@pytest.mark.parametrize(
    ("act", "words"), [(reword, SAID), (split, [SAID, "Tax gold."])]
)
def test_the_same_words_are_refused(statement, by, act, words):
    said = refused(wording.SameWords, act, statement, by, words)

    assert said == "These are the words that the statement has already."


@pytest.mark.parametrize("act", [reword, split])
def test_words_that_are_there_already_are_refused(statement, by, act):
    for text in (BETTER, PARTS[1]):
        StatementFactory(conversation=statement.conversation, text=text)

    refused(AlreadySaid, act, statement, by)


@pytest.mark.parametrize("texts", [PARTS[:1], [f"Part {n} of it." for n in "abcdef"]])
def test_a_split_into_one_or_six_is_refused(statement, by, texts):
    said = refused(successors.WrongNumberOfParts, split, statement, by, texts)

    assert said == "Split a statement into two to five parts, each in words of its own."


def test_parts_in_the_same_words_are_refused(statement, by):
    parts = ["Tax gold.", "TAX GOLD."]

    said = refused(successors.PartsRepeated, split, statement, by, parts)

    assert said == "Two of the parts are in the same words."


@pytest.mark.parametrize("act", [reword, split])
def test_what_somebody_else_decided_meanwhile_is_refused(statement, by, act):
    Statement.objects.update(revision=3)

    refused(wording.ChangedMeanwhile, act, statement, by, seen=2)


@pytest.mark.parametrize("act", [reword, split])
def test_what_was_replaced_already_is_refused(statement, by, act):
    Statement.objects.update(state="replaced")

    refused(wording.NotAsItStands, act, statement, by)


@pytest.mark.parametrize("act", [reword, split])
def test_after_the_close_it_is_refused(statement, by, act):
    statement.conversation.state = "closed"
    statement.conversation.save()

    said = refused(successors.VotingIsOver, act, statement, by)

    assert said == (
        "Voting is over, so nobody could vote on other words. The statement stays as it"
        " is, with its votes."
    )


def test_before_the_opening_it_is_done(statement, by):
    statement.conversation.state = "draft"
    statement.conversation.save()

    assert len(split(statement, by)) == 2
