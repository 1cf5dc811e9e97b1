"""Setting a statement aside for a colleague; nothing is decided by it."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from deliberation.actions import audit, conversations
from deliberation.errors import DeliberationError
from deliberation.models import Conversation, Statement


class NoFlag(DeliberationError):
    code = "no_flag"
    message = _("Statement %(number)d is not flagged any more.")
    http_status = 409


@transaction.atomic
def flag(
    *,
    conversation: Conversation,
    statement: Statement,
    note: str,
    by: User,
    now: datetime,
) -> Statement:
    """Flag it, with a note to colleagues; who flags it anew replaces the note.

    The flag stays until somebody decides on the statement, or takes it away.
    """
    found = _locked(conversation, statement)
    found.flagged_at, found.flagged_by, found.flag_note = now, by, note
    found.save(update_fields=["flagged_at", "flagged_by", "flag_note"])
    _record(conversation, "flags.flag", found, by, note=note)
    return found


@transaction.atomic
def unflag(*, conversation: Conversation, statement: Statement, by: User) -> Statement:
    """Raises NoFlag where there is none."""
    found = _locked(conversation, statement)
    if found.flagged_at is None:
        raise NoFlag(number=found.number)
    note = found.flag_note
    found.flagged_at, found.flagged_by, found.flag_note = None, None, ""
    found.save(update_fields=["flagged_at", "flagged_by", "flag_note"])
    _record(conversation, "flags.unflag", found, by, note=note)
    return found


def settle(statements: list[Statement]) -> None:
    """A decision answers the flags; inside its transaction."""
    pks = [one.pk for one in statements if one.flagged_at is not None]
    if pks:
        Statement.objects.filter(pk__in=pks).update(
            flagged_at=None, flagged_by=None, flag_note=""
        )


def _locked(conversation: Conversation, statement: Statement) -> Statement:
    conversations.lock(conversation)
    return Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)


def _record(
    conversation: Conversation, action: str, found: Statement, by: User, note: str
) -> None:
    audit.record(
        conversation=conversation,
        action=action,
        by=by,
        target=f"statement {found.number}",
        note=note,
    )
