"""Taking a vote back: a choice goes back to the one before, and a first one goes.

The keys of events are those of `actions/voting.py`; so is the lock.
"""

from datetime import datetime

from django.db import transaction

from deliberation.actions import analysis, voting
from deliberation.models import (
    Conversation,
    Participant,
    Statement,
    Vote,
    VoteReason,
    VoteRevision,
    WithdrawnVote,
)


@transaction.atomic
def undo_vote(
    *,
    conversation: Conversation,
    code: str,
    statement_id: int,
    now: datetime,
    vote_key: str = "",
) -> Vote | None:
    """Take a choice back and return the vote that holds now, None where none does.

    vote_key : of the choice that is meant; without one, the choice that holds now

    A changed vote goes back to its choice before, a first one goes. Undone twice, or
    meant for a choice that was changed since, it changes nothing. One that comes
    before its vote keeps that vote from being stored. Raises as `cast_vote` does, but
    for a statement that is not shown any more.
    """
    voting.require_invited(conversation, code)
    if vote_key and _is_withdrawn(conversation, code, statement_id, vote_key):
        return Vote.objects.filter(
            participant__conversation=conversation,
            participant__code=code,
            statement=statement_id,
        ).first()
    voting.require_open(conversation, now)
    statement = voting.statement_of(conversation, statement_id)
    participant = voting.join(conversation, code)
    vote = Vote.objects.filter(participant=participant, statement=statement).first()
    if vote_key and (vote is None or vote.client_key != vote_key):
        if not VoteRevision.objects.filter(vote=vote, client_key=vote_key).exists():
            _keep_withdrawn(participant, statement, vote_key, now)
        return vote
    if vote is None:
        return None
    _keep_withdrawn(participant, statement, vote.client_key, now)
    held = _back_to_the_choice_before(vote)
    analysis.count_anew(conversation)
    return held


def _is_withdrawn(
    conversation: Conversation, code: str, statement_id: int, key: str
) -> bool:
    return WithdrawnVote.objects.filter(
        participant__conversation=conversation,
        participant__code=code,
        statement=statement_id,
        client_key=key,
    ).exists()


def _keep_withdrawn(
    participant: Participant, statement: Statement, key: str, now: datetime
) -> None:
    known = {"participant": participant, "statement": statement, "client_key": key}
    WithdrawnVote.objects.get_or_create(**known, defaults={"withdrawn_at": now})


def _back_to_the_choice_before(vote: Vote) -> Vote | None:
    before = VoteRevision.objects.filter(vote=vote).order_by("id").last()
    if before is None:
        vote.delete()
        return None
    if vote.choice != before.choice:
        VoteReason.objects.filter(vote=vote).delete()
    vote.choice, vote.cast_at = before.choice, before.cast_at
    vote.client_key = before.client_key
    vote.revision -= 1
    vote.save(update_fields=["choice", "cast_at", "client_key", "revision"])
    before.delete()
    return vote
