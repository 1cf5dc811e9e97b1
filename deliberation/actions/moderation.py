"""What moderators decide about statements and who is counted."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from deliberation.actions import (
    decisions,
    flags,
)
from deliberation.actions.decisions import Outcome
from deliberation.errors import DeliberationError
from deliberation.models import Conversation, Decision, Statement


class Replaced(DeliberationError):
    code = "statement_replaced"
    message = _(
        "Statement %(number)d was replaced by a better wording: decide on that one."
    )
    http_status = 409


@transaction.atomic
def accept(
    *,
    conversation: Conversation,
    statements: Sequence[Statement],
    by: User,
    now: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Show the statements; `seen` as for decisions.decide. Flags are answered by it."""
    _refuse_replaced(statements, seen)
    outcome = decisions.decide(
        conversation=conversation,
        statements=statements,
        kind=Decision.Kind.ACCEPT,
        to=_as(Statement.State.ACCEPTED),
        by=by,
        now=now,
        seen=seen,
    )
    flags.settle([made.statement for made in outcome.decisions])
    return outcome


@transaction.atomic
def reject(
    *,
    conversation: Conversation,
    statements: Sequence[Statement],
    reason: str,
    note: str,
    by: User,
    now: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Hide the statements, for a reason their authors can be told. Flags are answered
    by it."""
    _refuse_replaced(statements, seen)
    outcome = decisions.decide(
        conversation=conversation,
        statements=statements,
        kind=Decision.Kind.REJECT,
        to=_as(Statement.State.REJECTED, reason=reason, note=note),
        by=by,
        now=now,
        seen=seen,
        note=note,
    )
    flags.settle([made.statement for made in outcome.decisions])
    return outcome


def mark_meta(
    *,
    conversation: Conversation,
    statements: Sequence[Statement],
    is_meta: bool,
    by: User,
    now: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """About the people who take part (their age, their place), or not: asked all the
    same, but no part of the map."""
    return decisions.decide(
        conversation=conversation,
        statements=statements,
        kind=Decision.Kind.META if is_meta else Decision.Kind.NOT_META,
        to={"is_meta": is_meta},
        by=by,
        now=now,
        seen=seen,
    )


def _refuse_replaced(
    statements: Sequence[Statement], seen: Mapping[int, int] | None
) -> None:
    """What was replaced since it was looked at is a clash instead."""
    for one in statements:
        is_known = (seen or {}).get(one.pk, one.revision) == one.revision
        if one.state == Statement.State.REPLACED and is_known:
            raise Replaced(number=one.number)


def _as(state: Statement.State, reason: str = "", note: str = "") -> decisions.Values:
    """What else a state says; a statement that was folded leaves its leader."""
    return {
        "state": state.value,
        "reason": reason,
        "reason_note": note,
        "duplicate_of_id": None,
    }
