"""What a participant is shown next, how far she has come, and what she voted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page
from django.db import connection

from deliberation import routing
from deliberation.models import Choice, Conversation, Participant, Vote
from deliberation.queries import decks, paging

# So many cards a browser holds, so that the next one is there without waiting.
HAND = 5
VOTES_PER_PAGE = 30


@dataclass(frozen=True)
class Card:
    """A statement to vote on, and with what probability it was drawn.

    pk : of the statement
    translation : what moderators wrote for readers of `translation_language`, if they
        did
    n_candidates : among how many statements it was drawn
    """

    pk: int
    text: str
    language: str
    translation: str | None
    translation_language: str
    n_votes: int
    probability: float
    n_candidates: int


@dataclass(frozen=True)
class Progress:
    """goal : so many votes place a person well; fewer where fewer can be voted on."""

    n_voted: int
    n_left: int
    goal: int

    @property
    def n_all(self) -> int:
        return self.n_voted + self.n_left

    @property
    def has_reached_goal(self) -> bool:
        return 0 < self.goal <= self.n_voted


def participant(conversation: Conversation, code: str | None) -> Participant | None:
    if code is None:
        return None
    return Participant.objects.filter(conversation=conversation, code=code).first()


def is_known(slug: str, code: str) -> bool:
    """Whether somebody takes part in the conversation by this code already."""
    return Participant.objects.filter(conversation__slug=slug, code=code).exists()


@dataclass(frozen=True)
class Opened:
    """A conversation that anybody may enter.

    is_open : whether votes are taken; is_collecting : statements too
    """

    conversation_id: int
    is_open: bool
    is_collecting: bool
    revision: decks.Revision


# Written out: every first view asks it, and composing it costs more than running it.
_OPENED = """
SELECT c.id,
    c.state = 'open' AND (c.votes_until IS NULL OR c.votes_until > %s),
    c.collects_until IS NULL OR c.collects_until > %s,
    c.moderation_revision,
    (SELECT s.id FROM deliberation_statement s WHERE s.conversation_id = c.id
        ORDER BY s.id DESC LIMIT 1)
