"""What those who asked for news are still to be told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from deliberation.models import ConstitutionVersion, Conversation, Subscription
from deliberation.queries import translations

# In Subscription.told: the answer to somebody who asks for news.
ANSWER = "answer"
CLOSED = "closed"
VERSION = "version "


@dataclass(frozen=True)
class Event:
    """Something to tell, by the name under which Subscription.told remembers it.

    number : of the published version; None for the close
    """

    name: str
    happened_at: datetime
    number: int | None = None


def events(conversation: Conversation) -> list[Event]:
    """What has happened here, oldest first; the close only while it is closed."""
    versions = ConstitutionVersion.objects.filter(
        constitution__conversation=conversation, number__isnull=False
    ).values_list("number", "published_at")
    found = [Event(f"{VERSION}{number}", at, number) for number, at in versions if at]
    if conversation.closed_at and not conversation.is_open:
        found.append(Event(CLOSED, conversation.closed_at))
    return sorted(found, key=lambda event: (event.happened_at, event.name))


def untold(subscription: Subscription, happened: list[Event]) -> list[Event]:
    """What came after somebody asked, to those who confirmed."""
    if subscription.confirmed_at is None:
        return []
    return [
        event
        for event in happened
        if event.happened_at >= subscription.asked_at
        and event.name not in subscription.told
    ]


def due(conversation: Conversation, *, after: int = 0) -> Iterator[int]:
    """Ids above `after` of subscriptions to which a mail is due, in order."""
    happened = events(conversation)
    rows = Subscription.objects.filter(conversation=conversation, pk__gt=after)
    # Compared here: SQLite cannot look into a list.
    for row in rows.order_by("pk").iterator():
        if ANSWER not in row.told or untold(row, happened):
            yield row.pk


def by_token(conversation: Conversation, token: str) -> Subscription | None:
    mine = Subscription.objects.filter(conversation=conversation, token=token)
    return mine.first()


def question(conversation: Conversation, language: str) -> str:
    """What people are asked, in a reader's language where moderators translated it."""
    translated = translations.of_conversation(conversation, language)
    return translated.question if translated else conversation.question


def with_subscriptions() -> list[int]:
    """Ids of conversations of which somebody wants to hear."""
    ids = Subscription.objects.values_list("conversation_id", flat=True)
    return list(ids.distinct().order_by("conversation_id"))
