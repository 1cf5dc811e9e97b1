"""What would chance have given? Worlds without opinion groups, drawn to compare."""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.special import expit

from clustering.arrays import FloatArray
from clustering.groups import likelihood, search
from clustering.groups.crowd import Crowd
from clustering.groups.search import Grouping, members
from clustering.groups.starts import Labels
from clustering.settings import AnalysisSettings

PERMUTED, READINESS = 3, 4
# Groupings whose votes one product counts: more need more memory and no less time.
AT_ONCE = 16
# Six leave the spread a tenth too small, and the worlds drawn from it too tame; twelve
# find it to a hundredth.
N_NEWTON = 12
# Rounds of fitting statements and groups in turns; after ten nothing moves.
N_FITS = 20
SMALLEST_SPREAD = 1e-2
# A statement divides nobody where one side has (nearly) all the votes.
SMALLEST_VARIANCE = 1e-12


# --- Labels dealt out at random --------------------------------------------------------


def gap(
    sides: sparse.csr_array, group_of: Labels, n_groups: int, n_random: int, seed: int
) -> tuple[float, FloatArray]:
    """How far groups lie apart, and how far groups of these sizes lie apart by chance.

    The gap is the variance between the groups' agree shares (of votes that took a
    side), over what sampling alone would give, averaged over statements; near 1 means
    nothing but sampling. Random groups are the same labels dealt out anew.

    Parameters
    ----------
    sides : (a, 2s); group_of : (a,) index of a group, or -1
    """
    random = np.random.default_rng([seed, PERMUTED])
    back = sides.T
    labels, gaps = [group_of], []
    for number in range(1, n_random + 1):
        labels.append(random.permutation(group_of))
        if len(labels) == AT_ONCE or number == n_random:
            gaps.append(_gaps(back, labels, n_groups))
            labels = []
    gap, *by_chance = np.concatenate(gaps)
    return float(gap), np.array(by_chance)


def _gaps(
    back: sparse.csc_array, labels: Sequence[Labels], n_groups: int
) -> FloatArray:
    """Of several groupings, from the transposed sides (2s, a)."""
    is_member = np.concatenate([members(each, n_groups) for each in labels], axis=1)
    tables = back @ is_member.astype(np.float64)
    # Copied once, so that all that follows works on long rows.
    counts = np.ascontiguousarray(likelihood.sides(tables))
    return _spread_of_shares(counts.reshape(len(labels), n_groups, 2, -1))


def _spread_of_shares(counts: FloatArray) -> FloatArray:
    """(...,) from counts (..., k, 2, m)."""
    seen = counts.sum(axis=-2)
    total = counts.sum(axis=-3)
    shares = counts[..., 0, :] / np.maximum(seen, 1.0)
    n = total.sum(axis=-2)
    overall = total[..., 0, :] / np.maximum(n, 1.0)
    away = seen * (shares - overall[..., None, :]) ** 2
    variance = overall * (1.0 - overall)
    is_open = variance > SMALLEST_VARIANCE
    chi = np.where(is_open, away.sum(axis=-2) / np.where(is_open, variance, 1.0), 0.0)
    free = np.where(is_open, np.maximum((seen > 0).sum(axis=-2) - 1, 0), 0)
    return np.asarray(chi.sum(axis=-1) / np.maximum(free.sum(axis=-1), 1))


# --- People who differ only in how readily they agree ------------------------------------


@dataclass(frozen=True, eq=False)
class Readiness:
    """A world without groups: log odds = statement + how readily a person agrees.

    row, column : (v,) who took a side on what, in the order of the votes
    log_odds : (v,) of agreement, by statement alone
    spread : standard deviation of readiness among people, in log odds
    """

    row: Labels
    column: Labels
    log_odds: FloatArray
    spread: float


def readiness(crowd: Crowd) -> Readiness:
    """Fit it: Rasch's model (1960), persons normal around zero, by Newton steps."""
    m, n = crowd.before.shape[1], len(crowd)
    row, column, agreed = _sides(crowd.sides)
    imagined = crowd.before
    easiness = start = np.log(imagined[0] / imagined[1])
    firmness = imagined[0] * imagined[1] / imagined.sum(axis=0)
    leaning, spread = np.zeros(n), 0.3
    for _ in range(N_NEWTON):
        p = expit(easiness[column] + leaning[row])
        slope = np.bincount(row, agreed - p, n) - leaning / spread**2
        curve = np.bincount(row, p * (1.0 - p), n) + 1.0 / spread**2
        leaning = leaning + slope / curve
        spread = max(float(np.sqrt((leaning**2 + 1.0 / curve).mean())), SMALLEST_SPREAD)
        p = expit(easiness[column] + leaning[row])
        rise = np.bincount(column, agreed - p, m)
        rise -= firmness * (easiness - start)
        easiness = easiness + rise / (np.bincount(column, p * (1 - p), m) + firmness)
    return Readiness(row, column, easiness[column], spread)


