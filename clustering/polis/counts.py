"""Step 10: agrees, disagrees and all votes, by base cluster, by group, in all."""

from dataclasses import dataclass

import numpy as np

from clustering.polis.clusters import Cluster
from clustering.polis.votes import AGREE, DISAGREE, FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Counts:
    """Votes on m statements in c rows, each array (c, m).

    They mean what they say: agree is agree. ``seen`` has the passes, too.
    """

    agree: IntArray
    disagree: IntArray
    seen: IntArray

    @property
    def total(self) -> "Counts":
        """All rows as one; arrays (1, m)."""
        return self.merged([np.arange(len(self.seen))])

    def merged(self, rows: list[IntArray]) -> "Counts":
        """One row for each list of rows, their sum."""
        shape = (len(rows), self.seen.shape[1])

        def add(counts: IntArray) -> IntArray:
            sums = [counts[places].sum(axis=0) for places in rows]
            return np.array(sums, dtype=np.int64).reshape(shape)

        return Counts(add(self.agree), add(self.disagree), add(self.seen))


def of_people(raw: FloatArray) -> Counts:
    """A row for each participant, from the votes as they were cast."""
    return Counts(
        agree=(raw == AGREE).astype(np.int64),
        disagree=(raw == DISAGREE).astype(np.int64),
        seen=(~np.isnan(raw)).astype(np.int64),
    )


def of_clusters(counts: Counts, clusters: tuple[Cluster, ...]) -> Counts:
    """A row for each cluster: of participants, or of base clusters."""
    return counts.merged([cluster.members for cluster in clusters])
