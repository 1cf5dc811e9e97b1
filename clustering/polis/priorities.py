"""Step 14: how often each statement is to be shown, under `comment-priorities`."""

import numpy as np

from clustering.polis.counts import Counts
from clustering.polis.proportions import share
from clustering.polis.votes import BoolArray, FloatArray

META_PRIORITY = 7.0


def score(counts: Counts, extremity: FloatArray, is_meta: BoolArray) -> FloatArray:
    """(m,) weights, from the counts (1, m) of all groups together.

    ``importance = (1 - p_pass) (1 + extremity) p_agree``, shares as elsewhere;
    ``priority = (importance (1 + 8 * 2^(-seen / 5)))^2``; meta statements have 49.
    The counts are those of now (quirk 5), and rejected statements get one (quirk 18).
    """
    agree, disagree, seen = counts.agree[0], counts.disagree[0], counts.seen[0]
    p_pass = share(seen - agree - disagree, seen)
    importance = (1.0 - p_pass) * (1.0 + extremity) * share(agree, seen)
    novelty = 1.0 + 8.0 * np.exp2(-seen / 5.0)
    return np.where(is_meta, META_PRIORITY, importance * novelty) ** 2
