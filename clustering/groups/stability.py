"""Would other people have given the same result? Resample them, and look."""

from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from clustering.arrays import FloatArray, IntArray
from clustering.groups import likelihood, search
from clustering.groups.crowd import Crowd
from clustering.groups.search import Grouping
from clustering.groups.starts import Labels
from clustering.settings import AnalysisSettings

# Streams of random numbers that never meet.
DRAWS, SEARCHES = 1, 2


@dataclass(frozen=True, eq=False)
class Draw:
    """One search among some of the people, and where it would put everybody.

    group_of : number of groups to (a,) group of everybody in the crowd
    """

    group_of: dict[int, Labels]


def draw(
    crowd: Crowd, numbers: Sequence[int], settings: AnalysisSettings, number: int
) -> Draw:
    """Search anew among a share of the people, drawn without replacement."""
    random = np.random.default_rng([settings.seed, DRAWS, number])
    n_drawn = max(1, round(settings.p_resampled * len(crowd)))
    rows = np.sort(random.permutation(len(crowd))[:n_drawn])
    part = crowd.part(rows)
    group_of = {}
    for k, first in search.search(part, numbers, settings, (SEARCHES, number)).items():
        found = search.refined(part, first.group_of, settings.n_refinements)
        if k in numbers and found.n_groups == k:
            belongs = likelihood.memberships(crowd.sides, found.weights)
            group_of[k] = likelihood.likeliest(belongs)
    return Draw(group_of)


def draws(
    crowd: Crowd,
    numbers: Sequence[int],
    settings: AnalysisSettings,
    n_draws: int,
    executor: Executor,
) -> list[Draw]:
    """Several of them, on threads; each has random numbers of its own."""
    running = [
        executor.submit(draw, crowd, numbers, settings, number)
        for number in range(n_draws)
    ]
    return [future.result() for future in running]


@dataclass(frozen=True, eq=False)
class FoundAgain:
    """How a grouping fared in the draws.

    rand_index : mean adjusted Rand index (Hubert and Arabie 1985), 1 is identical
    overlaps : (k,) mean over draws of each group's best Jaccard overlap
    """

    rand_index: float
    overlaps: FloatArray


def found_again(grouping: Grouping, drawn: Iterable[Draw]) -> FoundAgain:
    """Compare a grouping with those of the draws; a draw without it counts as 0."""
    k = grouping.n_groups
    indices, overlaps = [], []
    for each in drawn:
        other = each.group_of.get(k)
        if other is None:
            indices.append(0.0)
            overlaps.append(np.zeros(k))
            continue
        shared = contingency(grouping.group_of, other, k, k)
        indices.append(rand_index(shared))
        overlaps.append(jaccard(shared).max(axis=1))
    return FoundAgain(float(np.mean(indices)), np.mean(overlaps, axis=0))


def contingency(ours: Labels, theirs: Labels, n_ours: int, n_theirs: int) -> IntArray:
    """(n_ours, n_theirs) people who are in both; -1 is in none."""
    is_both = (ours >= 0) & (theirs >= 0)
    cell = ours[is_both] * n_theirs + theirs[is_both]
    return np.bincount(cell, minlength=n_ours * n_theirs).reshape(n_ours, n_theirs)


def jaccard(shared: IntArray) -> FloatArray:
    """Share of the people in either group who are in both; 0 for two empty ones."""
    either = shared.sum(axis=1)[:, None] + shared.sum(axis=0) - shared
    return np.asarray(shared / np.maximum(either, 1))


def rand_index(shared: IntArray) -> float:
    """Adjusted Rand index of two partitions from their contingency table."""

    def pairs(n: IntArray) -> float:
        return float((n * (n - 1.0) / 2.0).sum())

    together = pairs(shared)
    ours, theirs = pairs(shared.sum(axis=1)), pairs(shared.sum(axis=0))
    everybody = pairs(shared.sum(keepdims=True))
    expected = ours * theirs / everybody if everybody else 0.0
    most = (ours + theirs) / 2.0
    return (together - expected) / (most - expected) if most != expected else 1.0
