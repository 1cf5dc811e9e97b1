"""Folding: one statement leads, those that say the same point to it.

Votes stay on the statement that they were cast on; none is added to another's.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from deliberation import queries
from deliberation.actions import conversations, decisions, moderation
from deliberation.actions.decisions import Outcome
from deliberation.errors import DeliberationError
from deliberation.models import Conversation, Decision, Statement
from deliberation.queries.moderation import NoSuchStatement


class FoldedIntoItself(DeliberationError):
    code = "folded_into_itself"
    message = _(
        "Statement %(number)d leads here: it cannot be folded into itself. Take its"
        " mark away, or let another one lead."
    )
    http_status = 409


class CannotLead(DeliberationError):
    code = "cannot_lead"
    message = _(
        "Statement %(number)d cannot lead: it is rejected, folded into another one or"
        " replaced. Choose one that is shown or waits."
    )
    http_status = 409


class CannotBeFolded(DeliberationError):
    code = "cannot_be_folded"
    message = _(
        "Statement %(number)d was replaced by a better wording, so it cannot be folded."
        " Fold that one instead."
    )
    http_status = 409


class PerhapsOpposite(DeliberationError):
    """`numbers` of those that may deny what the leader says."""

    code = "perhaps_opposite"
    message = _(
        "Nothing was folded: statement %(number)d may say the opposite of statement"
        " %(into)d. Read both again, and confirm that they say the same."
    )
    http_status = 409

    def __init__(self, numbers: Collection[int], *, into: int) -> None:
        super().__init__(number=min(numbers), into=into)
        self.numbers = tuple(sorted(numbers))


@transaction.atomic
def fold(
    *,
    conversation: Conversation,
    statements: Sequence[Statement],
    into: Statement,
    by: User,
    now: datetime,
    seen: Mapping[int, int] | None = None,
    although_opposite: bool = False,
    batch: str = "",
) -> Outcome:
    """Reject the statements as duplicates of `into`, which then leads.

    What was folded into one of them before comes along, by the same decision, and goes
    back with it when that is taken back. Raises NoSuchStatement for one of another
    conversation, FoldedIntoItself, CannotLead, CannotBeFolded, and PerhapsOpposite
    unless `although_opposite`; then nothing is folded. `seen` and `batch` as for
    decisions.decide.
    """
    conversations.lock(conversation)
    leader = _leader(conversation, into)
    folded = _to_fold(conversation, statements, leader)
    followers = Statement.objects.filter(
        duplicate_of__in=folded, state=Statement.State.REJECTED
    ).exclude(pk__in=[statement.pk for statement in folded])
    folded += list(followers.order_by("number"))
    if not although_opposite:
        _require_no_opposite(conversation, folded, leader)
    return decisions.decide(
        conversation=conversation,
        statements=folded,
        kind=Decision.Kind.FOLD,
        to={
            "state": Statement.State.REJECTED.value,
            "reason": Statement.Reason.DUPLICATE.value,
            "reason_note": "",
            "duplicate_of_id": leader.pk,
        },
        by=by,
        now=now,
        seen=seen,
        other_number=leader.number,
        event="folding.fold",
        told={"into": leader.number},
        batch=batch,
    )


@transaction.atomic
def lead(
    *,
    conversation: Conversation,
    statements: Sequence[Statement],
    into: Statement,
    by: User,
    now: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Accept one, and fold the others into it: one batch, taken back at once.

    Where somebody has decided on `into` in the meantime, it is the clash, and nothing is
    folded. Raises as `fold` does.
    """
    accepted = moderation.accept(
        conversation=conversation, statements=[into], by=by, now=now, seen=seen
    )
    if accepted.clashes:
        return accepted
    folded = fold(
        conversation=conversation,
        statements=statements,
        into=into,
        by=by,
        now=now,
        seen=seen,
        batch=accepted.batch,
    )
    return Outcome(
        [*accepted.decisions, *folded.decisions], folded.unchanged, folded.clashes
    )


def _leader(conversation: Conversation, into: Statement) -> Statement:
    """As it is now: somebody may have decided on it since it was chosen."""
    mine = Statement.objects.select_for_update(of=("self",))
    leader = mine.filter(conversation=conversation, pk=into.pk).first()
    if leader is None:
        raise NoSuchStatement(number=into.number)
    if not queries.likeness.can_lead(leader):
        raise CannotLead(number=leader.number)
    return leader


def _to_fold(
    conversation: Conversation, statements: Sequence[Statement], leader: Statement
) -> list[Statement]:
    rows = Statement.objects.filter(conversation=conversation).in_bulk(
        [statement.pk for statement in statements]
    )
    for statement in statements:
        if statement.pk not in rows:
            raise NoSuchStatement(number=statement.number)
        if statement.pk == leader.pk:
            raise FoldedIntoItself(number=leader.number)
        if rows[statement.pk].state == Statement.State.REPLACED:
            raise CannotBeFolded(number=statement.number)
    return list(rows.values())


def _require_no_opposite(
    conversation: Conversation, folded: Sequence[Statement], leader: Statement
) -> None:
    opposite = {
        near.statement.pk
        for near in queries.likeness.opposites_of(conversation, leader)
    }
    if numbers := [row.number for row in folded if row.pk in opposite]:
        raise PerhapsOpposite(numbers, into=leader.number)
