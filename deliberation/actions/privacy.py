"""Erasing a participant, at once and for good.

Her row goes, and with it her votes, what they were before, reasons, and what she took
back. Nothing is kept to know her by: whoever comes back with the same code is a
newcomer without a past. The arrays of the latest analysis, which know her by a number
alone, are replaced by the analysis that is asked for here.
"""

from dataclasses import dataclass

from django.db import transaction

from deliberation import queries
from deliberation.actions import analysis
from deliberation.models import (
    Appeal,
    Comparison,
    Conversation,
    Decision,
    Participant,
    ParticipationSign,
    Statement,
    StatementFingerprint,
    StatementTranslation,
    Vote,
    VoteReason,
    VoteRevision,
    WithdrawnVote,
    Wording,
)
from deliberation.models.statement import NO_WORDS


@dataclass(frozen=True)
class Erased:
    """How much of each went.

    n_kept : statements that stay, without an author
    n_deleted : statements that went whole, because nobody has been shown them yet
    n_emptied : statements whose words went
    """

    n_votes: int
    n_earlier: int
    n_reasons: int
    n_withdrawn: int
    n_kept: int
    n_deleted: int
    n_emptied: int


@transaction.atomic
def erase(
    *, conversation: Conversation, code: str, with_statements: bool
) -> Erased | None:
    """Erase who has this code here; None where nothing is held, as after the first time.

    with_statements : the words of her statements go too; without it they stay without
        an author

    Allowed in every state of a conversation. Holds her row first, so that a vote that
    is on its way is either erased or a newcomer's.
    """
    person = (
        Participant.objects.select_for_update()
        .filter(conversation=conversation, code=code)
        .first()
    )
    if person is None:
        return None
    votes = Vote.objects.filter(participant=person)
    n_votes = votes.count()
    n_earlier = VoteRevision.objects.filter(vote__in=votes).count()
    n_reasons = VoteReason.objects.filter(vote__in=votes).count()
    n_withdrawn = WithdrawnVote.objects.filter(participant=person).count()
    n_kept = n_deleted = n_emptied = 0
    # That she objected stays with the decision; what she wrote is hers.
    Appeal.objects.filter(statement__author=person).update(text="")
    if with_statements:
        n_deleted, n_emptied = _take_back_statements(person)
    else:
        n_kept = Statement.objects.filter(author=person).update(author=None)
    _leave_looks(person)
    person.delete()
    analysis.count_anew(conversation)
    return Erased(
        n_votes, n_earlier, n_reasons, n_withdrawn, n_kept, n_deleted, n_emptied
    )


def _leave_looks(person: Participant) -> None:
    """Her number, in what was noticed of others and in what moderators compared."""
    ParticipationSign.objects.filter(
        conversation=person.conversation_id, evidence__like=person.pk
    ).delete()
    mine = Comparison.objects.select_for_update(no_key=True)
    for comparison in mine.filter(conversation=person.conversation_id).order_by("id"):
        if person.pk in comparison.participants:
            comparison.participants.remove(person.pk)
            comparison.save(update_fields=["participants"])


def _take_back_statements(person: Participant) -> tuple[int, int]:
    """How many were deleted, and of how many the words were removed."""
    # Not `no_key`: a vote that is on its way is waited for, the next one waits for us.
    mine = Statement.objects.select_for_update().filter(author=person).order_by("id")
    n_deleted = n_emptied = 0
    for statement in mine:
        if _is_unseen(statement, person):
            statement.delete()
            n_deleted += 1
        else:
            _empty(statement)
            n_emptied += 1
    return n_deleted, n_emptied


def _is_unseen(statement: Statement, person: Participant) -> bool:
    """Nobody else votes on it or has, and no line of the log speaks of its number."""
    others = Vote.objects.filter(statement=statement).exclude(participant=person)
    is_shown = queries.statements.is_shown(person.conversation, statement.state)
    # One whose decision was taken back waits again, and the log tells of it.
    decided = Decision.objects.filter(statement=statement)
    is_known = statement.decided_at is not None or decided.exists()
    return not is_known and not is_shown and not others.exists()


def _empty(statement: Statement) -> None:
    statement.text, statement.author = NO_WORDS, None
    statement.state = Statement.State.REJECTED
    statement.reason, statement.reason_note = Statement.Reason.PERSONAL, ""
    statement.decided_at = statement.decided_by = None
    # A moderator who has the old words before her is told.
    statement.revision += 1
    statement.save()
    StatementTranslation.objects.filter(statement=statement).delete()
    StatementFingerprint.objects.filter(statement=statement).delete()
    Wording.objects.filter(statement=statement).delete()
