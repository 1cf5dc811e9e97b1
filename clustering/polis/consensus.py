"""Steps 12 and 13: majorities over everybody, and agreement in every group."""

from typing import Any

import numpy as np

from clustering.polis.counts import Counts
from clustering.polis.proportions import Z_90, share, share_test
from clustering.polis.votes import BoolArray, FloatArray, IntArray

N_LISTED = 5


def majorities(
    tids: IntArray, is_out: BoolArray, everybody: Counts
) -> dict[str, list[dict[str, Any]]]:
    """The `consensus` of the blob: at most five statements in each direction.

    Parameters
    ----------
    tids, is_out : (m,); moderated-out statements are passed over
    everybody : counts (1, m) over all participants, in the conversation or not
    """
    places = np.flatnonzero(~is_out)
    seen = everybody.seen[0]
    return {
        "agree": _strongest(tids, places, everybody.agree[0], seen),
        "disagree": _strongest(tids, places, everybody.disagree[0], seen),
    }


def group_aware(groups: Counts) -> FloatArray:
    """(m,) product of the groups' shares of agreement, from counts (g, m).

    For every statement, the moderated-out ones as well (quirk 18).
    """
    return np.asarray(share(groups.agree, groups.seen).prod(axis=0))


def _strongest(
    tids: IntArray, places: IntArray, chosen: IntArray, seen: IntArray
) -> list[dict[str, Any]]:
    p_success, p_test = share(chosen, seen), share_test(chosen, seen)
    passed = places[(p_success[places] > 0.5) & (p_test[places] > Z_90)]
    order = np.argsort(-(p_success * p_test)[passed], kind="stable")
    return [
        {
            "tid": int(tids[t]),
            "n-success": int(chosen[t]),
            "n-trials": int(seen[t]),
            "p-success": float(p_success[t]),
            "p-test": float(p_test[t]),
        }
        for t in passed[order][:N_LISTED]
    ]
