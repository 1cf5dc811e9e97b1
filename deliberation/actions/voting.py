"""Casting a vote, which joins a newcomer first.

A browser names each event by a key of its own and sends it again until it hears an
answer. So the first question is always whether this key was heard before: then
nothing is stored and the answer says what holds now, whatever has been changed,
undone or closed in the meantime. Whatever is written here holds the participant's
row, so that one person's events come one after the other.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from deliberation import identity
from deliberation.actions import analysis
from deliberation.errors import DeliberationError
from deliberation.models import (
    Choice,
    Conversation,
    Participant,
    Statement,
    Vote,
    VoteReason,
    VoteRevision,
    WithdrawnVote,
)


class ConversationClosed(DeliberationError):
    code = "conversation_closed"
    message = _("This conversation is closed, so nothing more can be stored.")
    http_status = 409


class StatementNotOpen(DeliberationError):
    code = "statement_not_open"
    message = _("This statement is not open to votes, so your vote was not stored.")
    http_status = 409


class StatementFolded(StatementNotOpen):
    """Into the one that leads, which says the same."""

    code = "statement_folded"
    message = _(
        "This statement says the same as statement %(number)d, so only that one is open"
        " to votes. Your vote was not stored."
    )


class StatementNotFound(DeliberationError):
    code = "statement_not_found"
    message = _("There is no such statement in this conversation.")
    http_status = 404


class InvitationNeeded(DeliberationError):
    code = "invitation_needed"
    message = _(
        "Only people with an invitation take part in this conversation. Open the link"
        " that you were sent."
    )
    http_status = 403


# --- Voting --------------------------------------------------------------------------


@transaction.atomic
def cast_vote(
    *,
    conversation: Conversation,
    code: str,
    statement_id: int,
    choice: Choice,
    now: datetime,
    key: str = "",
    probability: float | None = None,
    n_candidates: int | None = None,
    network: str = "",
) -> Vote | None:
    """Store the choice and return the vote that holds now; None where it was undone.

    probability, n_candidates : of the draw that showed the statement, where known
    network : from which she joins, if she does (ratelimits.network_here)

    Another choice, or the same one by another key, replaces the one before, which
    becomes a VoteRevision. Without a key the same choice again changes nothing. A code
    that is new here joins. Raises InvitationNeeded, ConversationClosed,
    StatementNotFound, StatementNotOpen; then nothing is stored.
    """
    require_invited(conversation, code)
    if key and (heard := _heard(conversation, code, statement_id, key)):
        return heard.vote
    require_open(conversation, now)
    statement = _shown_statement(conversation, statement_id)
    participant = join(conversation, code, network=network)
    # While its row was waited for, the same event may have come in by another way.
    if key and (heard := _heard(conversation, code, statement_id, key)):
        return heard.vote
    vote, is_new = Vote.objects.get_or_create(
        participant=participant,
        statement=statement,
        defaults={
            "conversation": conversation,
            "choice": choice,
            "cast_at": now,
            "client_key": key,
            "probability": probability,
            "n_candidates": n_candidates,
        },
    )
    if not is_new and (key or vote.choice != choice):
        _change(vote, choice=choice, key=key, now=now)
    analysis.request_analysis(conversation=conversation)
    return vote


@dataclass(frozen=True)
class _Heard:
    """An event whose key is known, and the vote that holds now."""

    vote: Vote | None


def _heard(
    conversation: Conversation, code: str, statement_id: int, key: str
) -> _Heard | None:
    """Whether this person's event on this statement was stored or undone before."""
    person = {
        "participant__conversation": conversation,
        "participant__code": code,
        "statement": statement_id,
    }
    vote = Vote.objects.filter(**person).select_related("participant").first()
    is_known = (
        (vote is not None and vote.client_key == key)
        or VoteRevision.objects.filter(vote=vote, client_key=key).exists()
        or WithdrawnVote.objects.filter(**person, client_key=key).exists()
    )
    return _Heard(vote) if is_known else None


def require_open(conversation: Conversation, now: datetime) -> Conversation:
    """The row read anew: the one in hand may be older than its closing.

    Voting ends with the schedule, not with the worker that comes by.
    """
    current = Conversation.objects.filter(pk=conversation.pk).first()
    if current is None or not current.takes_votes(now):
        raise ConversationClosed
    return current


def require_invited(conversation: Conversation, code: str) -> None:
    by_link = conversation.entry == Conversation.Entry.LINK
    if by_link and not identity.is_invited(code):
        raise InvitationNeeded


def statement_of(conversation: Conversation, statement_id: int) -> Statement:
    mine = Statement.objects.filter(conversation=conversation, pk=statement_id)
    statement = mine.first()
    if statement is None:
        raise StatementNotFound
    return statement


def _shown_statement(conversation: Conversation, statement_id: int) -> Statement:
    statement = statement_of(conversation, statement_id)
    if not Statement.objects.shown(conversation).filter(pk=statement.pk).exists():
        if statement.duplicate_of:
            raise StatementFolded(number=statement.duplicate_of.number)
        raise StatementNotOpen
    return statement


def join(conversation: Conversation, code: str, *, network: str = "") -> Participant:
    """Her row, locked; a new one for a newcomer. Raises InvitationNeeded.

    network : from which a newcomer joins (ratelimits.network_here), where it is known
    """
    require_invited(conversation, code)
    # `no_key`: a statement of hers may point at the row meanwhile.
    participants = Participant.objects.select_for_update(no_key=True)
    participant, _is_new = participants.get_or_create(
        conversation=conversation, code=code, defaults={"network": network}
    )
    return participant


def _change(vote: Vote, *, choice: Choice, key: str, now: datetime) -> None:
    VoteRevision.objects.create(
        vote=vote, choice=vote.choice, cast_at=vote.cast_at, client_key=vote.client_key
    )
    if vote.choice != choice:
        # It said why she chose what she chose before.
        VoteReason.objects.filter(vote=vote).delete()
    vote.choice, vote.cast_at, vote.client_key = choice, now, key
    vote.revision += 1
    vote.save(update_fields=["choice", "cast_at", "client_key", "revision"])
