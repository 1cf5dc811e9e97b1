"""Conversations completed into worlds, and held again with another routing.

A world is made of a shared conversation: everybody has an answer to every statement,
her own where she cast one, else one drawn from a logistic model with a bias and one
direction of opinion for each person and statement; passes from one with biases alone.
Then people come in random order, `AT_ONCE` at a time, and are asked. Both halves of
the routing are the product's own, the analysis and the draw.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from clustering import Analysis, AnalysisSettings, analyse
from clustering.polis import counts as polis_counts
from clustering.polis import priorities
from clustering.proportions import smoothed
from clustering.votes.executors import Inline
from deliberation.routing import NEWCOMER, Deck, Stored, audience, deck, draw
from tests.clustering import conversations

SETTINGS = AnalysisSettings(n_resamples=0)
AT_ONCE, VOTES_PER_LOOK, VOTES_PER_ANALYSIS = 20, 10, 200
N_TOP, LEAST_VOTES = 10, 7
NOT_SEEN = 2

Random = np.random.Generator


# --- Worlds ------------------------------------------------------------------------


@dataclass
class World:
    """Everybody's answer (n, m) to everything."""

    answers: np.ndarray
    top: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        approval = (self.answers == 1).mean(axis=0)
        self.top = frozenset(np.argsort(-approval, kind="stable")[:N_TOP].tolist())


def read(name: str, with_passes: bool) -> np.ndarray:
    """(n, m) votes on accepted statements that are not about the people asked."""
    talk = conversations.load(name)
    people, statements, choices = talk.votes
    kept = ~np.isin(statements, [*talk.rejected, *talk.meta])
    kept &= with_passes | (choices != 0)
    people, row = np.unique(people[kept], return_inverse=True)
    statements, column = np.unique(statements[kept], return_inverse=True)
    cast = np.full((len(people), len(statements)), NOT_SEEN, dtype=np.int8)
    cast[row, column] = choices[kept]
    return cast[(cast != NOT_SEEN).sum(axis=1) >= LEAST_VOTES]


def drawn(n: int, m: int, seed: int) -> World:
    """A world of n people and m statements that nobody has seen: readiness to agree,
    one direction of opinion, and a tenth of passes."""
    random = np.random.default_rng([3, seed])
    logits = random.normal(0, 0.5, (n, 1)) + random.normal(1, 1.2, m)
    logits += random.normal(size=(n, 1)) * random.normal(0, 0.7, m)
    answers = np.where(random.random((n, m)) < 1 / (1 + np.exp(-logits)), 1, -1)
    answers[random.random((n, m)) < 0.1] = 0
    return World(answers.astype(np.int8))


def completed(cast: np.ndarray, seed: int) -> World:
    """The world of these votes (n, m)."""
    random = np.random.default_rng([0, seed])
    p_agree = fitted(cast == 1, np.abs(cast) == 1, rank=1)
    p_pass = fitted(cast == 0, cast != NOT_SEEN, rank=0)
    filled = np.where(random.random(cast.shape) < p_agree, 1, -1)
    filled[random.random(cast.shape) < p_pass] = 0
    return World(np.where(cast == NOT_SEEN, filled, cast).astype(np.int8))


def fitted(is_one: np.ndarray, is_known: np.ndarray, rank: int) -> np.ndarray:
    """(n, m) probabilities of a logistic model with biases and ``rank`` directions.

    Ridge penalties are those of standard normal priors; Adam, 400 steps.
    """
    if not is_one.any():
        return np.zeros(is_one.shape)
    n, m = is_one.shape
    random = np.random.default_rng(0)
    middle = np.log(is_one[is_known].mean() / (1 - is_one[is_known].mean()))
    people = np.hstack([np.zeros((n, 1)), random.normal(0, 0.3, (n, rank))])
    things = np.hstack([np.zeros((m, 1)), random.normal(0, 0.3, (m, rank))])
    moments = [np.zeros((2, *side.shape)) for side in (people, things)]

    def p() -> np.ndarray:
        logits = middle + people[:, :1] + things[:, 0] + people[:, 1:] @ things[:, 1:].T
        return np.asarray(1 / (1 + np.exp(-logits)))

    for step in range(1, 401):
        wrong = (p() - is_one) * is_known
        pulls = (
            np.hstack([wrong.sum(axis=1)[:, None], wrong @ things[:, 1:]]) + people,
            np.hstack([wrong.sum(axis=0)[:, None], wrong.T @ people[:, 1:]]) + things,
        )
        for side, pull, moment in zip((people, things), pulls, moments, strict=True):
            moment[0] += 0.1 * (pull - moment[0])
            moment[1] += 0.01 * (pull**2 - moment[1])
            slope = moment[0] / (1 - 0.9**step)
            size = np.sqrt(moment[1] / (1 - 0.99**step)) + 1e-9
            side -= 0.05 * slope / size
    return p()


# --- Policies ----------------------------------------------------------------------


class Known(NamedTuple):
    """What a policy may look at: the last analysis, what the platform stores of it, and
    the counts of now."""

    found: Analysis | None
    stored: dict[int, Stored]
    n_votes: np.ndarray
    shown: np.ndarray


Policy = Callable[[Known, str | None], Deck]


def even(known: Known, whose: str | None) -> Deck:
    return weighed(known.shown, np.ones(len(known.shown)))


def fewest(known: Known, whose: str | None) -> Deck:
    """Nearly always the one with the fewest votes."""
    behind = known.n_votes[known.shown] - known.n_votes[known.shown].min()
    return weighed(known.shown, np.exp2(-10.0 * np.minimum(behind, 30)) + 1e-12)


