"""Casting a vote and submitting a statement: what is stored, and what never is."""

from datetime import UTC, datetime, timedelta

import pytest

from deliberation.actions import voting
from deliberation.models import (
    Choice,
    Conversation,
    Participant,
    Statement,
    Vote,
    VoteRevision,
)
from tests.deliberation.at_once import at_once
from tests.factories import ConversationFactory, ParticipantFactory, StatementFactory

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def cast(statement, choice=Choice.AGREE, *, code="a-code", conversation=None, **more):
    return voting.cast_vote(
        conversation=conversation or statement.conversation,
        code=code,
        statement_id=statement.pk,
        choice=choice,
        **{"now": NOON} | more,
    )


def shown_statement(**more):
    return StatementFactory(
        **{"state": "accepted", "conversation__state": "open"} | more
    )


def open_conversation(**more):
    return ConversationFactory(state="open", **more)


def stored():
    """How many participants, votes, revisions and statements there are."""
    models = (Participant, Vote, VoteRevision, Statement)
    return tuple(model.objects.count() for model in models)


def test_cast_vote_stores_the_choice_and_joins_a_newcomer(db):
    statement = shown_statement()

    vote = cast(statement, Choice.DISAGREE, probability=0.25)

    row = Vote.objects.values_list(
        "conversation",
        "participant__code",
        "choice",
        "revision",
        "cast_at",
        "probability",
    ).get(pk=vote.pk)
    assert row == (statement.conversation_id, "a-code", -1, 1, NOON, 0.25)
    assert stored() == (1, 1, 0, 1)


def test_cast_vote_sent_twice_is_stored_once(db):
    statement = shown_statement()

    first = cast(statement)
    second = cast(statement, now=NOON + timedelta(seconds=1))

    assert (first, second.revision, second.cast_at) == (second, 1, NOON)
    assert stored() == (1, 1, 0, 1)


def test_cast_vote_with_another_mind_keeps_the_earlier_choice(db):
    statement, later = shown_statement(), NOON + timedelta(hours=1)
    cast(statement, Choice.AGREE)

    vote = cast(statement, Choice.PASS, now=later)

    assert (vote.choice, vote.revision, vote.cast_at) == (Choice.PASS, 2, later)
    vote.refresh_from_db()
    assert (vote.choice, vote.revision, vote.cast_at) == (Choice.PASS, 2, later)
    revisions = VoteRevision.objects.values_list("vote", "choice", "cast_at")
    assert list(revisions) == [(vote.pk, Choice.AGREE, NOON)]


def test_cast_vote_back_and_forth_keeps_every_choice(db):
    statement = shown_statement()

    for choice in (Choice.AGREE, Choice.DISAGREE, Choice.AGREE):
        vote = cast(statement, choice)

    choices = VoteRevision.objects.order_by("id").values_list("choice", flat=True)
    assert (vote.choice, vote.revision) == (Choice.AGREE, 3)
    assert list(choices) == [Choice.AGREE, Choice.DISAGREE]


def test_cast_vote_with_a_known_code_joins_nobody(db):
    known = ParticipantFactory(conversation=open_conversation())
    statement = StatementFactory(state="accepted", conversation=known.conversation)

    vote = cast(statement, code=known.code)

    assert (vote.participant, Participant.objects.count()) == (known, 1)


def test_cast_vote_knows_a_code_in_one_conversation_only(db):
    elsewhere = ParticipantFactory(code="a-code")
    statement = shown_statement()

    vote = cast(statement, code="a-code")

    assert vote.participant != elsewhere
    assert vote.participant.conversation == statement.conversation


@pytest.mark.parametrize("state", ["draft", "closed", "archived"])
def test_cast_vote_is_refused_where_the_conversation_is_not_open(db, state):
    statement = shown_statement(conversation__state=state)

    with pytest.raises(voting.ConversationClosed):
        cast(statement)

    assert stored() == (0, 0, 0, 1)


def test_cast_vote_reads_the_state_anew(db):
    statement = shown_statement()
    Conversation.objects.update(state="closed")

    with pytest.raises(voting.ConversationClosed):
        cast(statement)

    assert stored() == (0, 0, 0, 1)


@pytest.mark.parametrize(
    ("moderation", "state"),
    [("before", "pending"), ("before", "rejected"), ("after", "rejected")],
)
def test_cast_vote_is_refused_on_a_statement_that_is_not_shown(db, moderation, state):
    statement = shown_statement(state=state, conversation__moderation=moderation)

    with pytest.raises(voting.StatementNotOpen):
        cast(statement)

    assert stored() == (0, 0, 0, 1)


def test_cast_vote_on_a_pending_statement_is_stored_where_moderation_comes_after(db):
    statement = shown_statement(state="pending", conversation__moderation="after")

    vote = cast(statement)

    assert (vote.statement, stored()) == (statement, (1, 1, 0, 1))


def test_cast_vote_is_refused_on_another_conversations_statement(db):
    statement, here = shown_statement(), open_conversation()

    with pytest.raises(voting.StatementNotFound):
        cast(statement, conversation=here)

    assert stored() == (0, 0, 0, 1)


@pytest.mark.parametrize("made_up", [0, -1, 987654321, 2**31, 2**63, 2**70])
def test_cast_vote_is_refused_on_a_statement_that_does_not_exist(db, made_up):
    conversation = open_conversation()

    with pytest.raises(voting.StatementNotFound):
        cast(Statement(pk=made_up, conversation=conversation))

    assert stored() == (0, 0, 0, 0)


def test_cast_vote_keeps_ids_above_two_to_the_31(db):
    conversation = open_conversation(pk=2**33)
    statement = StatementFactory(pk=2**34, state="accepted", conversation=conversation)

    vote = cast(statement)

    assert (vote.conversation_id, vote.statement_id) == (2**33, 2**34)


@pytest.mark.django_db(transaction=True)
def test_the_same_vote_many_times_at_once_is_stored_once():
    statement = shown_statement()

    votes = at_once(lambda _n: cast(statement, code="new-here"))

    assert len({vote.pk for vote in votes}) == 1
    assert stored() == (1, 1, 0, 1)


@pytest.mark.django_db(transaction=True)
def test_changes_of_mind_at_once_lose_no_revision():
    statement = shown_statement()
    cast(statement, Choice.PASS)

    at_once(lambda n: cast(statement, Choice.AGREE if n % 2 else Choice.DISAGREE))

    vote = Vote.objects.get()
    assert vote.revision == VoteRevision.objects.count() + 1
