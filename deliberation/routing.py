"""Which statement a person is shown next: the draw itself, from stored figures and
fresh counts.

Knows neither database, Django nor numpy. `deck` weighs all statements for one group of
people, every few seconds; `draw` takes one that the person has not voted on, and costs
about as much as she has cast votes. docs/routing.md says why the weights are these.
"""

import random
from bisect import bisect_right
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

# Of people the analysis has not placed yet; groups have letters.
NEWCOMER = ""
# The first votes of a person are to show where she stands.
PLACING_VOTES = 8

# So much of all draws goes to statements whose place near the top is undecided ...
FOCUS = 0.35
# ... until they have so many times the votes of the middle statement.
MOST = 3.0
# Half the votes of the middle statement: drawn 2 ** 6 times as often as that.
STEEPNESS = 6.0
# Every statement can be drawn: its part is never below so much of an equal part.
LEAST = 0.01


@dataclass(frozen=True)
class Stored:
    """What the last analysis says of a statement; of a newer one, the defaults.

    priority : 0..1, how undecided it is whether the statement belongs to the top
    routing : factor for each group's people, and for newcomers
    """

    priority: float = 1.0
    routing: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Deck:
    """All shown statements with their weights, which add up to one."""

    ids: list[int]
    weights: dict[int, float]
    cumulative: list[float]


class Drawn(NamedTuple):
    """A statement, the probability it had, and among how many it was drawn."""

    statement_id: int
    probability: float
    n_candidates: int


def audience(group: str | None, n_voted: int) -> str | None:
    """Whose factor counts: her group's, a newcomer's, or nobody's."""
    return NEWCOMER if n_voted < PLACING_VOTES else group


def deck(
    stored: Mapping[int, Stored], n_votes: Mapping[int, int], audience: str | None
) -> Deck:
    """Weigh every shown statement.

    stored : of all shown statements, by id
    n_votes : how many votes each has now; none where it is missing
    audience : see `audience`
    """
    ids = list(stored)
    votes = [n_votes.get(pk, 0) for pk in ids]
    middle = 1.0 + sorted(votes)[len(votes) // 2] if votes else 1.0
    known = list(stored.values())
    # Few votes first: between this statement and the middle one.
    floor = _shares([(middle / (1.0 + n)) ** STEEPNESS for n in votes])
    # What may belong to the top, less and less as its votes pile up.
    focus = _shares(
        [
            each.priority * min(1.0, max(0.0, MOST - n / middle))
            for each, n in zip(known, votes, strict=True)
        ]
    )
    share = FOCUS if any(focus) else 0.0
    least = LEAST / max(len(ids), 1)
    weights = _shares(
        [
            max(least, (1.0 - share) * a + share * b) * each.routing.get(audience, 1.0)
            if audience is not None
            else max(least, (1.0 - share) * a + share * b)
            for a, b, each in zip(floor, focus, known, strict=True)
        ]
    )
    return Deck(ids, dict(zip(ids, weights, strict=True)), list(accumulate(weights)))


def draw(
    deck: Deck,
    voted: AbstractSet[int],
    uniform: Callable[[], float] = random.random,
) -> Drawn | None:
    """One the person has not voted on; None where there is none.

    voted : ids of the statements she has voted on
    """
    weights = deck.weights
    seen = [weights[pk] for pk in voted if pk in weights]
    n_left, left = len(weights) - len(seen), 1.0 - sum(seen)
    if n_left == 0:
        return None
    if left < 0.25:
        return _among([pk for pk in deck.ids if pk not in voted], weights, uniform)
    last = len(deck.ids) - 1
    while True:
        point = uniform() * deck.cumulative[-1]
        pk = deck.ids[min(bisect_right(deck.cumulative, point), last)]
        if pk not in voted:
            return Drawn(pk, min(1.0, weights[pk] / left), n_left)


def _among(
    ids: list[int], weights: Mapping[int, float], uniform: Callable[[], float]
) -> Drawn:
    cumulative = list(accumulate(weights[pk] for pk in ids))
    place = bisect_right(cumulative, uniform() * cumulative[-1])
    pk = ids[min(place, len(ids) - 1)]
    return Drawn(pk, min(1.0, weights[pk] / cumulative[-1]), len(ids))


def _shares(weights: list[float]) -> list[float]:
    total = sum(weights)
    return [weight / total for weight in weights] if total else weights
