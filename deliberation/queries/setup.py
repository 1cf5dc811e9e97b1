"""What is still missing before a conversation should open, and how it will look."""

from copy import copy
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from deliberation.models import (
    Conversation,
    ConversationTranslation,
    Moderator,
    Statement,
    Vote,
)
from deliberation.queries import decks

# Fewer give the first people nothing to agree and disagree on.
ENOUGH_SEEDS = 10
# Of the statements that a preview shows as cards.
SHOWN = 3


@dataclass(frozen=True)
class Readiness:
    """What those who set it up should know before they open it.

    n_seeds : statements that can be voted on
    untranslated : names of the languages whose question is not translated yet
    n_moderators : people who may decide on statements
    is_over : the end of its schedule has passed, so it cannot be opened
    """

    n_seeds: int
    has_description: bool
    has_policy: bool
    has_end: bool
    untranslated: tuple[str, ...]
    n_moderators: int
    is_over: bool

    @property
    def has_enough_seeds(self) -> bool:
        return self.n_seeds >= ENOUGH_SEEDS


def readiness(conversation: Conversation, now: datetime) -> Readiness:
    until = conversation.votes_until
    roles = (Moderator.Role.OWNER, Moderator.Role.MODERATOR)
    moderators = Moderator.objects.filter(conversation=conversation, role__in=roles)
    return Readiness(
        n_seeds=Statement.objects.shown(conversation).count(),
        has_description=bool(conversation.description),
        has_policy=bool(conversation.policy),
        has_end=until is not None,
        untranslated=_untranslated(conversation),
        n_moderators=moderators.count(),
        is_over=until is not None and until <= now,
    )


def is_voted_on(conversation: Conversation) -> bool:
    return Vote.objects.filter(conversation=conversation).exists()


def as_seen(conversation: Conversation, now: datetime) -> Conversation:
    """A copy as participants will see it, never to be saved: a draft as if open."""
    seen = copy(conversation)
    seen.has_constitution = False  # type: ignore[attr-defined]
    if seen.state == Conversation.State.DRAFT:
        seen.state = Conversation.State.OPEN
        seen.opened_at = conversation.opens_at or now
    return seen


def first_cards(conversation: Conversation) -> list[dict[str, object]]:
    """The first statements that can be voted on, as a page of cards knows them."""
    shown = list(decks.of(conversation).statements.items())[:SHOWN]
    return [
        {"statement": pk, "text": card.text, "language": card.language}
        for pk, card in shown
    ]


def _untranslated(conversation: Conversation) -> tuple[str, ...]:
    known = ConversationTranslation.objects.filter(conversation=conversation)
    done = set(known.values_list("language", flat=True)) | {conversation.language}
    names = dict(settings.LANGUAGES)
    missing = (code for code in conversation.languages if code not in done)
    return tuple(names.get(code, code) for code in missing)
