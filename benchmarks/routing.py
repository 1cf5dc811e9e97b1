"""How soon routing finds what people share, how evenly it asks, whom it places.

Run it from the project root; it reads the shared conversations
(``FOLKMOOT_SHARED_DATA``), seeds all its draws, and prints Markdown tables:

    python -m benchmarks.routing                       # some twenty minutes
    python -m benchmarks.routing --only ccai --votes 25 40
    python -m benchmarks.routing --sides               # no passes in the worlds

A conversation is completed into a world in which everybody has an answer to every
statement: her own where she cast one, else one drawn from a logistic model with a bias
and one direction of opinion for each person and statement, passes from one with biases
alone. Then it is held again: people come in random order, twenty at a time, and each
casts the same number of votes. Both halves of the routing are the product's own: the
analysis is repeated every 200 votes, the counts behind the draw every 10.

The top ten are by approval, the share of agreement among all cast votes, smoothed as
(n + 1) / (seen + 2); what they are compared with is the approval by everybody in the
world. No vote of the model counts before somebody was asked for it.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from clustering import Analysis, AnalysisSettings, analyse, placing
from clustering.polis import counts as polis_counts
from clustering.polis import priorities
from clustering.proportions import smoothed
from clustering.votes.executors import Inline
from deliberation.routing import NEWCOMER, Deck, Stored, audience, deck, draw
from tests.clustering import conversations

CHOSEN = ("ccai", "biodiversity", "austria", "brexit")
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


def completed(cast: np.ndarray, seed: int) -> World:
    """The world of these votes (n, m)."""
    random = np.random.default_rng([0, seed])
    p_agree = fitted(cast == 1, np.abs(cast) == 1, rank=1)
    p_pass = fitted(cast == 0, cast != NOT_SEEN, rank=0)
    drawn = np.where(random.random(cast.shape) < p_agree, 1, -1)
    drawn[random.random(cast.shape) < p_pass] = 0
    return World(np.where(cast == NOT_SEEN, drawn, cast).astype(np.int8))


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
        drawn = draw(decks[whose], self.seen[person], random.random)
        if drawn is None:
            return
        t = drawn.statement_id
        self.cast[person, t] = self.world.answers[person, t]
        self.n_votes[t] += 1
        self.seen[person].add(t)
        self.asked[person].append(t)
        self.logged.append((drawn.probability, drawn.n_candidates))

    def precision(self) -> float:
        approval = smoothed((self.cast == 1).sum(axis=0), self.n_votes)
        top = np.argsort(-approval, kind="stable")[:N_TOP]
        return len(self.world.top.intersection(top.tolist())) / N_TOP


def held(world: World, policy: Policy, n_each: int, seed: int, late: int = 0) -> Replay:
    """Everybody casts ``n_each`` votes; ``late`` statements come at half-time."""
    n, m = world.answers.shape
    random = np.random.default_rng([1, seed])
    waiting, order = random.permutation(n).tolist(), random.permutation(m)
    replay = Replay(world, np.sort(order[late:]))
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


# --- What is told ------------------------------------------------------------------


@dataclass
class Truth:
    """Where everybody stands, and in which group, by all her answers."""

    world: World
    found: Analysis = field(init=False)

    def __post_init__(self) -> None:
        self.found = analysed(self.world.answers, None)
        found = self.found
        self.spread = float(np.sqrt((found.positions**2).sum(axis=1).mean()))
        shares = smoothed(found.n_agree, found.n_agree + found.n_disagree)
        self.logs = np.stack([np.log(1 - shares), 0 * shares, np.log(shares)])
        sizes = np.array([group.size for group in found.groups])
        self.prior = np.log(sizes / sizes.sum()) if len(sizes) else np.zeros(0)

    def misplaced(self, asked: list[list[int]], n_first: int) -> tuple[float, float]:
        """Root mean square error of positions from everybody's first votes, in units of
        their spread; and the share of people put into another group than theirs."""
        errors, wrong = [], []
        for person, statements in enumerate(asked):
            first = np.array(statements[:n_first])
            cast = self.world.answers[person, first]
            first, cast = first[cast != 0], cast[cast != 0].astype(np.int64)
            sums = placing.sums(
                cast - self.found.center[first], self.found.loadings[first]
            )
            place = placing.placed(sums[None], self.found.damping)[0]
            errors.append(((place - self.found.positions[person]) ** 2).sum())
            if len(self.prior) and self.found.group_of[person] >= 0:
                score = self.prior + self.logs[cast + 1, :, first].sum(axis=0)
                wrong.append(int(score.argmax()) != self.found.group_of[person])
        return float(np.sqrt(np.mean(errors))) / self.spread, float(
            np.mean(wrong) if wrong else np.nan
        )


# What is told of a replay, beside precision.
EVENNESS = ("90th / 10th percentile", "fewest / median", "most / median")


def evenness(n_votes: np.ndarray) -> tuple[float, float, float]:
    low, middle, high = np.percentile(n_votes, [10, 50, 90])
    return high / max(low, 1), n_votes.min() / middle, n_votes.max() / middle


def told(name: str, options: argparse.Namespace) -> Iterator[tuple[str, list[str]]]:
    """Titles of tables, and the lines of this conversation under each."""
    cast = read(name, not options.sides)
    worlds = [completed(cast, seed) for seed in range(options.seeds)]
    truths = [Truth(world) for world in worlds]
    label = f"{name.split('/')[-1].split('.')[-1 if 'scoop' in name else 0]} ({cast.shape[0]} x {cast.shape[1]})"
    for policy in options.policies:
        print(f"{label}: {policy}", file=sys.stderr)
        precise = []
        for n_each in options.votes:
            replays = [
                held(world, POLICIES[policy], n_each, seed)
                for seed, world in enumerate(worlds)
            ]
            precise.append(f"{np.mean([r.precision() for r in replays]):.2f}")
            if n_each == 25:
                figures = [evenness(r.n_votes) for r in replays]
                yield (
                    "Votes per statement at 25 votes per person",
                    [label, policy, *cells(figures)],
                )
                placed = [
                    truth.misplaced(r.asked, 10) + truth.misplaced(r.asked, 20)
                    for truth, r in zip(truths, replays, strict=True)
                ]
                yield "Whom it places", [label, policy, *cells(placed)]
        yield "Precision of the top ten", [label, policy, *precise]
        late = cast.shape[1] // 3
        figures = [
            lateness(held(world, POLICIES[policy], 25, seed, late), late, seed)
            for seed, world in enumerate(worlds)
        ]
        yield (
            "A third of the statements comes at half-time",
            [label, policy, *cells(figures)],
        )


def lateness(replay: Replay, late: int, seed: int) -> tuple[float, float, float]:
    """Votes of the late statements in units of the early ones' median: their median,
    and the fewest; and the 90th to the 10th percentile of all."""
    n, m = replay.cast.shape
    random = np.random.default_rng([1, seed])
    random.permutation(n)
    order = random.permutation(m)
    new, early = replay.n_votes[order[:late]], replay.n_votes[order[late:]]
    middle = np.median(early)
    return np.median(new) / middle, new.min() / middle, evenness(replay.n_votes)[0]


def cells(figures: list[tuple[float, ...]]) -> list[str]:
    return [f"{figure:.2f}" for figure in np.mean(figures, axis=0)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument("--votes", type=int, nargs="+", default=[10, 20, 25, 30, 40])
    parser.add_argument("--only", nargs="+", default=CHOSEN, help="parts of names")
    parser.add_argument("--policies", nargs="+", default=[*POLICIES])
    parser.add_argument("--sides", action="store_true", help="leave passes out")
    options = parser.parse_args()
    headers = {
        "Precision of the top ten": [f"{n} votes" for n in options.votes],
        "Votes per statement at 25 votes per person": EVENNESS,
        "Whom it places": (
            "error after 10",
            "in another group",
            "error after 20",
            "in another group",
        ),
        "A third of the statements comes at half-time": (
            "late / early, medians",
            "fewest late / early median",
            EVENNESS[0],
        ),
    }
    tables: dict[str, list[list[str]]] = {title: [] for title in headers}
    for name in conversations.names():
        if any(part in name for part in options.only):
            for title, line in told(name, options):
                tables[title].append(line)
    for title, lines in tables.items():
        rows = [["conversation", "routing", *headers[title]], *lines]
        rows.insert(1, ["---"] * len(rows[0]))
        print(f"\n**{title}**\n")
        print("\n".join(f"| {' | '.join(row)} |" for row in rows))


if __name__ == "__main__":
    main()
