"""Who thinks alike: k-means in two rounds, the number of groups, and their letters."""

from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_uppercase

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from clustering.matrix import Index
from clustering.results import CandidateGrouping, FloatArray, IntArray
from clustering.settings import AnalysisSettings

BLOCK = 8192


@dataclass(frozen=True, eq=False)
class Grouping:
    """Of a people in b base clusters in g groups.

    base_of : (a,) base cluster of each; base_centers : (b, 2); base_sizes : (b,)
    base_group_of : (b,) group of each base cluster; centers : (g, 2); sizes : (g,)
    candidates : the numbers of groups tried, with their silhouettes
    """

    base_of: Index
    base_centers: FloatArray
    base_sizes: IntArray
    base_group_of: Index
    centers: FloatArray
    sizes: IntArray
    candidates: tuple[CandidateGrouping, ...]

    @property
    def group_of(self) -> Index:
        """(a,) group of each person."""
        return self.base_group_of[self.base_of]

    def reordered(self, order: Index) -> "Grouping":
        """The same grouping, its groups numbered in the given order."""
        return Grouping(
            base_of=self.base_of,
            base_centers=self.base_centers,
            base_sizes=self.base_sizes,
            base_group_of=np.argsort(order)[self.base_group_of],
            centers=self.centers[order],
            sizes=self.sizes[order],
            candidates=self.candidates,
        )


def find(positions: FloatArray, settings: AnalysisSettings) -> Grouping:
    """Group people by position; the order of rows chooses the seeds.

    First everybody joins one of at most 100 base clusters, then these are grouped,
    weighted by their people, into 2, 3, ... groups; the number with the best
    silhouette wins, ties going to the larger. Fewer than two distinct positions
    make one group; nobody makes none.
    """
    everybody = np.ones(len(positions))
    base_of, base_centers = k_means(
        positions,
        everybody,
        settings.n_base_clusters,
        settings.n_base_iterations,
        settings.center_tolerance,
    )
    base_sizes = np.bincount(base_of, minlength=len(base_centers))
    best, candidates = _best_grouping(base_centers, base_sizes, settings)
    sizes = np.bincount(best, weights=base_sizes).astype(np.int64)
    return Grouping(
        base_of=base_of,
        base_centers=base_centers,
        base_sizes=base_sizes,
        base_group_of=best,
        centers=_means(base_centers, base_sizes.astype(np.float64), best, len(sizes)),
        sizes=sizes,
        candidates=candidates,
    )


def k_means(
    points: FloatArray, weights: FloatArray, k: int, n_iterations: int, tolerance: float
) -> tuple[Index, FloatArray]:
    """Lloyd's k-means, seeded with the first k distinct points.

    Returns
    -------
    nearest : (a,) index of each point's centre; on a tie the last of the nearest
    centers : (c, 2) weighted means, c <= k: a centre without points is dropped

    It stops after the step that moves no centre by ``tolerance`` or more, old and
    new centres paired by their order along the axes, and after ``n_iterations`` + 1
    steps at the latest.
    """
    centers = points[_first_distinct(points, k)]
    nearest = np.zeros(len(points), dtype=np.intp)
    for _ in range(n_iterations + 1):
        nearest = _nearest(points, centers)
        is_kept = np.bincount(nearest, minlength=len(centers)) > 0
        nearest = (np.cumsum(is_kept) - 1)[nearest]
        moved = _means(points, weights, nearest, int(is_kept.sum()))
        is_settled = _is_near(centers, moved, tolerance)
        centers = moved
        if is_settled:
            break
    return nearest, centers


def letters(
    grouping: Grouping,
    ids: IntArray,
    previous_letters: tuple[str, ...],
    previous_ids: IntArray,
    previous_group_of: IntArray,
) -> tuple[str, ...]:
    """A letter for each group, staying with the people who had it before.

    Groups are matched to the previous ones so that as many people as possible keep
    their letter. A group that shares nobody gets the first letter neither run uses,
    larger groups first, then the one with the smallest participant id.
    """
    overlap = _overlap(
        grouping, ids, len(previous_letters), previous_ids, previous_group_of
    )
    found = ["" for _ in grouping.sizes]
    for group, before in zip(*linear_sum_assignment(-overlap), strict=True):
        if overlap[group, before] > 0:
            found[group] = previous_letters[before]
    unused = (letter for letter in ascii_uppercase if letter not in previous_letters)
    smallest = [ids[grouping.group_of == group].min() for group in range(len(found))]
    for group in np.lexsort((np.array(smallest), -grouping.sizes)):
        found[group] = found[group] or next(unused)
    return tuple(found)


