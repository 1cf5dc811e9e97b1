"""What moderators decide about statements and who is counted."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from deliberation import queries
from deliberation.actions import (
    analysis,
    audit,
    conversations,
    fingerprints,
    statements,
)
from deliberation.errors import DeliberationError
from deliberation.models import Conversation, Participant, Statement


class SeedsRepeated(DeliberationError):
    """`positions` tells which of the texts given, counted from 0."""

    code = "seeds_repeated"
    message = ngettext_lazy(
        "Nothing was added: %(n)d of these statements is in the conversation"
        " already, or is given twice.",
        "Nothing was added: %(n)d of these statements are in the conversation"
        " already, or are given twice.",
        "n",
    )
    http_status = 409

    def __init__(self, positions: Sequence[int]) -> None:
        super().__init__(n=len(positions))
        self.positions = tuple(positions)


class ParticipantsUnknown(DeliberationError):
    code = "participants_unknown"
    message = _("There is no participant %(number)d in this conversation.")
    http_status = 404

    def __init__(self, numbers: Collection[int]) -> None:
        super().__init__(number=min(numbers))
        self.numbers = frozenset(numbers)


def accept(*, statement: Statement, by: User, now: datetime) -> Statement:
    """Show the statement. Accepted already, it stays as it is (`decided_at` too)."""
    return _decide(statement, to=Statement.State.ACCEPTED, by=by, now=now)


def reject(
    *, statement: Statement, reason: str, note: str, by: User, now: datetime
) -> Statement:
    """Hide the statement, for a reason its author can be told.

    Rejected already for the very reason, it stays as it is (`decided_at` too).
    """
    return _decide(
        statement, to=Statement.State.REJECTED, by=by, now=now, reason=reason, note=note
    )


@transaction.atomic
def _decide(
    statement: Statement,
    *,
    to: Statement.State,
    by: User,
    now: datetime,
    reason: str = "",
    note: str = "",
) -> Statement:
    # In the order of an author who rewords: neither waits for the other for ever.
    conversation = conversations.lock(statement.conversation)
    locked = Statement.objects.select_for_update().get(pk=statement.pk)
    decision = (to, reason, note)
    if decision == (locked.state, locked.reason, locked.reason_note):
        return locked
    before = locked.state
    locked.state, locked.reason, locked.reason_note = decision
    locked.decided_at, locked.decided_by = now, by
    locked.save(
        update_fields=["state", "reason", "reason_note", "decided_at", "decided_by"]
    )
    audit.record(
        conversation=conversation,
        action="moderation.accept" if to == "accepted" else "moderation.reject",
        by=by,
        target=f"statement {locked.number}",
        before=before,
        **({"reason": reason, "note": note} if reason else {}),
    )
    is_shown = queries.statements.is_shown
    if is_shown(conversation, before) != is_shown(conversation, to):
        analysis.count_anew(conversation)
    return locked


@transaction.atomic
def add_seeds(
    *,
    conversation: Conversation,
    texts: Sequence[str],
    language: str,
    by: User | None,
    now: datetime,
) -> list[Statement]:
    """Add the organisers' own statements, shown at once; all of them or none.

    `by` is None for an operator. Raises SeedsRepeated.
    """
    conversations.lock(conversation)
    if repeated := _repeated(conversation, texts):
        raise SeedsRepeated(repeated)
    first = statements.next_number(conversation)
    seeds = Statement.objects.bulk_create(
        _seed(conversation, number, text, language, by, now)
        for number, text in enumerate(texts, first)
    )
    numbers = [seed.number for seed in seeds]
    audit.record(
        conversation=conversation,
        action="moderation.add_seeds",
        by=by,
        target=f"{len(seeds)} statements",
        numbers=numbers,
    )
    fingerprints.request_fingerprints(conversation=conversation)
    analysis.count_anew(conversation)
    return seeds


def _seed(
    conversation: Conversation,
    number: int,
    text: str,
    language: str,
    by: User | None,
    now: datetime,
) -> Statement:
    return Statement(
        conversation=conversation,
        number=number,
        text=text,
        language=language,
        state=Statement.State.ACCEPTED,
        is_seed=True,
        created_at=now,
        decided_at=now if by else None,
        decided_by=by,
    )


@transaction.atomic
def exclude_participants(
    *,
    conversation: Conversation,
    imported_numbers: Collection[int],
    reason: str,
    by: User | None,
) -> int:
    """Leave people out of every analysis, by the number their export gave them.

    Their votes are kept. Returns how many were counted until now. Raises
    ParticipantsUnknown; then nobody is left out.
    """
    conversations.lock(conversation)
    people = Participant.objects.filter(
        conversation=conversation, imported_number__in=imported_numbers
    )
    known = set(people.values_list("imported_number", flat=True))
    if unknown := set(imported_numbers) - known:
        raise ParticipantsUnknown(unknown)
    n_newly = people.filter(is_excluded=False).update(is_excluded=True)
    if n_newly:
        audit.record(
            conversation=conversation,
            action="moderation.exclude_participants",
            by=by,
            target=f"{n_newly} participants",
            reason=reason,
            imported_numbers=sorted(imported_numbers),
        )
        analysis.count_anew(conversation)
    return n_newly


def _repeated(conversation: Conversation, texts: Sequence[str]) -> list[int]:
    """Positions of texts that are said already, capitals aside."""
    mine = Statement.objects.filter(conversation=conversation)
    said = {text.casefold() for text in mine.values_list("text", flat=True)}
    repeated = []
    for position, text in enumerate(texts):
        if text.casefold() in said:
            repeated.append(position)
        said.add(text.casefold())
    return repeated
