"""How much a further vote on a statement would tell."""

import numpy as np

from clustering.arrays import BoolArray, FloatArray, IntArray
from clustering.proportions import smoothed
from clustering.settings import AnalysisSettings


def score(
    n_agree: IntArray,
    n_disagree: IntArray,
    n_seen: IntArray,
    extremity: FloatArray,
    is_meta: BoolArray,
    settings: AnalysisSettings,
) -> FloatArray:
    """(m,) weight for showing each statement next; counts (m,) over grouped people.

    ``importance = (1 - p_pass) * (1 + extremity) * p_agree``, shares smoothed;
    ``priority = (importance * (1 + 8 * 2^(-n_seen / 5)))^2``; meta statements: 49.
    """
    p_pass = smoothed(n_seen - n_agree - n_disagree, n_seen)
    importance = (1.0 - p_pass) * (1.0 + extremity) * smoothed(n_agree, n_seen)
    novelty = 1.0 + settings.novelty_weight * np.exp2(
        -n_seen / settings.novelty_half_life
    )
    weight = np.where(is_meta, settings.meta_importance, importance * novelty)
    return np.asarray(weight**2)
