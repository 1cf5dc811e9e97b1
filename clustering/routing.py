"""What the draw of the next statement needs to know: stored with each analysis.

The draw itself is made where people vote, without this engine.
"""

import numpy as np
from scipy.special import ndtr

from clustering.arrays import BoolArray, FloatArray, IntArray
from clustering.proportions import smoothed
from clustering.settings import AnalysisSettings

LEAST, MOST = 0.5, 2.0
"""A personal factor halves or doubles the chance of a statement, no more."""

N_EXPECTED = 5.0
"""Votes of everybody before it shows whose are missing."""


def priority(
    n_agree: IntArray,
    n_seen: IntArray,
    is_mapped: BoolArray,
    settings: AnalysisSettings,
) -> FloatArray:
    """(m,) 0..1, how undecided it is whether the statement belongs to the top.

    ``4 P (1 - P)``, P the probability that its share of agreement, smoothed, lies
    above the border: half-way between the last of the top and the first below it.
    The top are ``n_contenders`` statements, or a quarter. Zero where not mapped.
    """
    share = smoothed(n_agree, n_seen)
    spread = np.sqrt(share * (1.0 - share) / (n_seen + 3.0))
    ordered = np.sort(share[is_mapped])[::-1]
    n_top = min(settings.n_contenders, -(-len(ordered) // 4))
    if n_top == 0 or n_top == len(ordered):
        return is_mapped.astype(np.float64)
    border = ordered[n_top - 1 : n_top + 1].mean()
    p_top = ndtr((share - border) / spread)
    return np.where(is_mapped, 4.0 * p_top * (1.0 - p_top), 0.0)


def personal(
    n_seen: IntArray,
    overall_n_agree: IntArray,
    overall_n_disagree: IntArray,
    overall_n_seen: IntArray,
    extremity: FloatArray,
    is_mapped: BoolArray,
) -> FloatArray:
    """(1 + g, m) factors: first for people not placed yet, then for each group.

    For newcomers, by how far a vote on the statement is expected to carry them on the
    map; for a group, by how few of the votes on the statement are its own, measured
    against its part of all votes.

    n_seen : (g, m) votes of each group; the others are of everybody
    """
    sides = smoothed(overall_n_agree + overall_n_disagree, overall_n_seen)
    # Two axes of unit length: the mean square of extremity is two.
    placing = np.where(is_mapped, sides * extremity**2 / 2.0, 1.0)
    part = n_seen.sum(axis=1, keepdims=True) / max(int(n_seen.sum()), 1)
    all_seen = n_seen.sum(axis=0)
    missing = part * (all_seen + N_EXPECTED) / (n_seen + part * N_EXPECTED + 1e-9)
    return np.asarray(np.clip(np.vstack([placing, missing]), LEAST, MOST))
