"""Who thinks alike: the best grouping for each number of groups.

Nothing here decides how many groups there are; `choice` does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from clustering.arrays import BoolArray, FloatArray
from clustering.groups import likelihood, starts
from clustering.groups.crowd import Crowd
from clustering.groups.starts import Labels
from clustering.settings import AnalysisSettings

# Rounds of refining that tell a good start from a bad one.
N_FIRST_ROUNDS = 3
# So many numbers in a row that have less evidence than a smaller one end the search.
N_WITHOUT_GAIN = 2
# A round that moves fewer people than this share is the last.
SETTLED = 2e-3


@dataclass(frozen=True, eq=False)
class Grouping:
    """Of a people into k groups.

    group_of : (a,) the likeliest group of each
    weights : (2s + 1, k) what `likelihood.memberships` needs to place anybody
    tables : (2s, k) votes of the members; sizes : (k,) their number
    evidence : log probability of votes and grouping
    """

    group_of: Labels
    weights: FloatArray
    tables: FloatArray
    sizes: FloatArray
    evidence: float

    @property
    def n_groups(self) -> int:
        return len(self.sizes)


def search(
    crowd: Crowd,
    numbers: Sequence[int],
    settings: AnalysisSettings,
    stream: tuple[int, ...] = (),
) -> dict[int, Grouping]:
    """Look for the best grouping with each of these numbers of groups, and with one.

    Each begins from k-means in the leading axes; then, from the largest number down,
    joining the two groups that lose least takes its place where that has more evidence,
    so a number profits from the next larger one. Two numbers in a row without gain end
    the search, and a number that cannot be reached is left out. A few rounds of
    refining tell which start is the better one; `finished` does the rest.
    """
    points = crowd.positions()
    random = np.random.default_rng([settings.seed, *stream])
    found = {1: one_group(crowd)}
    best, n_without_gain = found[1].evidence, 0
    for k in numbers:
        if k > len(crowd) or n_without_gain == N_WITHOUT_GAIN:
            break
        start = starts.k_means(points[:, :k], k, settings.n_starts, random)
        grouping = refined(crowd, start, N_FIRST_ROUNDS)
        _keep_better(found, grouping)
        n_without_gain = 0 if grouping.evidence > best else n_without_gain + 1
        best = max(best, grouping.evidence)
    for k in sorted(found, reverse=True):
        if k - 1 in numbers:
            joined, evidence = _closest_joined(found[k], crowd.before)
            if k - 1 not in found or evidence > found[k - 1].evidence:
                _keep_better(found, refined(crowd, joined, N_FIRST_ROUNDS))
    return found


def refined(crowd: Crowd, start: Labels, n_rounds: int) -> Grouping:
    """Assign people to the group that explains them, recount, and again.

    Expectation and maximisation with soft memberships until nearly nobody moves.
    Groups that lose everybody are dropped.
    """
    belongs = members(start, int(start.max()) + 1).astype(np.float64)
    table = np.zeros((0, 0))
    for _ in range(n_rounds):
        table = _weights(crowd, belongs)
        after = likelihood.memberships(crowd.sides, table)
        moved = np.abs(after - belongs).sum() / 2
        belongs = after
        if moved <= SETTLED * len(start):
            break
    group_of = likelihood.likeliest(belongs)
    kept = np.unique(group_of)
    return _grouping(crowd, np.searchsorted(kept, group_of), table[:, kept])


def finished(crowd: Crowd, found: Grouping, settings: AnalysisSettings) -> Grouping:
    """Refined to the end, unless that would empty a group."""
    whole = refined(crowd, found.group_of, settings.n_refinements)
    return whole if whole.n_groups == found.n_groups else found


def one_group(crowd: Crowd) -> Grouping:
    """Everybody together."""
    together = np.zeros(len(crowd), dtype=np.intp)
    return _grouping(crowd, together, np.zeros((crowd.sides.shape[1] + 1, 1)))


def _grouping(crowd: Crowd, group_of: Labels, table: FloatArray) -> Grouping:
    is_member = members(group_of, table.shape[1]).astype(np.float64)
    tables, sizes = crowd.votes_by_group(is_member), is_member.sum(axis=0)
    score = likelihood.evidence(tables, sizes, crowd.before)
    return Grouping(group_of, table, tables, sizes, score)


def _weights(crowd: Crowd, belongs: FloatArray) -> FloatArray:
    tables, sizes = crowd.votes_by_group(belongs), belongs.sum(axis=0)
    return likelihood.weights(tables, sizes, crowd.before)


def members(group_of: Labels, n_groups: int) -> BoolArray:
    """(a, k) who is in which group; -1 is in none."""
    return np.asarray(group_of[:, None] == np.arange(n_groups))


def _keep_better(found: dict[int, Grouping], other: Grouping) -> None:
    best = found.get(other.n_groups)
    if best is None or other.evidence > best.evidence:
        found[other.n_groups] = other


def _closest_joined(grouping: Grouping, before: FloatArray) -> tuple[Labels, float]:
    """The grouping with those two groups joined whose votes lose least by it, and its
    evidence."""
    counts = likelihood.sides(grouping.tables)
    apart = likelihood.evidence_of_votes(counts, before)
    one, other = np.array([*combinations(range(grouping.n_groups), 2)]).T
    together = likelihood.evidence_of_votes(counts[one] + counts[other], before)
    gains = together - apart[one] - apart[other]
    best = np.argmax(gains)
    sizes = np.delete(grouping.sizes, other[best])
    sizes[one[best]] += grouping.sizes[other[best]]
    evidence = float(apart.sum() + gains[best]) + likelihood.evidence_of_sizes(sizes)
    joined = np.where(grouping.group_of == other[best], one[best], grouping.group_of)
    return joined - (joined > other[best]), evidence
