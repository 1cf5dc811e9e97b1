"""Attacks on rankings: who pushes a statement out of the top ten, or one in, at what price.

A price is the share of people an attacker must add, from a ladder up to one half;
where one half is not enough, it counts as one half. An added person copies the votes
of an honest one, anyone or somebody of the smallest group, and then votes on the
target, for or against. The attacker is free to choose whom to copy: what counts is the
cheaper of the two.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from benchmarks.rankings import RULES, Counts, likeness, ordered
from clustering import AnalysisSettings, analyse
from clustering.votes.executors import Inline

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


class Attack(NamedTuple):
    """Pushing a statement of the top three out of the top ten, or a middling one in."""

    direction: str
    donors: str = "anyone"
    is_held: bool = False
    n_seeds: int = 1
    n_around: int = 5

    @property
    def aim(self) -> str:
        groups = "held groups" if self.is_held else "groups sought anew"
        return f"{self.direction}, {groups}"

    def __str__(self) -> str:
        return f"{self.aim}, copying {self.donors}"

    def targets(self, order: np.ndarray) -> np.ndarray:
        """The top three, or those around the middle of all."""
        if self.direction == "out":
            return order[:3]
        middle = len(order) // 2
        return order[middle - self.n_around : middle + self.n_around + 1]


SMALLEST = "the smallest group"
ATTACKS = [
    Attack("out", n_seeds=2),
    Attack("out", donors=SMALLEST, n_seeds=2),
    Attack("in", n_around=2),
    Attack("out", is_held=True, n_seeds=12),
    Attack("out", donors=SMALLEST, is_held=True, n_seeds=12),
    Attack("in", is_held=True, n_seeds=6),
    Attack("in", donors=SMALLEST, is_held=True, n_seeds=6),
]


def prices(talk: Conversation, rule: str, attack: Attack, n_seeds: int) -> np.ndarray:
    """In per cent: (seeds,) means over the top three, or (targets,) over the seeds.

    Which statements are the top three is no chance; which one is the middle one is.
    """
    targets = attack.targets(ordered(rule, talk.counts)).tolist()
    found = [
        [price(talk, rule, target, attack, seed) for target in targets]
        for seed in range(n_seeds * attack.n_seeds)
    ]
    return 100 * np.mean(found, axis=1 if attack.direction == "out" else 0)


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
        if attack.donors == SMALLEST and talk.group_of.max() > 0:
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
