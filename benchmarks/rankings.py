"""Rankings of statements by what holds across groups, from tables of counts."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from clustering import AnalysisSettings, consensus, intervals

SETTINGS = AnalysisSettings()


class Counts(NamedTuple):
    """groups (g, 3, m) and overall (3, m): agree, disagree, seen; sizes (g,)."""

    groups: np.ndarray
    sizes: np.ndarray
    overall: np.ndarray

    @property
    def judges(self) -> np.ndarray:
        """The groups; without any, everybody."""
        return self.groups if len(self.groups) else self.overall[None]


def product(counts: Counts) -> np.ndarray:
    """Polis's."""
    return consensus.group_aware(counts.judges[:, 0], counts.judges[:, 2])


def wilson(counts: Counts) -> np.ndarray:
    """The lower end of the 95 % interval of everybody's agreement."""
    return intervals.share(counts.overall[0], counts.overall[2])[0]


def ours(counts: Counts) -> np.ndarray:
    """The engine's; what it does not rank comes last."""
    listed = np.ones(counts.overall.shape[1], dtype=bool)
    tables = np.moveaxis(counts.groups, 1, 0)
    found = consensus.rank(
        *tables, *counts.overall, listed, SETTINGS, sizes=counts.sizes
    )
    return np.where(found.is_ranked, found.agree, -1.0)


def lowest(counts: Counts) -> np.ndarray:
    """Considered and left: the lowest lower end of any group."""
    return intervals.share(counts.judges[:, 0], counts.judges[:, 2])[0].min(axis=0)


def ungrouped(counts: Counts) -> np.ndarray:
    """Ours without groups: what heeding them costs or brings."""
    return counts.overall[0] / (counts.overall[2] + consensus.N_IMAGINED)


Rule = Callable[[Counts], np.ndarray]


def member(order: float, n_imagined: float, by_size: float) -> Rule:
    """Of the family the engine's ranking is of, see `benchmarks.frontier`."""

    def rule(counts: Counts) -> np.ndarray:
        has_groups = counts.sizes.sum() > 0
        sizes = counts.sizes if has_groups else np.ones(1)
        judges = counts.groups if has_groups else counts.overall[None]
        parts = (sizes / sizes.sum())[:, None]
        weights = parts**by_size / (parts**by_size).sum()
        imagined = n_imagined * parts
        p_overall = counts.overall[0] / (counts.overall[2] + n_imagined)
        p = (judges[:, 0] + imagined * p_overall) / (judges[:, 2] + 2 * imagined)
        if order == 0:
            mean = np.exp((weights * np.log(np.maximum(p, 1e-9))).sum(axis=0))
        else:
            mean = (weights * np.maximum(p, 1e-9) ** order).sum(axis=0) ** (1 / order)
        return np.where(ours(counts) >= 0, np.round(mean, 12), -1.0)

    return rule


RULES: dict[str, Rule] = {
    "product": product,
    "Wilson": wilson,
    "ours": ours,
    "lowest group": lowest,
    "groups ignored": ungrouped,
}
COMPARED = ("product", "Wilson", "ours")


def ordered(rule: str, counts: Counts) -> np.ndarray:
    """Places of all statements, best first."""
    return np.argsort(-RULES[rule](counts), kind="stable")


def likeness(one: np.ndarray, other: np.ndarray) -> float:
    """Jaccard's: what both hold, of what either holds."""
    common = len(np.intersect1d(one, other))
    return common / (len(one) + len(other) - common)
