"""What somebody of her opinions would answer: readiness, and one direction of opinion

The logistic model of honest.py with one product more, a person's place times a
statement's (Clinton, Jackman and Rivers 2004), fitted by Newton steps in turn. People
who vote like each other count together as one, or copies would be the opinion.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from clustering.arrays import AGREE, PASS, FloatArray
from clustering.quality.honest import Honest, difficulty
from clustering.quality.records import Ballots

N_STEPS = 12
# Normal priors: places of people have spread 1, those of statements this one.
LOADING = 1.0


@dataclass(frozen=True)
class Opinions:
    """Of each person and statement: logits of agreeing and of passing."""

    ready: FloatArray
    place: FloatArray
    middle: FloatArray
    loading: FloatArray
    ready_to_pass: FloatArray
    middle_of_passes: FloatArray

    def p(self, rows: np.ndarray, columns: np.ndarray) -> FloatArray:
        """(n, 3) probabilities that she agrees, passes, disagrees."""
        agree = expit(
            self.middle[columns]
            + self.ready[rows]
            + self.place[rows] * self.loading[columns]
        )
        passes = expit(self.middle_of_passes[columns] + self.ready_to_pass[rows])
        return np.stack(
            [(1 - passes) * agree, passes, (1 - passes) * (1 - agree)], axis=1
        )


def fit(votes: Ballots, model: Honest, weights: FloatArray) -> Opinions:
    """weights : how much each person counts for what a statement is like"""
    sides = votes.choice != PASS
    ready, place, middle, loading = _steps(
        votes.row[sides],
        votes.column[sides],
        votes.choice[sides] == AGREE,
        (votes.n_people, votes.n_statements),
        weights,
        model.sides.spread,
        with_place=True,
    )
    to_pass, _place, middle_of_passes, _loading = _steps(
        votes.row,
        votes.column,
        votes.choice == PASS,
        (votes.n_people, votes.n_statements),
        weights,
        model.passes.spread,
        with_place=False,
    )
    return Opinions(ready, place, middle, loading, to_pass, middle_of_passes)


def _steps(
    rows: np.ndarray,
    columns: np.ndarray,
    is_one: np.ndarray,
    shape: tuple[int, int],
    weights: FloatArray,
    spread: float,
    *,
    with_place: bool,
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    n, m = shape
    random = np.random.default_rng(0)
    middle = difficulty(rows, columns, is_one, m, weights, spread)
    ready, place = np.zeros(n), np.zeros(n)
    loading = random.normal(0, 0.5, m) if with_place else np.zeros(m)
    weight = weights[rows]
    for _ in range(N_STEPS):
        logits = middle[columns] + ready[rows] + place[rows] * loading[columns]
        pull, bend = _slopes(is_one, logits, np.ones(len(rows)))
        ready, place = _newton(
            rows, loading[columns], pull, bend, (ready, place), (1 / spread**2, 1.0)
        )
        logits = middle[columns] + ready[rows] + place[rows] * loading[columns]
        pull, bend = _slopes(is_one, logits, weight)
        middle, moved = _newton(
            columns, place[rows], pull, bend, (middle, loading), (0.1, LOADING)
        )
        loading = moved if with_place else loading
    return ready, place, middle, loading


def _slopes(
    is_one: np.ndarray, logits: FloatArray, weight: FloatArray
) -> tuple[FloatArray, FloatArray]:
    p = expit(logits)
    return weight * (is_one - p), weight * np.maximum(p * (1 - p), 0.02)


def _newton(
    owner: np.ndarray,
    other: FloatArray,
    pull: FloatArray,
    bend: FloatArray,
    now: tuple[FloatArray, FloatArray],
    ridge: tuple[float, float],
) -> tuple[FloatArray, FloatArray]:
    """One step of each owner's two numbers, the second of which `other` multiplies."""
    size = len(now[0])
    g0 = np.bincount(owner, pull, size) - ridge[0] * now[0]
    g1 = np.bincount(owner, pull * other, size) - ridge[1] * now[1]
    h00 = np.bincount(owner, bend, size) + ridge[0]
    h01 = np.bincount(owner, bend * other, size)
    h11 = np.bincount(owner, bend * other**2, size) + ridge[1]
    det = h00 * h11 - h01**2
    step0, step1 = (h11 * g0 - h01 * g1) / det, (h00 * g1 - h01 * g0) / det
    return (
        np.clip(now[0] + np.clip(step0, -1, 1), -8, 8),
        np.clip(now[1] + np.clip(step1, -1, 1), -5, 5),
    )
