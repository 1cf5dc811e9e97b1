"""Shares and how surprising they are: the only statistics primitives of the engine.

All functions take counts as numbers or arrays and work element by element.
"""

import numpy as np
import numpy.typing as npt

from clustering.arrays import FloatArray


def smoothed(n_success: npt.ArrayLike, n_trials: npt.ArrayLike) -> FloatArray:
    """Share pulled towards one half: ``(n_success + 1) / (n_trials + 2)``.

    Laplace's rule of succession; Polis's ``pa`` and ``pd``.
    """
    return (np.asarray(n_success) + 1.0) / (np.asarray(n_trials) + 2.0)


def z_one(n_success: npt.ArrayLike, n_trials: npt.ArrayLike) -> FloatArray:
    """z-score of a share against one half, after adding one success to one trial.

    Polis's ``pat`` and ``pdt``: ``2 sqrt(n + 1) ((s + 1) / (n + 1) - 1/2)``.
    """
    n = np.asarray(n_trials) + 1.0
    return np.asarray(2.0 * np.sqrt(n) * ((np.asarray(n_success) + 1.0) / n - 0.5))
