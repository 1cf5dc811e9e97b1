"""The schedule at work: what is due is opened and closed, by nobody in particular."""

import logging
from collections.abc import Callable
from datetime import datetime

from deliberation.actions import conversations
from deliberation.errors import DeliberationError
from deliberation.models import Conversation

logger = logging.getLogger(__name__)
State = Conversation.State


def sweep(*, now: datetime) -> None:
    """Open the drafts whose time has come, close what is over. Done twice, once.

    What somebody else opens, closes or archives meanwhile is left to her.
    """
    # First what is over: a draft whose whole schedule has passed is never opened.
    over = Conversation.objects.filter(state=State.OPEN, votes_until__lte=now)
    for conversation in over.order_by("id"):
        _try(conversations.close_conversation, conversation, now)
    due = Conversation.objects.filter(state=State.DRAFT, opens_at__lte=now)
    for conversation in due.exclude(votes_until__lte=now).order_by("id"):
        _try(conversations.open_conversation, conversation, now)


def _try(
    act: Callable[..., Conversation], conversation: Conversation, now: datetime
) -> None:
    """One that is refused keeps no other from its time."""
    try:
        act(conversation=conversation, by=None, now=now, is_scheduled=True)
    except DeliberationError as error:
        logger.info("schedule of conversation %d: %s", conversation.pk, error.code)
