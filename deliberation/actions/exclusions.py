"""Leaving people out of the count, with a reason, and taking them back in.

Nothing of theirs goes: their votes are kept, shown to themselves, and told in the log
of moderators. It is decided by a person, never by a sign.
"""

from collections.abc import Collection

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from deliberation.actions import analysis, audit, conversations
from deliberation.errors import DeliberationError
from deliberation.models import Conversation, Participant


class ParticipantsUnknown(DeliberationError):
    code = "participants_unknown"
    message = _("There is no participant %(number)d in this conversation.")
    http_status = 404

    def __init__(self, numbers: Collection[int]) -> None:
        super().__init__(number=min(numbers))
        self.numbers = frozenset(numbers)


class NobodyChosen(DeliberationError):
    code = "nobody_chosen"
    message = _("Choose at least one participant.")
    http_status = 422


class ReasonMissing(DeliberationError):
    code = "reason_missing"
    message = _("Say why: the reason is told to everybody, without names.")
    http_status = 422


def exclude(
    *,
    conversation: Conversation,
    participants: Collection[int],
    reason: str,
    by: User | None,
) -> int:
    """Leave people out of every analysis, by the id of their rows.

    Returns how many were counted until now; whoever is out already keeps the reason
    there was. Raises NobodyChosen, ReasonMissing, ParticipantsUnknown; then nobody is
    left out.
    """
    return _change(
        conversation, participants, reason, by, action="exclusions.exclude", out=True
    )


def restore(
    *,
    conversation: Conversation,
    participants: Collection[int],
    reason: str,
    by: User | None,
) -> int:
    """Count people again. Returns how many were out; raises as `exclude` does."""
    return _change(
        conversation, participants, reason, by, action="exclusions.restore", out=False
    )


def exclude_imported(
    *,
    conversation: Conversation,
    imported_numbers: Collection[int],
    reason: str,
    by: User | None,
) -> int:
    """As `exclude`, by the numbers that an export gave people."""
    people = Participant.objects.filter(
        conversation=conversation, imported_number__in=imported_numbers
    )
    ids = dict(people.values_list("imported_number", "pk"))
    if unknown := set(imported_numbers) - set(ids):
        raise ParticipantsUnknown(unknown)
    return exclude(
        conversation=conversation, participants=ids.values(), reason=reason, by=by
    )


@transaction.atomic
def _change(
    conversation: Conversation,
    participants: Collection[int],
    reason: str,
    by: User | None,
    *,
    action: str,
    out: bool,
) -> int:
    wanted = set(participants)
    if not wanted:
        raise NobodyChosen
    if not reason.strip():
        raise ReasonMissing
    conversations.lock(conversation)
    mine = Participant.objects.filter(conversation=conversation)
    known = dict(mine.filter(pk__in=wanted).values_list("pk", "is_excluded"))
    if unknown := wanted - set(known):
        raise ParticipantsUnknown(unknown)
    changing = sorted(pk for pk, is_out in known.items() if is_out is not out)
    if not changing:
        return 0
    before = mine.filter(is_excluded=False).count()
    mine.filter(pk__in=changing).update(
        is_excluded=out, exclusion_reason=reason.strip() if out else ""
    )
    audit.record(
        conversation=conversation,
        action=action,
        by=by,
        target=f"{len(changing)} participants",
        reason=reason.strip(),
        participants=changing,
        counted=[before, before - len(changing) if out else before + len(changing)],
    )
    analysis.count_anew(conversation)
    return len(changing)
