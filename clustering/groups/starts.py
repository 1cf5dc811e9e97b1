"""Where the search for groups begins: k-means among the positions, from many seeds."""

import numpy as np
import numpy.typing as npt

from clustering.arrays import FloatArray

Labels = npt.NDArray[np.intp]

N_ROUNDS = 5
# Of the largest coordinate: centres that move less have settled.
SETTLED = 1e-3


def k_means(
    points: FloatArray, k: int, n_starts: int, random: np.random.Generator
) -> Labels:
    """(a,) a partition of the points (a, q) into at most k parts.

    Lloyd's algorithm from ``n_starts`` seedings, all at once; the partition with the
    least sum of squares wins. It is a start, not a result: a few rounds do.
    """
    across = np.ascontiguousarray(points.T)
    centers = _seeds(points, k, n_starts, random)
    for _ in range(N_ROUNDS):
        nearest, _cost = _nearest(across, centers)
        moved = _means(points, nearest, centers)
        is_settled = np.abs(moved - centers).max() < SETTLED * np.abs(moved).max()
        centers = moved
        if is_settled:
            break
    nearest, cost = _nearest(across, centers)
    return np.asarray(nearest[cost.argmin()])


def _seeds(
    points: FloatArray, k: int, n_starts: int, random: np.random.Generator
) -> FloatArray:
    """(s, k, q) points drawn far from each other: k-means++ (Arthur and
    Vassilvitskii 2007)."""
    n = len(points)
    chosen = np.empty((n_starts, k), dtype=np.intp)
    chosen[:, 0] = random.integers(0, n, n_starts)
    across, lengths = points.T, (points * points).sum(axis=1)
    nearest = np.full((n_starts, n), np.inf)
    for j in range(1, k):
        last = points[chosen[:, j - 1]]
        away = -2.0 * (last @ across)
        away += lengths
        away += (last * last).sum(axis=1)[:, None]
        np.minimum(nearest, np.maximum(away, 0.0, out=away), out=nearest)
        odds = np.cumsum(nearest, axis=1)
        drawn = random.random(n_starts) * odds[:, -1]
        chosen[:, j] = (odds < drawn[:, None]).sum(axis=1).clip(max=n - 1)
    return points[chosen]


def _nearest(across: FloatArray, centers: FloatArray) -> tuple[Labels, FloatArray]:
    """(s, a) nearest centre of each point, and (s,) the sum of squares, less that of
    the points themselves. Points (q, a) and distances lie along the points: numpy
    works on few long rows several times faster than on many short ones."""
    s, k, q = centers.shape
    away = -2.0 * (centers.reshape(-1, q) @ across)
    away += (centers * centers).sum(axis=2).reshape(-1, 1)
    away = away.reshape(s, k, -1)
    least, nearest = away[:, 0].copy(), np.zeros(away[:, 0].shape, dtype=np.intp)
    for j in range(1, k):
        np.copyto(nearest, j, where=away[:, j] < least)
        np.minimum(least, away[:, j], out=least)
    return nearest, least.sum(axis=1)


def _means(points: FloatArray, nearest: Labels, centers: FloatArray) -> FloatArray:
    """(s, k, q) the mean of each part; an empty one keeps its centre."""
    k, q = centers.shape[1:]
    is_member = (nearest[:, None] == np.arange(k)[:, None]).reshape(-1, len(points))
    sizes = is_member.sum(axis=1)[:, None]
    means = (is_member.astype(np.float64) @ points) / np.maximum(sizes, 1)
    old = centers.reshape(-1, q)
    return np.where(sizes > 0, means, old).reshape(centers.shape)
