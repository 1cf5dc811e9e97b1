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


def z_two(
    n_success: npt.ArrayLike,
    n_trials: npt.ArrayLike,
    n_other_success: npt.ArrayLike,
    n_other_trials: npt.ArrayLike,
) -> FloatArray:
    """z-score of a share against another share, one success added to each.

    The pooled two-proportion test; Polis's ``rat`` and ``rdt``. Where everybody on
    both sides succeeded nothing can be told apart, and the score is 0.
    """
    s1, n1 = np.asarray(n_success) + 1.0, np.asarray(n_trials) + 1.0
    s2, n2 = np.asarray(n_other_success) + 1.0, np.asarray(n_other_trials) + 1.0
    pooled = (s1 + s2) / (n1 + n2)
    variance = pooled * (1.0 - pooled) * (1.0 / n1 + 1.0 / n2)
    is_open = variance > 0.0
    scores = (s1 / n1 - s2 / n2) / np.sqrt(np.where(is_open, variance, 1.0))
    return np.where(is_open, scores, 0.0)