def drawn(world: Readiness, crowd: Crowd, random: np.random.Generator) -> Crowd:
    """As many people on the same statements, voting by readiness alone.

    Readiness is drawn from its normal curve, not taken from the people as they are:
    people who come in two kinds, all for it and all against it, shall not look alike.
    """
    leaning = random.normal(0.0, world.spread, len(crowd))
    p = expit(world.log_odds + leaning[world.row])
    columns = world.column + crowd.before.shape[1] * (random.random(len(p)) >= p)
    entries = np.ones(len(p)), columns, crowd.sides.indptr
    return crowd.voting(sparse.csr_array(entries, shape=crowd.sides.shape))


def is_beyond_readiness(
    crowd: Crowd,
    grouping: Grouping,
    gained: float,
    settings: AnalysisSettings,
    executor: Executor,
) -> bool:
    """Whether readiness alone could not have given these groups.

    Readiness gives groups, too: of those who agree with much and those who agree with
    little, on every statement alike. So real ones must differ by more in *what* they
    agree with (`pattern`), or be so far apart, two kinds of people and nobody between,
    that their evidence (``gained`` against one group) is out of readiness's reach.
    """
    world = readiness(crowd)
    running = [
        executor.submit(
            _by_readiness, world, crowd, grouping.n_groups, settings, number
        )
        for number in range(settings.n_null)
    ]
    gains, patterns = np.array([future.result() for future in running]).T
    margin = settings.min_beyond_readiness
    return bool(
        pattern(grouping.tables) > margin * patterns.max()
        or gained > margin * max(float(gains.max()), 0.0)
    )


def pattern(tables: FloatArray) -> float:
    """How far groups differ in what they agree with, not only in how much: about 1 or 2
    where it is chance, since groups are sought where they differ.

    Log odds of agreement are fitted as statement plus group, each cell weighted by its
    votes; the value is the mean square of what is left, in units of its sampling error.

    Parameters
    ----------
    tables : (2s, k) votes of each group
    """
    agree, disagree = np.moveaxis(likelihood.sides(tables) + likelihood.HALF, 1, 0)
    log_odds = np.log(agree / disagree)
    weight = 1.0 / (1.0 / agree + 1.0 / disagree)
    by_group = np.zeros((len(log_odds), 1))
    for _ in range(N_FITS):
        by_statement = (weight * (log_odds - by_group)).sum(axis=0) / weight.sum(axis=0)
        left = weight * (log_odds - by_statement)
        by_group = (left.sum(axis=1) / weight.sum(axis=1))[:, None]
    left = log_odds - by_statement - by_group
    n_free = (log_odds.shape[0] - 1) * (log_odds.shape[1] - 1)
    return float((weight * left**2).sum() / max(n_free, 1))


def _by_readiness(
    world: Readiness, crowd: Crowd, k: int, settings: AnalysisSettings, number: int
) -> tuple[float, float]:
    """Evidence gained by k groups where there are none, and their pattern."""
    random = np.random.default_rng([settings.seed, READINESS, number])
    null = drawn(world, crowd, random)
    found = search.search(null, (k, k + 1), settings, (READINESS, number))
    if k not in found:
        return 0.0, 0.0
    # As far as the real ones were: groups half found would be too easy to surpass.
    whole = search.finished(null, found[k], settings)
    return whole.evidence - found[1].evidence, pattern(whole.tables)


def _sides(sides: sparse.csr_array) -> tuple[Labels, Labels, FloatArray]:
    """Row, statement and agreement (1 or 0) of every vote (a, 2s)."""
    row = np.repeat(np.arange(sides.shape[0]), np.diff(sides.indptr))
    side, column = np.divmod(sides.indices.astype(np.intp), sides.shape[1] // 2)
    return row, column, 1.0 - side
