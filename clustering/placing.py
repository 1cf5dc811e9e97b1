"""Where one person stands on the map, from her own votes and the loadings alone.

The ridge estimate ``(L'L + damping I)^-1 L'd`` over the statements she took a side on:
d her deviations from their centres, L their loadings (Hoerl and Kennard 1970; the
posterior mean of probabilistic principal components, Tipping and Bishop 1999). What she
saw decides how far her votes can carry her; without votes she stands in the middle.
"""

import numpy as np

from clustering.arrays import BoolArray, FloatArray


def sums(deviations: FloatArray, loadings: FloatArray) -> FloatArray:
    """(5,) L'd (two), and xx, xy, yy of L'L, from (v,) and (v, 2)."""
    x, y = loadings.T
    return np.array(
        [deviations @ x, deviations @ y, (x * x).sum(), (x * y).sum(), (y * y).sum()]
    )


def placed(five: FloatArray, damping: float) -> FloatArray:
    """(r, 2) positions from each person's five `sums` (r, 5)."""
    dx, dy, xx, xy, yy = five.T
    xx, yy = xx + damping, yy + damping
    whole = xx * yy - xy * xy
    apart = np.stack([yy * dx - xy * dy, xx * dy - xy * dx], axis=1)
    return np.asarray(apart / whole[:, None])


def damping(is_mapped: BoolArray, position_votes: float) -> float:
    """Imagined neutral votes on statements of average weight: loadings are unit long."""
    return position_votes / max(int(is_mapped.sum()), 1)
