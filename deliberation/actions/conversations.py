"""Creating, opening and closing a conversation."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from deliberation.actions import analysis, audit, news
from deliberation.errors import DeliberationError
from deliberation.models import Conversation, Moderator


class SlugTaken(DeliberationError):
    code = "slug_taken"
    message = _("There is a conversation at the address “%(slug)s” already.")
    http_status = 409


class WrongState(DeliberationError):
    code = "wrong_state"
    message = _(
        "The state of this conversation is “%(state)s”, so this cannot be done."
    )
    http_status = 409


class ScheduleOver(DeliberationError):
    code = "schedule_over"
    message = _(
        "By its schedule, voting is over. Set a later end first; then it can be opened."
    )
    http_status = 409


@transaction.atomic
def create(
    *,
    slug: str,
    question: str,
    by: User | None,
    description: str = "",
    language: str = "en",
    moderation: str = Conversation.Moderation.BEFORE,
) -> Conversation:
    """A draft, owned by `by` (None: an operator). Raises SlugTaken."""
    try:
        with transaction.atomic():
            conversation = Conversation.objects.create(
                slug=slug,
                question=question,
                description=description,
                language=language,
                moderation=moderation,
            )
    except IntegrityError as error:
        raise SlugTaken(slug=slug) from error
    if by is not None:
        Moderator.objects.create(
            conversation=conversation, user=by, role=Moderator.Role.OWNER
        )
    audit.record(conversation=conversation, action="conversations.create", by=by)
    return conversation


def open_conversation(
    *,
    conversation: Conversation,
    by: User | None,
    now: datetime,
    is_scheduled: bool = False,
) -> Conversation:
    """From draft or closed to open. Raises WrongState, ScheduleOver.

    `by` is None for an operator, and for the schedule.
    """
    return _change_state(
        conversation,
        is_scheduled=is_scheduled,
        to=Conversation.State.OPEN,
        allowed={Conversation.State.DRAFT, Conversation.State.CLOSED},
        by=by,
        opened_at=now,
        closed_at=None,
    )


def close_conversation(
    *,
    conversation: Conversation,
    by: User | None,
    now: datetime,
    is_scheduled: bool = False,
) -> Conversation:
    """From open to closed: no more votes, the results stay. Raises WrongState.

    `by` is None for an operator, and for the schedule.
    """
    return _change_state(
        conversation,
        is_scheduled=is_scheduled,
        to=Conversation.State.CLOSED,
        allowed={Conversation.State.OPEN},
        by=by,
        closed_at=now,
    )


@transaction.atomic
def archive(*, conversation: Conversation, by: User | None) -> Conversation:
    """Out of sight for all but those who run it; nothing goes. Raises WrongState.

    One that is open is closed first.
    """
    allowed = {Conversation.State.DRAFT, Conversation.State.CLOSED}
    locked, before = _locked(conversation, allowed)
    return _moved(locked, Conversation.State.ARCHIVED, "archive", by, before)


@transaction.atomic
def restore(*, conversation: Conversation, by: User | None) -> Conversation:
    """Back from the archive, as it was before: a draft, or closed. Raises WrongState."""
    locked, before = _locked(conversation, {Conversation.State.ARCHIVED})
    was_open = locked.opened_at is not None
    back = Conversation.State.CLOSED if was_open else Conversation.State.DRAFT
    return _moved(locked, back, "restore", by, before)


def lock(conversation: Conversation) -> Conversation:
    """The row as it is now, held to the transaction's end; votes may go on."""
    return Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)


@transaction.atomic
def _change_state(
    conversation: Conversation,
    *,
    to: Conversation.State,
    allowed: set[Conversation.State],
    by: User | None,
    is_scheduled: bool,
    **times: datetime | None,
) -> Conversation:
    """One change at a time; a vote that is on its way when it happens still counts."""
    locked, before = _locked(conversation, allowed)
    until, opened_at = locked.votes_until, times.get("opened_at")
    if opened_at and until and until <= opened_at:
        raise ScheduleOver
    for field, value in times.items():
        setattr(locked, field, value)
    locked.save(update_fields=[*times])
    details = {"scheduled": True} if is_scheduled else {}
    _moved(locked, to, to, by, before, **details)
    analysis.request_analysis(conversation=locked)
    news.request_news(conversation=locked)
    return locked


def _locked(
    conversation: Conversation, allowed: set[Conversation.State]
) -> tuple[Conversation, str]:
    """The row as it is now, and its state. Raises WrongState."""
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if locked.state not in allowed:
        raise WrongState(state=locked.get_state_display())
    return locked, locked.state


def _moved(
    locked: Conversation,
    to: Conversation.State,
    name: str,
    by: User | None,
    before: str,
    **details: Any,
) -> Conversation:
    locked.state = to
    locked.save(update_fields=["state"])
    audit.record(
        conversation=locked,
        action=f"conversations.{name}",
        by=by,
        before=before,
        **details,
    )
    return locked
