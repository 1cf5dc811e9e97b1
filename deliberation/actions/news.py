"""Telling those who asked for it, by e-mail, what comes of a conversation.

Nothing is sent but one answer before the address is confirmed. What was told is
remembered with each subscription when the mail server has taken it, so that a message
that is lost, a worker that dies or a mail server that is away costs nothing but time:
the sweeper finds what is still due.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
)

from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from redis.exceptions import RedisError

from deliberation import letters, queries
from deliberation.actions import messages
from deliberation.errors import DeliberationError
from deliberation.models import Conversation, Subscription
from deliberation.queries.news import ANSWER, Event

logger = logging.getLogger(__name__)

# An address that is not confirmed is forgotten after so long.
WAITS = timedelta(days=3)
# The worker has analyses to do: so many people at once, then the others may.
AT_ONCE = 50
# Above the longest that a mail server is waited for (EMAIL_TIMEOUT) with a few mails.
TELLING_SECONDS = 120


class LinkUnknown(DeliberationError):
    code = "link_unknown"
    message = _(
        "This link is not known any more. If you want news of the conversation, ask"
        " again."
    )
    http_status = 404


# --- What people do ------------------------------------------------------------------


@transaction.atomic
def subscribe(
    *, conversation: Conversation, email: str, language: str, now: datetime
) -> None:
    """Note the address and have a mail sent to it, whether or not it was known.

    email : in small letters
    language : in which she reads; whoever has confirmed keeps the one of then

    What the caller can see is the same in each case.
    """
    subscription, is_new = Subscription.objects.select_for_update().get_or_create(
        conversation=conversation,
        email=email,
        defaults={"language": language, "asked_at": now},
    )
    if not is_new:
        if subscription.confirmed_at is None:
            subscription.asked_at, subscription.language = now, language
        subscription.told = [name for name in subscription.told if name != ANSWER]
        subscription.save(update_fields=["asked_at", "language", "told"])
    request_news(conversation=conversation)


@transaction.atomic
def confirm(*, conversation: Conversation, token: str, now: datetime) -> Subscription:
    """From here on she is told. Done twice it changes nothing. Raises LinkUnknown."""
    mine = Subscription.objects.select_for_update().filter(conversation=conversation)
    subscription = mine.filter(token=token).first()
    if subscription is None:
        raise LinkUnknown
    if subscription.confirmed_at is None:
        subscription.confirmed_at = now
        subscription.save(update_fields=["confirmed_at"])
        request_news(conversation=conversation)
    return subscription


def leave(*, slug: str, token: str) -> None:
    """Forget the address, whatever became of the conversation; done twice as well."""
    Subscription.objects.filter(conversation__slug=slug, token=token).delete()


# --- What is sent --------------------------------------------------------------------


def request_news(*, conversation: Conversation) -> None:
    """Have what is due sent soon; called by whatever is worth telling."""
    transaction.on_commit(partial(messages.ask_for_news, conversation.pk))


def sweep() -> None:
    """Ask anew for every conversation that owes somebody a mail."""
    for conversation_id in queries.news.with_subscriptions():
        conversation = Conversation.objects.get(pk=conversation_id)
        if next(queries.news.due(conversation), None) is not None:
            messages.ask_for_news(conversation_id)


def drop_unconfirmed() -> int:
    """Forget the addresses that nobody has confirmed in time; returns how many."""
    waiting = Subscription.objects.filter(
        confirmed_at=None, asked_at__lt=timezone.now() - WAITS
    )
    n_dropped, _by_model = waiting.delete()
    return n_dropped


def send_due(*, conversation_id: int, after: int = 0) -> None:
    """Send what is due to the next people, by id after `after`; ask for the others.

    Where the mail server is away nothing more is tried: the sweeper comes by.
    """
    conversation = Conversation.objects.get(pk=conversation_id)
    connection, n_tried = mail.get_connection(), 0
    try:
        for pk in queries.news.due(conversation, after=after):
            if n_tried == AT_ONCE:
                messages.ask_for_news(conversation_id, after=after)
                return
            with _alone(pk) as is_alone:
                if is_alone:
                    _tell(pk, connection)
            after, n_tried = pk, n_tried + 1
    except (SMTPException, OSError, RedisError) as error:
        # Never the error's own words: they may hold an address.
        logger.warning(
            "news of conversation %d wait for the sweeper: %s",
            conversation_id,
            type(error).__name__,
        )
    finally:
        connection.close()


@contextmanager
def _alone(pk: int) -> Iterator[bool]:
    """Whether no other worker writes to this person: no row is locked meanwhile."""
    key = f"news-telling:{pk}"
    is_alone = cache.add(key, True, timeout=TELLING_SECONDS)
    try:
        yield is_alone
    finally:
        if is_alone:
            cache.delete(key)


def _tell(pk: int, connection: BaseEmailBackend) -> None:
    """Each mail that is due, remembered one by one. Raises what the server raises."""
    subscription = Subscription.objects.select_related("conversation").get(pk=pk)
    happened = queries.news.events(subscription.conversation)
    with translation.override(subscription.language):
        reader = _reader(subscription)
        if ANSWER not in subscription.told:
            is_known = subscription.confirmed_at is not None
            made = letters.already if is_known else letters.confirmation
            _send(subscription, ANSWER, reader, made(reader), connection)
        for event in queries.news.untold(subscription, happened):
            _send(subscription, event.name, reader, _letter(reader, event), connection)


def _letter(reader: letters.Reader, event: Event) -> letters.Letter:
    if event.number is None:
        return letters.closed(reader)
    return letters.published(reader, event.number)


def _send(
    subscription: Subscription,
    name: str,
    reader: letters.Reader,
    letter: letters.Letter,
    connection: BaseEmailBackend,
) -> None:
    """A server that refuses this mail for now is asked again later, for good never."""
    try:
        letters.message(reader, letter, connection).send()
    except (SMTPRecipientsRefused, SMTPDataError) as error:
        if not _is_for_good(error):
            return
        logger.warning("a mail to subscription %d was refused", subscription.pk)
    _remember(subscription.pk, name)


def _is_for_good(error: SMTPRecipientsRefused | SMTPDataError) -> bool:
    if isinstance(error, SMTPDataError):
        return error.smtp_code >= 500
    return all(code >= 500 for code, _said in error.recipients.values())


@transaction.atomic
def _remember(pk: int, name: str) -> None:
    """She may have left, or asked again, while the mail went out."""
    current = Subscription.objects.select_for_update().filter(pk=pk).first()
    if current is not None and name not in current.told:
        current.told = [*current.told, name]
        current.save(update_fields=["told"])


def _reader(subscription: Subscription) -> letters.Reader:
    conversation = subscription.conversation
    return letters.Reader(
        email=subscription.email,
        language=subscription.language,
        token=subscription.token,
        slug=conversation.slug,
        question=queries.news.question(conversation, subscription.language),
    )
