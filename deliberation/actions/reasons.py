"""By what rules a conversation is moderated, as those who own it write them."""

from collections.abc import Sequence
from typing import TypedDict

from django.contrib.auth.models import User
from django.db import transaction

from deliberation.actions import audit, conversations
from deliberation.models import Conversation


class Reason(TypedDict):
    code: str
    words: str
    is_offered: bool


@transaction.atomic
def change_policy(
    *,
    conversation: Conversation,
    policy: str,
    reasons: Sequence[Reason],
    by: User | None,
) -> bool:
    """Whether anything was changed. Decisions that were made keep their reasons."""
    locked = conversations.lock(conversation)
    wanted = {"policy": policy, "reasons": list(reasons)}
    changes = {
        name: [getattr(locked, name), value]
        for name, value in wanted.items()
        if getattr(locked, name) != value
    }
    if not changes:
        return False
    locked.policy, locked.reasons = policy, list(reasons)
    locked.save(update_fields=["policy", "reasons"])
    audit.record(
        conversation=locked, action="reasons.change_policy", by=by, changes=changes
    )
    return True
