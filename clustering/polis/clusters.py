"""Steps 8 and 9: a cold start finds base clusters, and groups among those."""

from dataclasses import dataclass

import numpy as np

from clustering.polis.k_means import Clustering, first_distinct, k_means, silhouette
from clustering.polis.votes import FloatArray, IntArray, Rows

BASE_K, BASE_ITERS = 100, 100
GROUP_ITERS = 20  # quirk 4
MAX_GROUPS = 5
BASE_CLUSTERS_PER_GROUP = 12


@dataclass(frozen=True, eq=False)
class Cluster:
    """An id, and places of its members: rows of participants, or base clusters."""

    id: int
    members: Rows


@dataclass(frozen=True, eq=False)
class Memberships:
    """Rows in the conversation, their base clusters, and the groups; by ascending id.

    Everybody in the conversation is in one base cluster, and that in one group.
    """

    in_conv: Rows
    base: tuple[Cluster, ...]
    groups: tuple[Cluster, ...]

    @property
    def base_sizes(self) -> IntArray:
        """(b,) members of each base cluster."""
        return np.array([len(cluster.members) for cluster in self.base], dtype=np.int64)


def cold_start(projections: FloatArray, in_conv: Rows) -> Memberships:
    """Cluster the rows ``in_conv`` of the projections (n, 2) from nothing."""
    points = projections[in_conv]
    if len(points) == 0:
        return Memberships(in_conv, (), ())
    seeds = first_distinct(points, BASE_K)
    base = k_means(points, np.ones(len(points)), seeds, BASE_ITERS)
    sizes = np.bincount(base.cluster_of).astype(np.float64)
    groups = best(candidates(base.centers, sizes))
    return Memberships(
        in_conv, _clusters(base, in_conv), _clusters(groups, np.arange(len(sizes)))
    )


def candidates(
    centers: FloatArray, sizes: FloatArray
) -> dict[int, tuple[float, Clustering]]:
    """Silhouette and clustering of the base clusters for every k on offer.

    K goes from 2 to min(5, 2 + b // 12), even where all are in one place (quirk 9).
    The clustering weighs a base cluster by its people, the silhouette does not.
    """
    most = min(MAX_GROUPS, 2 + len(centers) // BASE_CLUSTERS_PER_GROUP)
    found = {}
    for k in range(2, most + 1):
        groups = k_means(centers, sizes, first_distinct(centers, k), GROUP_ITERS)
        found[k] = silhouette(centers, groups.cluster_of), groups
    return found


def best(found: dict[int, tuple[float, Clustering]]) -> Clustering:
    """The clustering with the largest silhouette, on a tie the one with more groups."""
    return max(found.items(), key=lambda item: (item[1][0], item[0]))[1][1]


def _clusters(clustering: Clustering, places: Rows) -> tuple[Cluster, ...]:
    return tuple(
        Cluster(int(number), places[clustering.cluster_of == place])
        for place, number in enumerate(clustering.ids)
    )
