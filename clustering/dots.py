"""The dots of the opinion map: crowds of neighbours, never a person."""

import numpy as np
import numpy.typing as npt

from clustering.arrays import FloatArray
from clustering.findings import BaseClusters
from clustering.settings import AnalysisSettings

Rows = npt.NDArray[np.intp]
Labels = npt.NDArray[np.int8]


def base_clusters(
    positions: FloatArray, group_of: Labels, settings: AnalysisSettings
) -> BaseClusters:
    """Cut each group's people into crowds of neighbours.

    The crowd with the widest spread is cut in two at the median of its longer side,
    again and again (Bentley's k-d tree, 1975), until there are ``n_dots`` of them or
    none can be cut without leaving fewer than ``min_dot_size`` people. A group smaller
    than that is one dot, if it may be told at all.

    Parameters
    ----------
    positions : (n, 2); group_of : (n,) index of a group, -1 where there is none
    """
    across = np.ascontiguousarray(positions.T)
    crowds = [np.flatnonzero(group_of == group) for group in np.unique(group_of)]
    spreads = [_spread(across[:, rows], settings) for rows in crowds]
    while len(crowds) < settings.n_dots and max(spreads, default=0.0) > 0.0:
        widest = spreads.index(max(spreads))
        rows = crowds.pop(widest)
        del spreads[widest]
        for half in _halves(across, rows):
            crowds.append(half)
            spreads.append(_spread(across[:, half], settings))
    centers = [positions[rows].mean(axis=0) for rows in crowds]
    return BaseClusters(
        centers=np.array(centers).reshape(-1, 2),
        sizes=np.array([len(rows) for rows in crowds], dtype=np.int64),
        group_of=np.array([group_of[rows[0]] for rows in crowds], dtype=np.int64),
    )


def _spread(across: FloatArray, settings: AnalysisSettings) -> float:
    """Sum of squares along the longer side (2, a); 0 where it shall not be cut."""
    n = across.shape[1]
    if n < 2 * settings.min_dot_size:
        return 0.0
    return float(max(_squares(across[0]), _squares(across[1])))


def _squares(along: FloatArray) -> float:
    away = along - along.sum() / len(along)
    return float(away @ away)


def _halves(across: FloatArray, rows: Rows) -> tuple[Rows, Rows]:
    x, y = across[:, rows]
    order = np.argsort(x if _squares(x) >= _squares(y) else y, kind="stable")
    middle = len(rows) // 2
    return np.sort(rows[order[:middle]]), np.sort(rows[order[middle:]])
