"""How soon routing finds what people share, how evenly it asks, whom it places.

Run it from the project root; it reads the shared conversations
(``FOLKMOOT_SHARED_DATA``), seeds all its draws, and prints Markdown tables:

    python -m benchmarks.routing                       # an hour
    python -m benchmarks.routing --only ccai --votes 25 40
    python -m benchmarks.routing --sides               # no passes in the worlds

The conversations are held again in completed worlds (`benchmarks.replays`), everybody
casting the same number of votes: with statements drawn evenly, the one with the fewest
votes first, by Polis's formula, and as the platform does it.

The top ten are by approval, the share of agreement among all cast votes, smoothed as
(n + 1) / (seen + 2); what they are compared with is the approval by everybody in the
world. No vote of the model counts before somebody was asked for it.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from benchmarks.replays import (
    POLICIES,
    Replay,
    World,
    analysed,
    completed,
    drawn,
    held,
    order_of,
    read,
)
from clustering import Analysis, placing
from clustering.proportions import smoothed
from tests.clustering import conversations

CHOSEN = ("ccai", "biodiversity", "austria", "ubi", "brexit", "drawn")
# Worlds that are not made of a conversation: people and statements.
DRAWN = {"drawn, small": (150, 60), "drawn, large": (600, 200)}
# Votes per person in all tables but the first.
EVEN_AT = 25
PRECISION = "Precision of the top ten"
EVENNESS = f"Votes per statement, {EVEN_AT} votes per person"
PLACING = "Whom it places"
LATE = "A third of the statements comes at half-time"
COLUMNS = {
    EVENNESS: ["90th / 10th percentile", "fewest / median", "most / median"],
    PLACING: [
        "error after 10",
        "in another group",
        "error after 20",
        "in another group",
    ],
    LATE: ["late / early", "fewest late / early", "90th / 10th percentile"],
}


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


def worlds(name: str, options: argparse.Namespace) -> list[World]:
    if name in DRAWN:
        return [drawn(*DRAWN[name], seed) for seed in range(options.seeds)]
    cast = read(name, not options.sides)
    return [completed(cast, seed) for seed in range(options.seeds)]


def told(name: str, options: argparse.Namespace) -> Iterator[tuple[str, list[str]]]:
    """Titles of tables, and the lines of this conversation under each."""
    truths = [Truth(world) for world in worlds(name, options)]
    n, m = truths[0].world.answers.shape
    for policy in options.policies:
        label = [f"{name.split('/')[-1]} ({n} x {m})", policy]
        print(*label, file=sys.stderr)
        held_with = [
            [
                held(truth.world, POLICIES[policy], n_each, seed)
                for seed, truth in enumerate(truths)
            ]
            for n_each in options.votes
        ]
        found = [[replay.precision() for replay in replays] for replays in held_with]
        yield PRECISION, [*label, *cells(list(zip(*found, strict=True)))]
        if EVEN_AT in options.votes:
            replays = held_with[options.votes.index(EVEN_AT)]
            yield EVENNESS, [*label, *cells([evenness(r.n_votes) for r in replays])]
            pairs = zip(truths, replays, strict=True)
            yield PLACING, [*label, *cells([told_of(*pair) for pair in pairs])]
        late = [
            lateness(held(truth.world, POLICIES[policy], EVEN_AT, seed, m // 3), seed)
            for seed, truth in enumerate(truths)
        ]
        yield LATE, [*label, *cells(late)]


def evenness(n_votes: np.ndarray) -> tuple[float, ...]:
    low, middle, high = np.percentile(n_votes, [10, 50, 90])
    return high / max(low, 1), n_votes.min() / middle, n_votes.max() / middle


def told_of(truth: Truth, replay: Replay) -> tuple[float, ...]:
    """Misplaced after ten votes, and after twenty."""
    return truth.misplaced(replay.asked, 10) + truth.misplaced(replay.asked, 20)


def lateness(replay: Replay, seed: int) -> tuple[float, ...]:
    """Votes of the late statements in units of the early ones' median: their median,
    and the fewest; and the 90th to the 10th percentile of all."""
    n, m = replay.cast.shape
    late = order_of(m, seed)[: m // 3]
    is_late = np.isin(np.arange(m), late)
    new, early = replay.n_votes[is_late], replay.n_votes[~is_late]
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
    columns = {PRECISION: [f"{n} votes" for n in options.votes], **COLUMNS}
    tables: dict[str, list[list[str]]] = {title: [] for title in columns}
    for name in [*conversations.names(), *DRAWN]:
        if any(part in name for part in options.only):
            for title, line in told(name, options):
                tables[title].append(line)
    for title, lines in tables.items():
        rows = [["conversation", "routing", *columns[title]], *lines]
        rows.insert(1, ["---"] * len(rows[0]))
        print(f"\n**{title}**\n")
        print("\n".join(f"| {' | '.join(row)} |" for row in rows))


if __name__ == "__main__":
    main()
