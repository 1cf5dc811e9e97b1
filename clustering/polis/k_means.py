"""Step 7: Polis's k-means, and the silhouette that chooses among its results."""

from dataclasses import dataclass

import numpy as np
from scipy.spatial.distance import cdist

from clustering.polis.votes import FloatArray, Rows

TOLERANCE = 0.01


@dataclass(frozen=True, eq=False)
class Clustering:
    """Of a points into c clusters.

    ids : (c,) places of their seeds, ascending, with gaps where a cluster was lost
    cluster_of : (a,) index into ids; centers : (c, 2)
    """

    ids: Rows
    cluster_of: Rows
    centers: FloatArray


def first_distinct(points: FloatArray, k: int) -> FloatArray:
    """(k or fewer, 2) the first distinct rows: the seeds of a cold start (quirk 10)."""
    _, first = np.unique(points, axis=0, return_index=True)
    return points[np.sort(first)[:k]]


def k_means(
    points: FloatArray, weights: FloatArray, seeds: FloatArray, max_iters: int
) -> Clustering:
    """Lloyd's steps from the given seeds, at most ``max_iters`` + 1 of them.

    Parameters
    ----------
    points, weights : (a, 2) and (a,), a >= 1; seeds : (k, 2), k >= 1

    A point goes to the nearest centre, on a tie to the last of them (quirk 12); a
    cluster without points is dropped.
    """
    ids, centers = np.arange(len(seeds)), seeds
    for _ in range(max_iters + 1):
        nearest = len(centers) - 1 - cdist(points, centers[::-1]).argmin(axis=1)
        kept, cluster_of = np.unique(nearest, return_inverse=True)
        moved = means(points, weights, cluster_of)
        is_settled = _is_near(centers, moved)
        ids, centers = ids[kept], moved
        if is_settled:
            break
    return Clustering(ids, cluster_of, centers)


def means(points: FloatArray, weights: FloatArray, cluster_of: Rows) -> FloatArray:
    """(c, 2) weighted means of the clusters 0 ... c - 1, each with a point."""
    total = np.bincount(cluster_of, weights)
    sums = [np.bincount(cluster_of, weights * axis) for axis in points.T]
    return np.stack(sums, axis=1) / total[:, None]


def silhouette(points: FloatArray, cluster_of: Rows) -> float:
    """Mean over points of (b - a) / max(a, b), with 0 for one alone in its cluster.

    a : mean distance to the others of its own cluster; b : least mean distance to
    another one (Rousseeuw, J. Comput. Appl. Math. 20, 1987). Where there is no other
    cluster nothing can be told, and the result is 0.
    """
    is_member = cluster_of[:, None] == np.arange(cluster_of.max() + 1)
    sizes = is_member.sum(axis=0)
    if len(sizes) == 1:
        return 0.0
    distances = cdist(points, points) @ is_member
    n_others = sizes[cluster_of] - 1
    own = distances[np.arange(len(points)), cluster_of] / np.maximum(n_others, 1)
    other = np.where(is_member, np.inf, distances / sizes).min(axis=1)
    scale = np.maximum(np.maximum(own, other), np.finfo(np.float64).tiny)
    return float(np.where(n_others > 0, (other - own) / scale, 0.0).mean())


def _is_near(old: FloatArray, new: FloatArray) -> bool:
    """Whether no centre moved: both sorted, paired until the shorter ends (quirk 11)."""
    n_pairs = min(len(old), len(new))
    old = old[np.lexsort((old[:, 1], old[:, 0]))][:n_pairs]
    new = new[np.lexsort((new[:, 1], new[:, 0]))][:n_pairs]
    return bool((np.hypot(*(new - old).T) < TOLERANCE).all())
