"""What sets each group apart: statements it chooses more than the others do."""

from dataclasses import dataclass

import numpy as np

from clustering.proportions import smoothed, z_one, z_two
from clustering.results import (
    AGREE,
    DISAGREE,
    BoolArray,
    FloatArray,
    IntArray,
    RepresentativeStatement,
)
from clustering.settings import AnalysisSettings

Representatives = tuple[RepresentativeStatement, ...]


@dataclass(frozen=True, eq=False)
class Side:
    """One group's choices in one direction, all (m,): counts, shares and tests."""

    choice: int
    n_chosen: IntArray
    n_seen: IntArray
    p: FloatArray
    z: FloatArray
    ratio: FloatArray
    z_ratio: FloatArray
    passed: BoolArray

    @property
    def strength(self) -> FloatArray:
        """Polis's order: ratio x z_ratio x share x z."""
        return self.ratio * self.z_ratio * self.p * self.z


def select(
    statement_ids: IntArray,
    is_neutral: BoolArray,
    n_agree: IntArray,
    n_disagree: IntArray,
    n_seen: IntArray,
    settings: AnalysisSettings,
) -> tuple[Representatives, ...]:
    """Choose for each group the statements that represent it.

    Parameters
    ----------
    statement_ids, is_neutral : (m,); neutral statements are never chosen
    n_agree, n_disagree, n_seen : (g, m) counts of group members, passes in n_seen

    Returns
    -------
    One tuple per group, agreements before disagreements. Empty where there is only
    one group: nothing sets apart those who have nobody beside them.
    """
    n_groups = len(n_seen)
    if n_groups < 2:
        return tuple(() for _ in range(n_groups))
    places = np.flatnonzero(~is_neutral)
    ids, seen = statement_ids[places], n_seen[:, places]
    sides = [
        (
            _side(AGREE, n_agree[:, places], seen, group, settings),
            _side(DISAGREE, n_disagree[:, places], seen, group, settings),
        )
        for group in range(n_groups)
    ]
    return tuple(_of_group(ids, agree, disagree, settings) for agree, disagree in sides)


def _side(
    choice: int,
    n_chosen: IntArray,
    n_seen: IntArray,
    group: int,
    settings: AnalysisSettings,
) -> Side:
    own, own_seen = n_chosen[group], n_seen[group]
    other, other_seen = n_chosen.sum(axis=0) - own, n_seen.sum(axis=0) - own_seen
    p, z = smoothed(own, own_seen), z_one(own, own_seen)
    z_ratio = z_two(own, own_seen, other, other_seen)
    return Side(
        choice=choice,
        n_chosen=own,
        n_seen=own_seen,
        p=p,
        z=z,
        ratio=p / smoothed(other, other_seen),
        z_ratio=z_ratio,
        passed=(z > settings.z_threshold) & (z_ratio > settings.z_threshold),
    )


def _of_group(
    ids: IntArray, agree: Side, disagree: Side, settings: AnalysisSettings
) -> Representatives:
    best = _best_agreed(agree, disagree.n_chosen, settings)
    front = [] if best is None else [(best, agree)]
    others = [
        (t, side)
        for side in (agree, disagree)
        for t in np.flatnonzero(side.passed).tolist()
        if t != best
    ]
    if not agree.passed.any() and not disagree.passed.any():
        chosen = front or _least_bad(agree, disagree)
    else:
        others.sort(key=lambda entry: (-entry[1].strength[entry[0]], entry[0]))
        chosen = (front + others)[: settings.n_representative]
    chosen.sort(key=lambda entry: entry[1].choice == DISAGREE)
    return tuple(_entry(int(ids[t]), t, side, t == best) for t, side in chosen)


def _best_agreed(
    agree: Side, n_disagree: IntArray, settings: AnalysisSettings
) -> int | None:
    """Polis's scan in id order; the yardstick depends on the statement now in front."""
    could_open = (agree.z > settings.z_threshold) | (
        (agree.ratio > 1) & (agree.p > 0.5)
    )
    strength, plain = agree.strength.tolist(), (agree.p * agree.z).tolist()
    beats_others = (agree.ratio > 1).tolist()
    best: int | None = None
    for t in np.flatnonzero(agree.n_chosen + n_disagree > 0).tolist():
        if best is None:
            is_better = bool(could_open[t])
        elif beats_others[best]:
            is_better = strength[t] > strength[best]
        else:
            is_better = plain[t] > plain[best]
        best = t if is_better else best
    return best


def _least_bad(agree: Side, disagree: Side) -> list[tuple[int, Side]]:
    """The one statement that differs most from the others, though not significantly."""
    if len(agree.p) == 0:
        return []
    t = int(np.maximum(agree.z_ratio, disagree.z_ratio).argmax())
    return [(t, agree if agree.z_ratio[t] > disagree.z_ratio[t] else disagree)]


def _entry(
    statement_id: int, t: int, side: Side, is_best_agreed: bool
) -> RepresentativeStatement:
    return RepresentativeStatement(
        statement_id=statement_id,
        choice=side.choice,
        n_chosen=int(side.n_chosen[t]),
        n_seen=int(side.n_seen[t]),
        p_chosen=float(side.p[t]),
        z_chosen=float(side.z[t]),
        ratio=float(side.ratio[t]),
        z_ratio=float(side.z_ratio[t]),
        is_significant=bool(side.passed[t]),
        is_best_agreed=is_best_agreed,
    )
