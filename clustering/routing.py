"""What the draw of the next statement needs to know: stored with each analysis.

The draw itself is made where people vote, without this engine.
"""

import numpy as np

from clustering.arrays import BoolArray, FloatArray, IntArray
from clustering.proportions import smoothed
from clustering.settings import AnalysisSettings

SHARPNESS = 5.0
"""A statement one standard error from the border counts less than a hundredth of one
at it: there are never enough votes to settle all, so they go to the nearest."""

PLACING, MISSING = 8.0, 2.0
"""At most so many times, or so many times less, the chance of a statement changes for
newcomers, and for the people of a group."""

N_EXPECTED = 5.0
"""Votes of everybody before it shows whose are missing."""


def priority(
    n_agree: IntArray,
    n_seen: IntArray,
    is_mapped: BoolArray,
    settings: AnalysisSettings,
) -> FloatArray:
    """(m,) 0..1, how undecided it is whether the statement belongs to the top.

    ``exp(-5 z^2)``, z the distance of its share of agreement from the border, in
    standard errors; shares smoothed. The border is half-way between the last of the
    top and the first below it; the top are ``n_contenders`` statements, or a quarter.
    Zero where not mapped.
    """
    share = smoothed(n_agree, n_seen)
    spread = np.sqrt(share * (1.0 - share) / (n_seen + 3.0))
    ordered = np.sort(share[is_mapped])[::-1]
    n_top = min(settings.n_contenders, -(-len(ordered) // 4))
    if n_top == 0 or n_top == len(ordered):
        return is_mapped.astype(np.float64)
    border = ordered[n_top - 1 : n_top + 1].mean()
    z = (share - border) / spread
    return np.where(is_mapped, np.exp(-SHARPNESS * z**2), 0.0)


def personal(
    n_seen: IntArray,
    overall_n_agree: IntArray,
    overall_n_disagree: IntArray,
    overall_n_seen: IntArray,
    extremity: FloatArray,
    is_mapped: BoolArray,
) -> FloatArray:
    """(1 + g, m) factors: first for people not placed yet, then for each group.

    For newcomers the square of what a vote tells of her place on the map, 1 on average:
    the squared loading, times the share of votes that take a side. For a group, how few
    of the votes on the statement are its own, measured against its part of all votes.

    n_seen : (g, m) votes of each group; the others are of everybody
    """
    sides = smoothed(overall_n_agree + overall_n_disagree, overall_n_seen)
    # Two axes of unit length: the mean square of extremity is two.
    told = np.where(is_mapped, sides * extremity**2 / 2.0, 1.0)
    newcomers = np.clip(told**2, 1.0 / PLACING, PLACING)
    part = n_seen.sum(axis=1, keepdims=True) / max(int(n_seen.sum()), 1)
    expected = part * (n_seen.sum(axis=0) + N_EXPECTED)
    missing = expected / np.maximum(n_seen + part * N_EXPECTED, 1e-9)
    groups = np.clip(missing, 1.0 / MISSING, MISSING)
    return np.asarray(np.vstack([newcomers, groups]))
