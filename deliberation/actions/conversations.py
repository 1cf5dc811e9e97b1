"""Creating, opening and closing a conversation."""

from datetime import datetime

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


@transaction.atomic
def add_moderator(
    *, conversation: Conversation, user: User, role: str, by: User | None
) -> Moderator:
    """Let `user` run the conversation; changes the role of one who does already."""
    moderator, _created = Moderator.objects.update_or_create(
        conversation=conversation, user=user, defaults={"role": role}
    )
    audit.record(
        conversation=conversation,
        action="conversations.add_moderator",
        by=by,
        target=f"user {user.pk}",
        role=role,
    )
    return moderator


def open_conversation(
    *, conversation: Conversation, by: User | None, now: datetime
) -> Conversation:
    """From draft or closed to open. Raises WrongState."""
    return _change_state(
        conversation,
        to=Conversation.State.OPEN,
        allowed={Conversation.State.DRAFT, Conversation.State.CLOSED},
        by=by,
        opened_at=now,
        closed_at=None,
    )


def close_conversation(
    *, conversation: Conversation, by: User | None, now: datetime
) -> Conversation:
    """From open to closed: no more votes, the results stay. Raises WrongState."""
    return _change_state(
        conversation,
        to=Conversation.State.CLOSED,
        allowed={Conversation.State.OPEN},
        by=by,
        closed_at=now,
    )


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
    **times: datetime | None,
) -> Conversation:
    """One change at a time; a vote that is on its way when it happens still counts."""
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if locked.state not in allowed:
        raise WrongState(state=locked.get_state_display())
    before, locked.state = locked.state, to
    for field, value in times.items():
        setattr(locked, field, value)
    locked.save(update_fields=["state", *times])
    audit.record(
        conversation=locked, action=f"conversations.{to}", by=by, before=before
    )
    analysis.request_analysis(conversation=locked)
    news.request_news(conversation=locked)
    return locked
