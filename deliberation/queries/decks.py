"""All shown statements of a conversation with what routing weighs them by.

Each process keeps a deck of every conversation it serves, because nothing in it is
about a person. What is shown holds at once: a deck of another `revision` is never
dealt from. Counts, figures of the analysis and translations may be seconds old.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from threading import Lock

from django.db.models import Count, Max, OuterRef, Subquery

from deliberation import routing
from deliberation.models import (
    AnalysisRun,
    Conversation,
    Statement,
    StatementResult,
    StatementTranslation,
    Vote,
)
from deliberation.queries import analysis, opinion_map
from deliberation.queries.opinion_map import Place

# A deck is made anew after so many seconds ...
LASTS_SECONDS = 2.0
# ... or after so many times what making it took, where that is longer.
LASTS_TIMES = 100
# Votes are counted one by one up to so many; above, the last analysis has counted.
COUNTED_VOTES = 200_000
# So many conversations stay in memory.
KEPT = 64
# Of a conversation, from an index.
NEWEST = Subquery(
    Statement.objects.filter(conversation=OuterRef("pk"))
    .order_by("-id")
    .values("id")[:1]
)


@dataclass(frozen=True)
class Revision:
    """Of what is shown: the moderators' decisions, and the newest statement."""

    n_decisions: int
    newest: int


@dataclass(frozen=True)
class Shown:
    text: str
    language: str
    translations: Mapping[str, str]


@dataclass(frozen=True)
class Deck:
    revision: Revision
    signature: tuple[object, ...]
    vote_goal: int
    statements: dict[int, Shown]
    n_votes: dict[int, int]
    stored: dict[int, routing.Stored]
    places: dict[int, Place]
    damping: float
    groups: list[tuple[str, float, float]]
    made_at: float
    lasts: float
    weighed: dict[str | None, routing.Deck] = field(default_factory=dict)

    def for_audience(self, audience: str | None) -> routing.Deck:
        """Weighed once for all people of a group."""
        if audience not in self.weighed:
            self.weighed[audience] = routing.deck(self.stored, self.n_votes, audience)
        return self.weighed[audience]

    def group_of(self, votes: Mapping[int, int]) -> str | None:
        """The group whose centre is nearest to where these votes place a person.

        votes : choice by statement id; None without groups, or before a side is taken
        """
        if not self.groups:
            return None
        place = placed(self, votes)
        if place is None:
            return None
        x, y = place
        return min(
            self.groups, key=lambda group: (group[1] - x) ** 2 + (group[2] - y) ** 2
        )[0]


_decks: dict[int, Deck] = {}
_lock = Lock()


def of(conversation: Conversation) -> Deck:
    """The deck as it is now; `conversation` may be older."""
    return of_revision(conversation.pk, revision(conversation.pk))


def of_revision(conversation_id: int, revision: Revision) -> Deck:
    """The deck of a revision that was just read: mostly the one in memory."""
    deck = _decks.get(conversation_id)
    if deck and deck.revision == revision:
        if time.monotonic() < deck.made_at + deck.lasts:
            return deck
        # One makes it anew; whoever comes meanwhile still has the old one.
        if not _lock.acquire(blocking=False):
            return deck
    else:
        _lock.acquire()
    try:
        return _keep(conversation_id, _renewed(conversation_id, deck))
    finally:
        _lock.release()


def revision(conversation_id: int) -> Revision:
    n_decisions, newest = (
        Conversation.objects.filter(pk=conversation_id)
        .annotate(newest=NEWEST)
        .values_list("moderation_revision", "newest")
        .get()
    )
    return Revision(n_decisions, newest or 0)


def forget() -> None:
    """Whatever comes next is read from the database."""
    _decks.clear()


def _keep(conversation_id: int, deck: Deck) -> Deck:
    _decks.pop(conversation_id, None)
    while len(_decks) >= KEPT:
        _decks.pop(next(iter(_decks)))
    _decks[conversation_id] = deck
    return deck


# --- Making one ----------------------------------------------------------------------


def _renewed(conversation_id: int, deck: Deck | None) -> Deck:
    """The same deck under a new revision, where what is shown is the same.

    Every vote that somebody takes back counts as a decision, and changes no card.
    """
    started = time.monotonic()
    # Read first: what is read after it is never older.
    now = revision(conversation_id)
    conversation = Conversation.objects.get(pk=conversation_id)
    shown = Statement.objects.shown(conversation)
    counted = shown.aggregate(
        n=Count("id"), newest=Max("id"), decided=Max("decided_at")
    )
    signature = tuple(counted.values())
    if deck and deck.signature == signature and started < deck.made_at + deck.lasts:
        return replace(deck, revision=now)
    rows = shown.order_by("id").values_list("id", "text", "language")
    translations = _translations(conversation_id)
    statements = {
        pk: Shown(text, language, translations.get(pk, {}))
        for pk, text, language in rows
    }
    run = analysis.latest_run(conversation)
    results = _results(run)
    groups = [(g.letter, g.x, g.y) for g in analysis.described_groups(run)]
    made_at = time.monotonic()
    return Deck(
        revision=now,
        signature=signature,
        vote_goal=conversation.vote_goal,
        statements=statements,
        n_votes=_n_votes(conversation_id, run, results),
        stored={pk: _stored(results.get(pk)) for pk in statements},
        places={
            pk: Place(result.center, result.loading_x, result.loading_y)
            for pk, result in results.items()
            if not result.statement.is_meta
        },
        damping=run.damping if run else 1.0,
        groups=groups,
        made_at=made_at,
        lasts=max(LASTS_SECONDS, LASTS_TIMES * (made_at - started)),
    )


def _translations(conversation_id: int) -> dict[int, dict[str, str]]:
    rows = StatementTranslation.objects.filter(
        statement__conversation=conversation_id
    ).values_list("statement_id", "language", "text")
    found: dict[int, dict[str, str]] = {}
    for pk, language, text in rows:
        found.setdefault(pk, {})[language] = text
    return found


def _results(run: AnalysisRun | None) -> dict[int, StatementResult]:
    if run is None:
        return {}
    # What is large of them is for pages of results.
    rows = StatementResult.objects.filter(run=run).defer("around_dots", "groups")
    rows = rows.select_related("statement")
    return {row.statement_id: row for row in rows}


def _stored(result: StatementResult | None) -> routing.Stored:
    if result is None:
        return routing.Stored()
    return routing.Stored(result.priority, result.routing or {})


def _n_votes(
    conversation_id: int,
    run: AnalysisRun | None,
    results: Mapping[int, StatementResult],
) -> dict[int, int]:
    if run and run.n_votes > COUNTED_VOTES:
        return {pk: result.n_votes for pk, result in results.items()}
    votes = Vote.objects.filter(conversation=conversation_id)
    counts = votes.values("statement").annotate(n=Count("pk")).order_by()
    return dict(counts.values_list("statement", "n"))


def placed(deck: Deck, votes: Mapping[int, int]) -> tuple[float, float] | None:
    """What `opinion_map.position` asks the database, of votes at hand."""
    places = deck.places
    pulls = ((choice, places[pk]) for pk, choice in votes.items() if pk in places)
    return opinion_map.placed(pulls, deck.damping)
