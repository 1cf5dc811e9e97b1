"""Casting a vote, which joins a newcomer first."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from deliberation.actions import analysis
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
    require_open(conversation)
    statement = _open_statement(conversation, statement_id)
    participant = join(conversation, code)
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


def require_open(conversation: Conversation) -> None:
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


def join(conversation: Conversation, code: str) -> Participant:
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
