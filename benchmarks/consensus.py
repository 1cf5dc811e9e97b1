"""Which ranking of what holds across groups is steady, and which is dear to attack.

Run it from the project root; it reads the shared conversations
(``FOLKMOOT_SHARED_DATA``), seeds all its draws, and prints Markdown tables:

    python -m benchmarks.consensus                      # some ten minutes
    python -m benchmarks.consensus --draws 100 --seeds 4
    python -m benchmarks.consensus --only brexit ccai

Compared are Polis's product of the groups' agree shares, the lower end of Wilson's
interval of overall agreement, and the ranking of the engine; beside them two that were
considered. Groups are sought anew after every draw and every attack, with ten draws
behind each search instead of a hundred; where groups are held as they were, the rest
is the same with less noise.

A price is the share of people an attacker must add, from a ladder up to one half;
where one half is not enough, it counts as one half. An added person copies the votes
of an honest one, and then votes on the target, for or against.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from benchmarks.rankings import COMPARED, RULES, Counts, likeness, ordered
from clustering import AnalysisSettings, analyse
from clustering.votes.executors import Inline
from tests.clustering import conversations, golden

SETTINGS = AnalysisSettings(n_resamples=10, n_null=3)
NOT_SEEN = 2
LADDER = np.geomspace(0.001, 0.5, 25)
BLOC, N_VETOED = 0.05, 30

Rows = np.ndarray


def grouped(rows: Rows) -> np.ndarray:
    """(n,) group of each row as the engine finds it, -1 in none."""
    people, statements = np.nonzero(rows != NOT_SEEN)
    votes = rows[people, statements].astype(np.int64)
    found = analyse(people, statements, votes, settings=SETTINGS, executor=Inline())
    group_of = np.full(len(rows), -1)
    group_of[found.participant_ids] = found.group_of
    return group_of


def counted(rows: Rows, group_of: np.ndarray, n_groups: int) -> Counts:
    """Votes of each group and of everybody."""
    is_member = group_of[:, None] == np.arange(n_groups)
    weights = np.column_stack([is_member, np.ones(len(rows))]).astype(np.float32)
    sides = [rows == 1, rows == -1, rows != NOT_SEEN]
    tables = np.stack([weights.T @ side.astype(np.float32) for side in sides], axis=1)
    tables = np.rint(tables).astype(np.int64)
    return Counts(tables[:-1], is_member.sum(axis=0), tables[-1])


@dataclass
class Conversation:
    """Votes (n, m) as people cast them, in the groups they are in."""

    name: str
    rows: Rows
    group_of: np.ndarray = field(init=False)
    attacked: dict[tuple[object, ...], Counts] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.group_of = grouped(self.rows)

    @property
    def counts(self) -> Counts:
        """As they are."""
        return self.held(np.arange(len(self.rows)))

    def held(self, drawn: np.ndarray) -> Counts:
        """Of some rows, in the groups of the whole."""
        n_groups = int(self.group_of.max()) + 1
        return counted(self.rows[drawn], self.group_of[drawn], n_groups)

    def joined(self, sybils: Rows, donors: np.ndarray | None) -> Counts:
        """With sybils: in their donors' groups, or in whatever groups there are now."""
        if donors is None:
            return sought(np.vstack([self.rows, sybils]))
        n_groups = int(self.group_of.max()) + 1
        own, more = self.counts, counted(sybils, self.group_of[donors], n_groups)
        return Counts(*(a + b for a, b in zip(own, more, strict=True)))


def sought(rows: Rows) -> Counts:
    """In groups sought anew."""
    group_of = grouped(rows)
    return counted(rows, group_of, int(group_of.max()) + 1)