def _best_grouping(
    centers: FloatArray, sizes: IntArray, settings: AnalysisSettings
) -> tuple[Index, tuple[CandidateGrouping, ...]]:
    best, best_score = np.zeros(len(centers), dtype=np.intp), -np.inf
    candidates = []
    for n_groups, found in _groupings(centers, sizes, settings):
        score = silhouette(centers, found)
        candidates.append(CandidateGrouping(n_groups, score))
        if score >= best_score:
            best, best_score = found, score
    return best, tuple(candidates)


def _groupings(
    centers: FloatArray, sizes: IntArray, settings: AnalysisSettings
) -> Iterator[tuple[int, Index]]:
    most = 2 + len(centers) // settings.base_clusters_per_group
    weights = sizes.astype(np.float64)
    for k in range(2, min(settings.max_groups, most, len(centers)) + 1):
        found, _ = k_means(
            centers, weights, k, settings.n_group_iterations, settings.center_tolerance
        )
        if found.max() > 0:
            yield k, found


def silhouette(points: FloatArray, group_of: Index) -> float:
    """Mean silhouette, -1..1; a point alone in its group scores 0.

    With a the mean distance to the others of a point's group and b the least mean
    distance to another group, each point scores (b - a) / max(a, b): Rousseeuw,
    J. Comput. Appl. Math. 20 (1987). Equal to scikit-learn's, which a test holds it
    to; importing that costs ten times what a whole analysis does.
    """
    everyone = np.arange(len(points))
    is_member = group_of[:, None] == np.arange(group_of.max() + 1)
    sizes = is_member.sum(axis=0)
    total = cdist(points, points) @ is_member
    n_others = sizes[group_of] - 1
    own = total[everyone, group_of] / np.maximum(n_others, 1)
    other = np.where(is_member, np.inf, total / sizes).min(axis=1)
    scale = np.maximum(np.maximum(own, other), np.finfo(np.float64).tiny)
    return float(np.where(n_others > 0, (other - own) / scale, 0.0).mean())


def _first_distinct(points: FloatArray, k: int) -> Index:
    order = np.lexsort((points[:, 1], points[:, 0]))
    is_new = np.ones(len(points), dtype=np.bool_)
    is_new[1:] = np.diff(points[order], axis=0).any(axis=1)
    return np.sort(order[is_new])[:k]


def _nearest(points: FloatArray, centers: FloatArray) -> Index:
    """(a,) nearest centre; on a tie the last. In blocks, so that memory stays small."""
    nearest = np.zeros(len(points), dtype=np.intp)
    last_first = centers[::-1]
    for start in range(0, len(points), BLOCK):
        block = slice(start, start + BLOCK)
        distances = cdist(points[block], last_first, "sqeuclidean")
        nearest[block] = len(centers) - 1 - distances.argmin(axis=1)
    return nearest


def _means(
    points: FloatArray, weights: FloatArray, group_of: Index, n_groups: int
) -> FloatArray:
    total = np.bincount(group_of, weights=weights, minlength=n_groups)
    sums = [
        np.bincount(group_of, weights=weights * points[:, axis], minlength=n_groups)
        for axis in (0, 1)
    ]
    return np.stack(sums, axis=1) / total[:, None]


def _is_near(old: FloatArray, new: FloatArray, tolerance: float) -> bool:
    if len(old) != len(new):
        return False
    old = old[np.lexsort((old[:, 1], old[:, 0]))]
    new = new[np.lexsort((new[:, 1], new[:, 0]))]
    steps = np.hypot(*(new - old).T)
    return bool((steps < tolerance).all())


def _overlap(
    grouping: Grouping,
    ids: IntArray,
    n_previous: int,
    previous_ids: IntArray,
    previous_group_of: IntArray,
) -> IntArray:
    """(g, n_previous) people who are in both groups."""
    shape = (len(grouping.sizes), n_previous)
    _, here, before = np.intersect1d(
        ids, previous_ids, assume_unique=True, return_indices=True
    )
    was = previous_group_of[before]
    cell = (grouping.group_of[here] * n_previous + was)[was >= 0]
    return np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)