def polis(known: Known, whose: str | None) -> Deck:
    """By its formula, from the counts of the last analysis."""
    tables = np.zeros((4, len(known.n_votes)))
    if known.found is not None:
        found = known.found
        tables[:, found.statement_ids] = (
            found.overall_n_agree,
            found.overall_n_disagree,
            found.overall_n_seen,
            found.extremity,
        )
    agree, disagree, seen, extremity = tables[:, known.shown]
    counted = polis_counts.Counts(agree[None], disagree[None], seen[None])
    weights = priorities.score(counted, extremity, np.zeros(len(seen), dtype=bool))
    return weighed(known.shown, weights)


def ours(known: Known, whose: str | None) -> Deck:
    """As the platform does it."""
    stored = {pk: known.stored.get(pk, Stored()) for pk in known.shown.tolist()}
    return deck(stored, dict(enumerate(known.n_votes.tolist())), whose)


def stored_of(found: Analysis) -> dict[int, Stored]:
    keys = [NEWCOMER, *(group.letter for group in found.groups)]
    rows = zip(
        found.statement_ids.tolist(),
        found.priority.tolist(),
        found.routing.T.tolist(),
        strict=True,
    )
    return {
        pk: Stored(priority, dict(zip(keys, factors, strict=True)))
        for pk, priority, factors in rows
    }


def weighed(ids: np.ndarray, weights: np.ndarray) -> Deck:
    shares = (weights / weights.sum()).tolist()
    listed = ids.tolist()
    return Deck(
        listed, dict(zip(listed, shares, strict=True)), np.cumsum(shares).tolist()
    )


POLICIES: dict[str, Policy] = {
    "random": even,
    "fewest votes": fewest,
    "Polis": polis,
    "ours": ours,
}


# --- Holding a conversation again --------------------------------------------------


@dataclass
class Replay:
    """Who was asked what, in order, with which probability among how many.

    shown : statements that are open to votes; the others come at half-time
    """

    world: World
    shown: np.ndarray
    found: Analysis | None = None
    stored: dict[int, Stored] = field(default_factory=dict)
    letters: dict[int, str] = field(default_factory=dict)
    logged: list[tuple[float, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        shape = self.world.answers.shape
        self.cast = np.full(shape, NOT_SEEN, dtype=np.int8)
        self.n_votes = np.zeros(shape[1], dtype=np.int64)
        self.asked: list[list[int]] = [[] for _ in range(shape[0])]
        self.seen: list[set[int]] = [set() for _ in range(shape[0])]

    def look_again(self) -> None:
        """A new analysis."""
        self.found = analysed(self.cast, self.found)
        self.stored, self.letters = stored_of(self.found), members(self.found)

    def ask(
        self, person: int, decks: dict[str | None, Deck], policy: Policy, random: Random
    ) -> None:
        """One statement of one person; what was weighed once is weighed for all."""
        whose = audience(self.letters.get(person), len(self.seen[person]))
        if whose not in decks:
            known = Known(self.found, self.stored, self.n_votes, self.shown)
            decks[whose] = policy(known, whose)
        found = draw(decks[whose], self.seen[person], random.random)
        if found is None:
            return
        t = found.statement_id
        self.cast[person, t] = self.world.answers[person, t]
        self.n_votes[t] += 1
        self.seen[person].add(t)
        self.asked[person].append(t)
        self.logged.append((found.probability, found.n_candidates))

    def precision(self) -> float:
        approval = smoothed((self.cast == 1).sum(axis=0), self.n_votes)
        top = np.argsort(-approval, kind="stable")[:N_TOP]
        return len(self.world.top.intersection(top.tolist())) / N_TOP


def held(world: World, policy: Policy, n_each: int, seed: int, late: int = 0) -> Replay:
    """Everybody casts ``n_each`` votes; ``late`` statements come at half-time."""
    n, m = world.answers.shape
    random = np.random.default_rng([1, seed])
    waiting = random.permutation(n).tolist()
    replay = Replay(world, np.sort(order_of(m, seed)[late:]))
    n_each = min(n_each, m - late)
    decks: dict[str | None, Deck] = {}
    present: list[int] = []
    for number in range(n * n_each):
        if number and number % VOTES_PER_ANALYSIS == 0:
            replay.look_again()
        if number % VOTES_PER_LOOK == 0:
            decks = {}
        if number == n * n_each // 2:
            replay.shown, decks = np.arange(m), {}
        while waiting and len(present) < AT_ONCE:
            present.append(waiting.pop())
        place = int(random.integers(len(present)))
        replay.ask(present[place], decks, policy, random)
        if len(replay.seen[present[place]]) == n_each:
            present.pop(place)
    return replay


def order_of(n_statements: int, seed: int) -> np.ndarray:
    """Those that come late are the first."""
    return np.random.default_rng([2, seed]).permutation(n_statements)


def analysed(cast: np.ndarray, previous: Analysis | None) -> Analysis:
    people, statements = np.nonzero(cast != NOT_SEEN)
    votes = cast[people, statements].astype(np.int64)
    return analyse(
        people,
        statements,
        votes,
        settings=SETTINGS,
        previous=previous,
        executor=Inline(),
    )


def members(found: Analysis) -> dict[int, str]:
    """Letter of everybody who is in a group."""
    letters = [group.letter for group in found.groups]
    pairs = zip(found.participant_ids.tolist(), found.group_of.tolist(), strict=True)
    return {person: letters[g] for person, g in pairs if g >= 0}
