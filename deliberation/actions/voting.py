"""Casting a vote and submitting a statement. Both join a newcomer first."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from deliberation.actions import analysis, conversations
from deliberation.errors import DeliberationError
from deliberation.models import (
    Choice,
    Conversation,
    Participant,
    Statement,
    Vote,
    VoteRevision,
)


class ConversationClosed(DeliberationError):
    code = "conversation_closed"
    message = _("This conversation is closed, so nothing more can be stored.")
    http_status = 409


class StatementNotOpen(DeliberationError):
    code = "statement_not_open"
    message = _("This statement is not open to votes, so your vote was not stored.")
    http_status = 409


class StatementNotFound(DeliberationError):
    code = "statement_not_found"
    message = _("There is no such statement in this conversation.")
    http_status = 404


class AlreadySaid(DeliberationError):
    code = "already_said"
    message = _("These very words are in this conversation already.")
    http_status = 409


@transaction.atomic
def cast_vote(
    *,
    conversation: Conversation,
    code: str,
    statement_id: int,
    choice: Choice,
    now: datetime,
    probability: float | None = None,
) -> Vote:
    """Store the choice; the same choice again changes nothing, another replaces it.

    A code that is new here joins as a participant. Raises ConversationClosed,
    StatementNotFound, StatementNotOpen; then nothing is stored.
    """
    _require_open(conversation)
    statement = _open_statement(conversation, statement_id)
    participant = _join(conversation, code)
    vote, is_new = Vote.objects.get_or_create(
        participant=participant,
        statement=statement,
        defaults={
            "conversation": conversation,
            "choice": choice,
            "cast_at": now,
            "probability": probability,
        },
    )
    if not is_new:
        vote = _change(vote, choice=choice, now=now)
    analysis.request_analysis(conversation=conversation)
    return vote


@transaction.atomic
def submit_statement(
    *, conversation: Conversation, code: str, text: str, language: str, now: datetime
) -> Statement:
    """Store a participant's statement, and her agreement with it.

    Pending until a moderator decides; where the conversation moderates afterwards it
    is shown at once. Sent twice by its author it is stored once. Raises
    ConversationClosed, and AlreadySaid for another's very words.
    """
    _require_open(conversation)
    participant = _join(conversation, code)
    conversations.lock(conversation)
    if earlier := _same_words(conversation, text):
        if earlier.author_id == participant.pk:
            return earlier
        raise AlreadySaid
    statement = Statement.objects.create(
        conversation=conversation,
        number=next_number(conversation),
        text=text,
        language=language,
        author=participant,
        created_at=now,
    )
    Vote.objects.create(
        conversation=conversation,
        participant=participant,
        statement=statement,
        choice=Choice.AGREE,
        cast_at=now,
    )
    analysis.request_analysis(conversation=conversation)
    return statement


def next_number(conversation: Conversation) -> int:
    """The number of a new statement; the caller holds the lock."""
    numbers = Statement.objects.filter(conversation=conversation)
    highest = numbers.aggregate(highest=Max("number"))["highest"]
    return 0 if highest is None else highest + 1


def _require_open(conversation: Conversation) -> None:
    """Read the state anew: the row in hand may be older than its closing."""
    current = Conversation.objects.filter(pk=conversation.pk)
    if current.values_list("state", flat=True).first() != Conversation.State.OPEN:
        raise ConversationClosed


def _open_statement(conversation: Conversation, statement_id: int) -> Statement:
    mine = Statement.objects.filter(conversation=conversation, pk=statement_id)
    if not mine.exists():
        raise StatementNotFound
    statement = Statement.objects.shown(conversation).filter(pk=statement_id).first()
    if statement is None:
        raise StatementNotOpen
    return statement


def _same_words(conversation: Conversation, text: str) -> Statement | None:
    """The statement that says so already, in any capitals.

    Compared here: SQLite knows the capitals of English only.
    """
    said = Statement.objects.filter(conversation=conversation).order_by("id")
    for pk, words in said.values_list("id", "text").iterator():
        if words.casefold() == text.casefold():
            return said.get(pk=pk)
    return None


def _join(conversation: Conversation, code: str) -> Participant:
    participant, _is_new = Participant.objects.get_or_create(
        conversation=conversation, code=code
    )
    return participant


def _change(vote: Vote, *, choice: Choice, now: datetime) -> Vote:
    locked = Vote.objects.select_for_update().get(pk=vote.pk)
    if locked.choice == choice:
        return locked
    VoteRevision.objects.create(
        vote=locked, choice=locked.choice, cast_at=locked.cast_at
    )
    locked.choice, locked.cast_at = choice, now
    locked.revision += 1
    locked.save(update_fields=["choice", "cast_at", "revision"])
    return locked
