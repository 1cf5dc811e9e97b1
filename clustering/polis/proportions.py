"""Shares and their tests, as Polis computes them for steps 11 to 14."""

import numpy as np
import numpy.typing as npt

from clustering.polis.votes import FloatArray

Z_90 = 1.2816


def share(n_success: npt.ArrayLike, n_trials: npt.ArrayLike) -> FloatArray:
    """``(s + 1) / (n + 2)``."""
    return (np.asarray(n_success) + 1.0) / (np.asarray(n_trials) + 2.0)


def share_test(n_success: npt.ArrayLike, n_trials: npt.ArrayLike) -> FloatArray:
    """``2 sqrt(n + 1) ((s + 1) / (n + 1) - 1/2)``: a share against one half."""
    n = np.asarray(n_trials) + 1.0
    return np.asarray(2.0 * np.sqrt(n) * ((np.asarray(n_success) + 1.0) / n - 0.5))


def two_shares_test(
    n_success: npt.ArrayLike,
    n_trials: npt.ArrayLike,
    n_other_success: npt.ArrayLike,
    n_other_trials: npt.ArrayLike,
) -> FloatArray:
    """A share against that of the others, by the pooled test after adding 1 to all four.

    Where the pooled share is 1 the result is 0 (quirk 15).
    """
    s1, n1 = np.asarray(n_success) + 1.0, np.asarray(n_trials) + 1.0
    s2, n2 = np.asarray(n_other_success) + 1.0, np.asarray(n_other_trials) + 1.0
    pooled = (s1 + s2) / (n1 + n2)
    variance = np.where(pooled == 1.0, 1.0, pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    return np.where(pooled == 1.0, 0.0, (s1 / n1 - s2 / n2) / np.sqrt(variance))
