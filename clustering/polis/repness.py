"""Step 11: the statements that represent each group, under `repness` in the blob."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from clustering.polis.counts import Counts
from clustering.polis.proportions import Z_90, share, share_test, two_shares_test
from clustering.polis.votes import BoolArray, FloatArray, IntArray

N_LISTED = 5

Entry = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Side:
    """One group's votes in one direction on m statements, all (m,).

    p_test compares its share with one half; repness (a ratio) and repness_test
    compare it with the share of all other groups together.
    """

    repful_for: str
    n_success: IntArray
    n_trials: IntArray
    p_success: FloatArray
    p_test: FloatArray
    repness: FloatArray
    repness_test: FloatArray

    @property
    def is_sufficient(self) -> BoolArray:
        """(m,) both tests passed."""
        return (self.repness_test > Z_90) & (self.p_test > Z_90)


def select(tids: IntArray, is_out: BoolArray, groups: Counts) -> list[list[Entry]]:
    """For each of the g groups the entries of at most five statements.

    Parameters
    ----------
    tids, is_out : (m,); moderated-out statements are passed over
    groups : counts (g, m) of group members; others are not compared with

    A single group is compared with nobody: with a share of 1/2, and a test of 1/1.
    """
    places = np.flatnonzero(~is_out)
    return [
        _of_group(tids[places], *_sides(groups, group, places))
        for group in range(len(groups.seen))
    ]


def _sides(groups: Counts, group: int, places: IntArray) -> tuple[Side, Side]:
    seen = groups.seen[:, places]
    return (
        _side("agree", groups.agree[:, places], seen, group),
        _side("disagree", groups.disagree[:, places], seen, group),
    )


def _side(repful_for: str, chosen: IntArray, seen: IntArray, group: int) -> Side:
    own, own_seen = chosen[group], seen[group]
    other, other_seen = chosen.sum(axis=0) - own, seen.sum(axis=0) - own_seen
    p_success = share(own, own_seen)
    return Side(
        repful_for=repful_for,
        n_success=own,
        n_trials=own_seen,
        p_success=p_success,
        p_test=share_test(own, own_seen),
        repness=p_success / share(other, other_seen),
        repness_test=two_shares_test(own, own_seen, other, other_seen),
    )


def _of_group(tids: IntArray, agree: Side, disagree: Side) -> list[Entry]:
    entries = [_entry(int(tid), t, agree, disagree) for t, tid in enumerate(tids)]
    best_agree = _best_agree(agree, disagree)
    front = []
    if best_agree is not None:
        n_agree = int(agree.n_success[best_agree])
        front = [{**entries[best_agree], "best-agree": True, "n-agree": n_agree}]
    is_sufficient = agree.is_sufficient | disagree.is_sufficient
    if not is_sufficient.any():
        return front or _best(entries, agree, disagree)
    sufficient = [entries[t] for t in np.flatnonzero(is_sufficient) if t != best_agree]
    sufficient.sort(key=_strength, reverse=True)
    listed = (front + sufficient)[:N_LISTED]
    return sorted(listed, key=lambda entry: entry["repful-for"] == "disagree")


def _entry(tid: int, t: int, agree: Side, disagree: Side) -> Entry:
    """What is published; its direction is not that of the tests passed (quirk 13)."""
    is_agree = agree.repness_test[t] > disagree.repness_test[t]
    side = agree if is_agree else disagree
    return {
        "tid": tid,
        "n-success": int(side.n_success[t]),
        "n-trials": int(side.n_trials[t]),
        "p-success": float(side.p_success[t]),
        "p-test": float(side.p_test[t]),
        "repness": float(side.repness[t]),
        "repness-test": float(np.float32(side.repness_test[t])),  # quirk 14
        "repful-for": side.repful_for,
    }


def _strength(entry: Entry) -> float:
    strength = entry["repness"] * entry["repness-test"]
    return float(strength * entry["p-success"] * entry["p-test"])


def _best_agree(agree: Side, disagree: Side) -> int | None:
    """Place of the statement a group agrees on most, by a scan in column order.

    What a candidate must exceed depends on the one now in front, so the result
    depends on the order.
    """
    plain = agree.p_success * agree.p_test
    full = agree.repness * agree.repness_test * plain
    can_open = (agree.p_test > Z_90) | ((agree.repness > 1) & (agree.p_success > 0.5))
    best: int | None = None
    for t in np.flatnonzero(agree.n_success + disagree.n_success > 0).tolist():
        if best is None:
            is_better = can_open[t]
        elif agree.repness[best] > 1:
            is_better = full[t] > full[best]
        else:
            is_better = plain[t] > plain[best]
        best = t if is_better else best
    return best


def _best(entries: list[Entry], agree: Side, disagree: Side) -> list[Entry]:
    """The entry that differs most from the others, where none differs sufficiently.

    The comparison is with the rounded number of the one in front (quirk 14).
    """
    best: Entry | None = None
    tests = np.maximum(agree.repness_test, disagree.repness_test)
    for entry, test in zip(entries, tests.tolist(), strict=True):
        if best is None or test > best["repness-test"]:
            best = entry
    return [] if best is None else [best]