FROM deliberation_conversation c
WHERE c.slug = %s AND c.entry = 'anyone' AND c.state IN ('open', 'closed')
"""


def opened(slug: str, now: datetime) -> Opened | None:
    """None where it is not public, or for invited people only."""
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(_OPENED, [moment, moment, slug])
        row = cursor.fetchone()
    if row is None:
        return None
    pk, is_open, is_unended, n_decisions, newest = row
    is_collecting = bool(is_open and is_unended)
    return Opened(
        pk, bool(is_open), is_collecting, decks.Revision(n_decisions, newest or 0)
    )


def choices(participant: Participant | None) -> dict[int, int]:
    """All choices of hers that hold, by statement id."""
    if participant is None:
        return {}
    votes = Vote.objects.filter(participant=participant)
    return dict(votes.values_list("statement_id", "choice"))


# --- Cards ---------------------------------------------------------------------------


def dealt(
    deck: decks.Deck,
    votes: Mapping[int, int],
    held: Collection[int],
    language: str,
) -> list[Card]:
    """Cards that top up the hand of a browser.

    Drawn one after the other, without putting back: each has its own probability.

    votes : her choices by statement id
    held : ids of the statements whose cards it has already
    language : of the reader, for translations
    """
    seen = {*votes, *held}
    cards: list[Card] = []
    n_missing = HAND - len({pk for pk in held if pk not in votes})
    if n_missing <= 0:
        return cards
    audience = routing.audience(deck.group_of(votes), len(votes))
    weighed = deck.for_audience(audience)
    while len(cards) < n_missing and (drawn := routing.draw(weighed, seen)):
        cards.append(_card(deck, drawn, language))
        seen.add(drawn.statement_id)
    return cards


def _card(deck: decks.Deck, drawn: routing.Drawn, language: str) -> Card:
    shown = deck.statements[drawn.statement_id]
    return Card(
        pk=drawn.statement_id,
        text=shown.text,
        language=shown.language,
        translation=shown.translations.get(language)
        if language != shown.language
        else None,
        translation_language=language,
        n_votes=deck.n_votes.get(drawn.statement_id, 0),
        probability=drawn.probability,
        n_candidates=drawn.n_candidates,
    )


# --- Progress ------------------------------------------------------------------------


def progress(conversation: Conversation, participant: Participant | None) -> Progress:
    return reached(decks.of(conversation), choices(participant))


def reached(deck: decks.Deck, votes: Mapping[int, int]) -> Progress:
    """votes : her choices by statement id"""
    n_all = len(deck.statements)
    n_voted = sum(pk in deck.statements for pk in votes)
    return Progress(n_voted, n_all - n_voted, goal=min(deck.vote_goal, n_all))


# --- Both ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Turn:
    """What comes next for a person: how far she is, and the cards that she needs."""

    progress: Progress
    cards: list[Card]


def turn(
    conversation: Conversation,
    participant: Participant | None,
    held: Collection[int] = (),
    language: str = "",
) -> Turn:
    """Progress and hand at the cost of one of them."""
    deck, votes = decks.of(conversation), choices(participant)
    return next_turn(deck, votes, held if conversation.is_open else None, language)


def next_turn(
    deck: decks.Deck,
    votes: Mapping[int, int],
    held: Collection[int] | None,
    language: str,
) -> Turn:
    """held : None where no more cards are dealt"""
    cards = [] if held is None else dealt(deck, votes, held, language)
    return Turn(reached(deck, votes), cards)


# --- Her own votes -------------------------------------------------------------------


@dataclass(frozen=True)
class MyVote:
    """One of her votes. `can_change` while the statement is open to votes."""

    statement_id: int
    number: int
    text: str
    language: str
    choice: Choice
    cast_at: datetime
    key: str
    matters: bool
    reason: str
    can_change: bool


def my_votes(
    participant: Participant,
    search: str = "",
    page: int | str = 1,
    per_page: int = VOTES_PER_PAGE,
    choice: Choice | None = None,
) -> Page[MyVote]:
    """Newest first; `search` finds what a statement says, in any capitals.

    choice : only those that chose so
    """
    votes = Vote.objects.filter(participant=participant)
    if choice is not None:
        votes = votes.filter(choice=choice)
    if sought := search.strip().casefold():
        # Compared here: SQLite knows the capitals of English only.
        said = votes.values_list("pk", "statement__text")
        votes = votes.filter(
            pk__in=[pk for pk, text in said if sought in text.casefold()]
        )
    rows = votes.select_related("statement", "reason").order_by("-cast_at", "-id")
    conversation = participant.conversation
    deck = decks.of(conversation) if conversation.is_open else None
    return paging.told(rows, page, per_page, lambda vote: _my_vote(vote, deck))


def last_vote(conversation: Conversation, code: str | None) -> MyVote | None:
    """What she may want to undo, or to say more about."""
    if code is None:
        return None
    votes = Vote.objects.filter(
        participant__conversation=conversation, participant__code=code
    )
    newest = votes.select_related("statement", "reason").order_by("-cast_at", "-id")
    vote = newest.first()
    return _my_vote(vote, decks.of(conversation)) if vote else None


def _my_vote(vote: Vote, deck: decks.Deck | None) -> MyVote:
    reason = getattr(vote, "reason", None)
    return MyVote(
        statement_id=vote.statement_id,
        number=vote.statement.number,
        text=vote.statement.text,
        language=vote.statement.language,
        choice=Choice(vote.choice),
        cast_at=vote.cast_at,
        key=vote.client_key,
        matters=vote.matters,
        reason=reason.text if reason else "",
        can_change=deck is not None and vote.statement_id in deck.statements,
    )
