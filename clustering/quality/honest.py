"""How honest people answer: each by the statements, and by a readiness of her own

Two logistic models with a readiness of each person's, normally distributed: whether
she passes, and if not, whether she agrees (the Rasch model, with the readiness
integrated out by quadrature; Bock and Aitkin 1981). How widely readiness differs, and
how many give one answer to everything, are learned together: leaving such people out
first would make the rest look more alike than they are.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import betaln, expit, logit, logsumexp

from clustering.arrays import AGREE, DISAGREE, PASS, FloatArray
from clustering.quality.records import Ballots

# Readiness in logits, and how widely it may differ.
GRID = np.linspace(-7, 7, 29)
SPREADS = np.arange(0.2, 3.01, 0.1)
N_ROUNDS, N_STEPS = 4, 6
# A normal of spread s widens a logistic by this times s squared (Zeger et al. 1988).
WIDENING = (16 * np.sqrt(3) / (15 * np.pi)) ** 2
# Who always gives one answer slips in 5 of 100: Beta(1, 19).
SLIPS = (1.0, 19.0)
LEAST_VOTES = 5


@dataclass(frozen=True)
class Part:
    """One of the two models. spread : of readiness; difficulty : of each statement"""

    spread: float
    difficulty: FloatArray


@dataclass(frozen=True)
class Honest:
    """sides : agree or disagree; passes : pass or not; p_straight : of each person, how
    surely she gives one answer to everything; log_odds : the same as a ratio"""

    sides: Part
    passes: Part
    log_odds: FloatArray
    p_straight: FloatArray


def fit(votes: Ballots) -> Honest:
    fitted = Honest(
        Part(1.0, np.zeros(votes.n_statements)),
        Part(1.0, np.zeros(votes.n_statements)),
        np.zeros(votes.n_people),
        np.zeros(votes.n_people),
    )
    for _ in range(N_ROUNDS):
        weights = 1 - fitted.p_straight
        fitted = replace(
            fitted,
            sides=replace(
                fitted.sides,
                difficulty=difficulty(*_sides(votes), weights, fitted.sides.spread),
            ),
            passes=replace(
                fitted.passes,
                difficulty=difficulty(*_passes(votes), weights, fitted.passes.spread),
            ),
        )
        fitted = _spread(votes, fitted)
    return fitted


def log_odds(votes: Ballots, model: Honest) -> FloatArray:
    """How many times likelier (log) each person's answers are from somebody who always
    gives one answer than from an honest person; on average 1 for honest people."""
    honest = _marginal(_likelihoods(votes, model.sides, _sides), model.sides.spread)
    honest += _marginal(_likelihoods(votes, model.passes, _passes), model.passes.spread)
    return straight(votes) - honest


def straight(votes: Ballots) -> FloatArray:
    """The log probability of her answers if she always gives the same, slips aside."""
    n = votes.n_votes[:, None]
    given = counts(votes)
    slips = n - given
    each = betaln(SLIPS[0] + slips, SLIPS[1] + given) - betaln(*SLIPS)
    return np.asarray(logsumexp(each - slips * np.log(2), axis=1) - np.log(3))


def counts(votes: Ballots) -> FloatArray:
    """(n_people, 3): how often each agreed, passed, disagreed."""
    return np.stack(
        [
            np.bincount(votes.row, votes.choice == choice, votes.n_people)
            for choice in (AGREE, PASS, DISAGREE)
        ],
        axis=1,
    )


def drawn(votes: Ballots, model: Honest, random: np.random.Generator) -> Ballots:
    """The same statements, answered by honest people of this model."""
    n = votes.n_people

    def yes(part: Part) -> np.ndarray:
        ready = random.normal(0, part.spread, n)[votes.row]
        p = expit(part.difficulty[votes.column] + ready)
        return np.asarray(random.random(len(votes.row)) < p)

    choice = np.where(yes(model.sides), AGREE, DISAGREE)
    choice[yes(model.passes)] = PASS
    return replace(votes, choice=choice)


def difficulty(
    rows: np.ndarray,
    columns: np.ndarray,
    is_one: np.ndarray,
    n_statements: int,
    weights: FloatArray,
    spread: float,
) -> FloatArray:
    """In logits, for somebody of middle readiness; two votes of the mean smooth it."""
    weight = weights[rows]
    seen = np.bincount(columns, weight, n_statements)
    ones = np.bincount(columns, weight * is_one, n_statements)
    mean = (ones.sum() + 1) / (seen.sum() + 2)
    share = np.clip((ones + 2 * mean) / (seen + 2), 1e-3, 1 - 1e-3)
    return np.asarray(logit(share) * np.sqrt(1 + WIDENING * spread**2))


def _sides(votes: Ballots) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    kept = votes.choice != PASS
    is_one = votes.choice[kept] == AGREE
    return votes.row[kept], votes.column[kept], is_one, votes.n_statements


def _passes(votes: Ballots) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    return votes.row, votes.column, votes.choice == PASS, votes.n_statements


def _likelihoods(votes: Ballots, part: Part, rows_of) -> FloatArray:  # type: ignore[no-untyped-def]
    """(n_people, grid): log probability of her answers at each readiness."""
    rows, columns, is_one, _m = rows_of(votes)
    sign = np.where(is_one, 1.0, -1.0)
    middle = part.difficulty[columns]
    found = np.empty((votes.n_people, len(GRID)))
    for k, ready in enumerate(GRID):
        logs = -np.logaddexp(0, -sign * (middle + ready))
        found[:, k] = np.bincount(rows, logs, votes.n_people)
    return found


def _marginal(likelihoods: FloatArray, spread: float) -> FloatArray:
    prior = -0.5 * (GRID / spread) ** 2
    return np.asarray(logsumexp(likelihoods + prior - logsumexp(prior), axis=1))


def _spread(votes: Ballots, fitted: Honest) -> Honest:
    """The most likely spreads, and how many give one answer to everything."""
    ok = votes.n_votes >= LEAST_VOTES
    always = straight(votes)
    sides, passes = (
        np.stack([_marginal(found, s) for s in SPREADS])
        for found in (
            _likelihoods(votes, fitted.sides, _sides),
            _likelihoods(votes, fitted.passes, _passes),
        )
    )
    i = j = 8
    share = 0.05
    p = np.zeros(votes.n_people)
    for _ in range(N_STEPS):
        line = np.log(share) + always[ok]
        i = _best(sides[:, ok] + passes[j, ok] + np.log(1 - share), line)
        j = _best(passes[:, ok] + sides[i, ok] + np.log(1 - share), line)
        odds = always - sides[i] - passes[j]
        p = np.asarray(expit(np.log(share / (1 - share)) + odds))
        share = float(np.clip(p[ok].mean() if ok.any() else 0, 1e-4, 0.5))
    return Honest(
        replace(fitted.sides, spread=float(SPREADS[i])),
        replace(fitted.passes, spread=float(SPREADS[j])),
        always - sides[i] - passes[j],
        np.where(ok, p, 0.0),
    )


def _best(honest: FloatArray, line: FloatArray) -> int:
    return int(np.argmax(np.logaddexp(honest, line[None]).sum(axis=1)))
