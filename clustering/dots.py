"""The dots of the opinion map: crowds of neighbours, never a person."""

from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np
import numpy.typing as npt

from clustering.arrays import FloatArray
from clustering.findings import BaseClusters
from clustering.settings import AnalysisSettings

Rows = npt.NDArray[np.intp]
Labels = npt.NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class _Crowd:
    """People (rows), their longer side, and the sum of squares along it; 0 where the
    crowd shall not be cut."""

    rows: Rows
    longer: int
    spread: float


def base_clusters(
    positions: FloatArray, group_of: Labels, settings: AnalysisSettings
) -> BaseClusters:
    """Cut each group's people into crowds of neighbours.

    The crowd with the widest spread is cut in two at the median of its longer side,
    again and again (Bentley's k-d tree, 1975), until there are ``n_dots`` of them or
    none can be cut without leaving fewer than ``min_dot_size`` people. A group smaller
    than that is one dot, if it may be told at all; fewer people than that in all have
    none.

    Parameters
    ----------
    positions : (n, 2); group_of : (n,) index of a group, -1 where there is none
    """
    across = np.ascontiguousarray(positions.T)
    shown = group_of if len(group_of) >= settings.min_dot_size else group_of[:0]
    whole = [np.flatnonzero(shown == group) for group in np.unique(shown)]
    crowds = [_crowd(across, rows, settings) for rows in whole]
    # Of all crowds that have not been cut, the widest; of equals the first that was made.
    waiting = [(-crowd.spread, number) for number, crowd in enumerate(crowds)]
    heapify(waiting)
    while len(waiting) < settings.n_dots and waiting and waiting[0][0] < 0:
        widest = crowds[heappop(waiting)[1]]
        order = np.argsort(across[widest.longer, widest.rows], kind="stable")
        middle = len(order) // 2
        for half in (order[:middle], order[middle:]):
            crowds.append(_crowd(across, np.sort(widest.rows[half]), settings))
            heappush(waiting, (-crowds[-1].spread, len(crowds) - 1))
    crowds = [crowds[number] for number in sorted(number for _, number in waiting)]
    centers = [positions[crowd.rows].mean(axis=0) for crowd in crowds]
    return BaseClusters(
        centers=np.array(centers).reshape(-1, 2),
        sizes=np.array([len(crowd.rows) for crowd in crowds], dtype=np.int64),
        group_of=np.array(
            [group_of[crowd.rows[0]] for crowd in crowds], dtype=np.int64
        ),
    )


def _crowd(across: FloatArray, rows: Rows, settings: AnalysisSettings) -> _Crowd:
    if len(rows) < 2 * settings.min_dot_size:
        return _Crowd(rows, 0, 0.0)
    points = across.take(rows, axis=1)
    points -= np.add.reduce(points, axis=1, keepdims=True) / len(rows)
    x, y = np.vecdot(points, points).tolist()
    return _Crowd(rows, int(y > x), max(x, y))
