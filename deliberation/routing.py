"""Which statement a person is shown next: the draw itself, from stored figures and
fresh counts.

Knows neither database, Django nor numpy. `deck` weighs all statements for one group of
people, every few seconds; `draw` takes one that the person has not voted on, and costs
about as much as she has cast votes. docs/routing.md says why the weights are these.
"""

import math
import random
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

# Of people the analysis has not placed yet; groups have letters.
NEWCOMER = ""
# The first votes of a person are to show where she stands.
PLACING_VOTES = 8

# Half the votes of the middle statement, or fewer: drawn 2 ** 6 times as often as that.
FEW, STEEPNESS = 2.0, 6.0
# So much of all draws goes to statements whose place near the top is undecided ...
FOCUS = 0.5
# ... less and less as they come to so many times the votes of the middle statement ...
MOST = 6.0
# ... and as the tenth with the most votes comes from 1.6 to 1.9 times the tenth with
# the fewest.
WIDE, TOO_WIDE = 1.6, 1.9
# Every statement keeps so much of an equal part, however many votes it has.
LEAST = 0.2

# Of the alarm: fewer candidates or draws tell nothing, a draw is even within five per
# cent of an equal part, and one alarm in ten thousand nights may be false.
MIN_CANDIDATES, MIN_DRAWS = 5, 100
EVEN = math.log(1.05)
P_FALSE_ALARM = 1e-4


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


class Divergence(NamedTuple):
    """How far draws were from equal parts; see `divergence`."""

    mean: float
    n_draws: int
    p_even: float
    is_flat: bool


def audience(group: str | None, n_voted: int) -> str | None:
    """Whose factor counts: her group's, a newcomer's, or nobody's."""
    return NEWCOMER if n_voted < PLACING_VOTES else group


def deck(
    stored: Mapping[int, Stored], n_votes: Mapping[int, int], audience: str | None
) -> Deck:
    """Weigh every shown statement.

    Two kinds of draws are mixed, one for statements with few votes and one for those
    near the border of the top; then come the least part and the audience's factor.

    stored : of all shown statements, by id
    n_votes : how many votes each has now; none where it is missing
    audience : see `audience`
    """
    ids, known = list(stored), list(stored.values())
    votes = [n_votes.get(pk, 0) for pk in ids]
    ordered = sorted(votes) or [0]
    middle = 1.0 + ordered[len(ordered) // 2]
    focus = _shares(
        [
            each.priority * min(1.0, max(0.0, MOST - n / middle))
            for each, n in zip(known, votes, strict=True)
        ]
    )
    share = FOCUS * _room(ordered) if any(focus) else 0.0
    floor = _shares([min(FEW, middle / (1.0 + n)) ** STEEPNESS for n in votes])
    least = LEAST / max(len(ids), 1)
    weights = [
        max(least, (1.0 - share) * few + share * undecided)
        for few, undecided in zip(floor, focus, strict=True)
    ]
    if audience is not None:
        weights = [
            weight * each.routing.get(audience, 1.0)
            for weight, each in zip(weights, known, strict=True)
        ]
    weights = _shares(weights)
    return Deck(ids, dict(zip(ids, weights, strict=True)), list(accumulate(weights)))


def _room(ordered: list[int]) -> float:
    """0..1, how much more unequal the numbers of votes may become; ascending."""
    tenth = len(ordered) // 10
    apart = (1.0 + ordered[-1 - tenth]) / (1.0 + ordered[tenth])
    return min(1.0, max(0.0, (TOO_WIDE - apart) / (TOO_WIDE - WIDE)))


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


def divergence(
    probabilities: Iterable[float], n_candidates: Iterable[int]
) -> Divergence:
    """How far logged draws were from drawing every candidate with the same probability.

    ``mean`` is that of log(p * n_candidates): an estimate of the Kullback-Leibler
    divergence from equal parts, 0 where routing is flat. ``p_even`` is the share of
    draws that were within five per cent of an equal part.

    Routing is flat where more than half of all draws are even, beyond chance
    (Hoeffding 1963, for draws that depend on earlier ones Azuma 1967): as long as the
    weights leave no more than one draw in two even, the alarm is false in at most one
    of ten thousand looks. Equal weights make every draw even, and raise it after
    ``MIN_DRAWS``. Draws among fewer than ``MIN_CANDIDATES`` are left out.
    """
    logs = [
        math.log(probability * n)
        for probability, n in zip(probabilities, n_candidates, strict=True)
        if n >= MIN_CANDIDATES
    ]
    n_draws = len(logs)
    if n_draws == 0:
        return Divergence(0.0, 0, 0.0, is_flat=False)
    p_even = sum(abs(log) <= EVEN for log in logs) / n_draws
    chance = math.sqrt(-math.log(P_FALSE_ALARM) / (2 * n_draws))
    is_flat = n_draws >= MIN_DRAWS and p_even > 0.5 + chance
    return Divergence(math.fsum(logs) / n_draws, n_draws, p_even, is_flat)