def draws(talk: Conversation, n_draws: int) -> Iterator[tuple[str, Counts]]:
    """Other people: 80 % of them, or as many with replacement."""
    n = len(talk.rows)
    for number in range(n_draws):
        random = np.random.default_rng([1, number])
        yield "80 % of people", sought(talk.rows[random.permutation(n)[: n * 4 // 5]])
        drawn = random.integers(0, n, n)
        yield "bootstrap", sought(talk.rows[drawn])
        yield "bootstrap, held groups", talk.held(drawn)


def stability(talk: Conversation, n_draws: int) -> dict[tuple[str, int, str], list]:
    """Likeness of each draw's top to the whole's, by way, length and rule."""
    found: dict[tuple[str, int, str], list] = {}
    whole = {rule: ordered(rule, talk.counts) for rule in RULES}
    for way, counts in draws(talk, n_draws):
        for rule, order in whole.items():
            again = ordered(rule, counts)
            for n_top in (10, 50):
                alike = likeness(order[:n_top], again[:n_top])
                if len(order) > n_top:
                    found.setdefault((way, n_top, rule), []).append(alike)
    return found


class Attack(NamedTuple):
    """Pushing a statement of the top three out of the top ten, or a middling one in."""

    direction: str
    donors: str = "anyone"
    is_held: bool = False
    n_seeds: int = 1

    def __str__(self) -> str:
        groups = "held groups" if self.is_held else "groups sought anew"
        return f"{self.direction}, copying {self.donors}, {groups}"

    def targets(self, order: np.ndarray) -> np.ndarray:
        """The top three, or five around the middle of all."""
        middle = len(order) // 2
        return order[:3] if self.direction == "out" else order[middle - 2 : middle + 3]


ATTACKS = [
    Attack("out", n_seeds=2),
    Attack("in"),
    Attack("out", is_held=True, n_seeds=12),
    Attack("in", is_held=True, n_seeds=6),
    Attack("out", donors="the smallest group", is_held=True, n_seeds=12),
]


def prices(talk: Conversation, rule: str, attack: Attack, n_seeds: int) -> np.ndarray:
    """(seeds,) in per cent, mean over the targets."""
    targets = attack.targets(ordered(rule, talk.counts)).tolist()
    found = [
        [price(talk, rule, target, attack, seed) for target in targets]
        for seed in range(n_seeds * attack.n_seeds)
    ]
    return 100 * np.mean(found, axis=1)


def price(
    talk: Conversation, rule: str, target: int, attack: Attack, seed: int
) -> float:
    """Smallest rung of the ladder on which the attack works, found by halving."""
    n = len(talk.rows)
    steps = np.unique(np.maximum(1, np.rint(LADDER * n).astype(int)))
    low, high = 0, len(steps)
    while low < high:
        middle = (low + high) // 2
        counts = attacked(talk, target, attack, seed, int(steps[middle]))
        is_in = target in ordered(rule, counts)[:10]
        works = is_in == (attack.direction == "in")
        low, high = (low, middle) if works else (middle + 1, high)
    return float(steps[min(low, len(steps) - 1)] / n)


def attacked(
    talk: Conversation, target: int, attack: Attack, seed: int, n: int
) -> Counts:
    """After n sybils copied an honest person each and voted on the target."""
    key = (target, attack, seed, n)
    if key not in talk.attacked:
        donors = np.arange(len(talk.rows))
        if attack.donors != "anyone" and talk.group_of.max() > 0:
            smallest = talk.counts.sizes.argmin()
            donors = np.flatnonzero(talk.group_of == smallest)
        random = np.random.default_rng([2, seed])
        donors = random.choice(donors, len(talk.rows))[:n]
        sybils = talk.rows[donors]
        sybils[:, target] = 1 if attack.direction == "in" else -1
        talk.attacked[key] = talk.joined(sybils, donors if attack.is_held else None)
    return talk.attacked[key]


def veto(talk: Conversation, n_seeds: int) -> dict[str, list[float]]:
    """What is left of the top ten after 5 % of people oppose thirty statements."""
    n_bloc = max(1, round(BLOC * len(talk.rows)))
    agree, disagree, _ = talk.counts.overall
    against = np.where(agree >= disagree, -1, 1)
    left: dict[str, list[float]] = {rule: [] for rule in RULES}
    for seed in range(n_seeds):
        m = len(against)
        chosen = np.random.default_rng([3, seed]).permutation(m)[:N_VETOED]
        bloc = np.full((n_bloc, m), NOT_SEEN, dtype=np.int8)
        bloc[:, chosen] = against[chosen]
        counts = talk.joined(bloc, None)
        for rule in RULES:
            tops = (ordered(rule, c)[:10] for c in (talk.counts, counts))
            left[rule].append(likeness(*tops))
    return left


def read(name: str) -> Rows:
    """The votes on accepted statements that are not about the people asked."""
    if name in golden.WARM_CASES:
        case = golden.load_warm(name)
        votes, left_out = case.votes, [*case.excluded, *case.meta]
    else:
        talk = conversations.load(name)
        votes, left_out = np.array(talk.votes), [*talk.rejected, *talk.meta]
    people, statements, choices = votes[:, ~np.isin(votes[1], left_out)]
    people, row = np.unique(people, return_inverse=True)
    statements, column = np.unique(statements, return_inverse=True)
    rows = np.full((len(people), len(statements)), NOT_SEEN, dtype=np.int8)
    rows[row, column] = choices
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--draws", type=int, default=40, help="of other people")
    parser.add_argument("--seeds", type=int, default=1, help="of each attack")
    parser.add_argument("--only", nargs="+", default=[""], help="parts of names")
    options = parser.parse_args()
    report: dict[str, list[Line]] = {}
    for name in [*conversations.names(), *golden.WARM_CASES]:
        if any(part in name for part in options.only):
            print(f"reading {name}", file=sys.stderr)
            for title, line in told(Conversation(name, read(name)), options):
                report.setdefault(title, []).append(line)
    for title, lines in report.items():
        table(title, lines)


# A label, and the figures of each rule over draws or seeds.
Line = tuple[str, list[np.ndarray]]


def told(talk: Conversation, options: argparse.Namespace) -> Iterator[tuple[str, Line]]:
    """All titles, and the line of this conversation under each."""
    sizes = "/".join(map(str, talk.counts.sizes)) or "none"
    n, m = talk.rows.shape
    label = f"{talk.name.split('/')[-1]} ({n} x {m}, groups {sizes})"
    steady = stability(talk, options.draws)
    for way, n_top in dict.fromkeys(key[:2] for key in steady):
        title = f"Likeness of the top {n_top} to the whole's: {way}"
        yield title, (label, [np.array(steady[way, n_top, rule]) for rule in RULES])
    least = []
    for attack in ATTACKS:
        asked = [rule for rule in RULES if attack.is_held or rule in COMPARED]
        found = [prices(talk, rule, attack, options.seeds) for rule in asked]
        least.append([np.mean(price) for price in found[: len(COMPARED)]])
        yield f"Price in % of people: {attack}", (label, found)
    title = "Price in % of people: the cheapest of these attacks"
    yield title, (label, [np.array([p]) for p in np.min(least, axis=0)])
    left = veto(talk, 10 * options.seeds)
    title = f"Likeness of the top 10 before and after {BLOC:.0%} of people veto"
    yield title, (label, [np.array(left[rule]) for rule in RULES])


def table(title: str, lines: list[Line]) -> None:
    """In Markdown: means with their standard errors, and where ours is the better."""
    header = ["conversation", *RULES][: 1 + len(lines[0][1])]
    print(f"\n**{title}**\n\n| {' | '.join(header)} |")
    print(f"|{' --- |' * len(header)}")
    for label, found in lines:
        errors = [np.std(f) / max(len(f) - 1, 1) ** 0.5 for f in found]
        cells = [
            f"{np.mean(f):.3g} ± {e:.1g}" for f, e in zip(found, errors, strict=True)
        ]
        print(f"| {label} | {' | '.join(cells)} |")
    means = np.array([[np.mean(f) for f in found] for _, found in lines])
    product, wilson, ours = means[:, : len(COMPARED)].T
    print(f"\nOurs is at least the product's on {(ours >= product).sum()}, ", end="")
    both = ours >= np.maximum(product, wilson)
    print(f"at least both others' on {both.sum()}, of {len(lines)}.")


if __name__ == "__main__":
    main()
