"""What sets each group apart: statements it chooses, and more than the others do.

Every group is compared with everybody else in groups, on every statement and on both
sides, agree and disagree. A side is listed for a group when

- enough people voted in both cells,
- more than half of the group's people who saw the statement chose it, passes included,
- its share is higher in the group than outside, by enough points to matter and with a
  95 % interval above 0,
- Fisher's exact test finds that surprising even among so many tests (Benjamini and
  Hochberg's rule).

So the direction cannot be wrong: what the list says the group chose, it chose.

The lists are hints for reading and no proofs. The groups were found in the same votes
that are compared here, so some difference is there by construction: the rule limits how
often a listed difference is chance *given the groups*, and says nothing on whether the
groups themselves are. That is for the engine's test of the groups to tell. And what was
picked for being large is on average a little less so: of the listed intervals some 90
in 100 hold the truth, not 95.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from clustering import intervals
from clustering.arrays import AGREE, DISAGREE, BoolArray, FloatArray, IntArray
from clustering.findings import RepresentativeStatement
from clustering.settings import AnalysisSettings

CHOICES = (AGREE, DISAGREE)
# Terms of a tail so small against its sum change no digit that is shown or compared.
NEGLIGIBLE = 1e-12


Representatives = tuple[RepresentativeStatement, ...]


@dataclass(frozen=True, eq=False)
class Comparison:
    """Each group against the others: arrays (2, g, m), the first axis as `CHOICES`."""

    n_chosen: IntArray
    n_seen: IntArray
    n_chosen_outside: IntArray
    n_seen_outside: IntArray
    p_chosen: FloatArray
    p_chosen_outside: FloatArray
    difference_low: FloatArray
    difference_high: FloatArray
    p_value: FloatArray
    q_value: FloatArray

    def sets_apart(self, settings: AnalysisSettings) -> BoolArray:
        """Which sides may be listed."""
        return (
            (self.q_value <= settings.false_discovery_rate)
            & (self.p_chosen > settings.p_representative)
            & (self.p_chosen - self.p_chosen_outside >= settings.min_difference)
            & (self.difference_low > 0)
        )


def select(
    statement_ids: IntArray,
    is_listed: BoolArray,
    n_agree: IntArray,
    n_disagree: IntArray,
    n_seen: IntArray,
    settings: AnalysisSettings,
) -> tuple[Representatives, ...]:
    """Choose for each group the statements that represent it.

    The strongest stand for a group, by the lower end of the interval of the difference,
    equals by lower id: what is large and sure comes before what is larger but unsure.
    Where both sides have any, both are told.

    Parameters
    ----------
    statement_ids, is_listed : (m,); statements that may not be listed (rejected, meta)
        are not tested either
    n_agree, n_disagree, n_seen : (g, m) counts of group members, passes in n_seen

    Returns
    -------
    One tuple per group, agreements before disagreements, the strongest first. Empty
    where there is only one group: nothing sets apart those who have nobody beside them.
    """
    if len(n_seen) < 2:
        return tuple(() for _ in n_seen)
    places = np.flatnonzero(is_listed)
    n_chosen = np.stack([n_agree[:, places], n_disagree[:, places]])
    found = compare(n_chosen, n_seen[:, places], settings)
    can_list, ids = found.sets_apart(settings), statement_ids[places]
    return tuple(
        tuple(
            _entry(int(ids[t]), side, group, t, found)
            for side, t in _strongest(
                found.difference_low[:, group], can_list[:, group], ids, settings
            )
        )
        for group in range(len(n_seen))
    )


def compare(
    n_chosen: IntArray, n_seen: IntArray, settings: AnalysisSettings
) -> Comparison:
    """Compare each group with all others together, on both sides of each statement.

    Only cells with enough votes are tested and count as tests. Whether a cell has
    enough does not depend on what was chosen there, so leaving it out is no choice of
    the convenient ones.

    Parameters
    ----------
    n_chosen : (2, g, m) how many chose each of `CHOICES`
    n_seen : (g, m)
    """
    seen = np.broadcast_to(n_seen, n_chosen.shape)
    chosen_outside = n_chosen.sum(axis=1, keepdims=True) - n_chosen
    seen_outside = seen.sum(axis=1, keepdims=True) - seen
    counts = n_chosen, seen, chosen_outside, seen_outside
    is_tested = np.minimum(seen, seen_outside) >= max(settings.min_cell_votes, 1)
    p_value, q_value = np.ones(n_chosen.shape), np.ones(n_chosen.shape)
    p_value[is_tested] = surprise(*(count[is_tested] for count in counts))
    q_value[is_tested] = false_discovery(p_value[is_tested])
    shares = intervals.plain(*counts[:2]), intervals.plain(*counts[2:])
    return Comparison(
        *counts, *shares, *intervals.difference(*counts), p_value, q_value
    )


def surprise(
    n_chosen: IntArray,
    n_seen: IntArray,
    n_chosen_outside: IntArray,
    n_seen_outside: IntArray,
) -> FloatArray:
    """How often chance alone makes a share so much higher inside than outside.

    Fisher's exact test, one-sided: the probability that of all who chose so at least
    ``n_chosen`` are inside, if being inside meant nothing. Right at every count, and
    where the groups were drawn by lot it is the permutation test itself. 1 where the
    share inside is not higher.

    scipy.stats.hypergeom gives the same, but takes ten times as long for hundreds of
    votes and a hundred times for thousands. So: the probability of exactly n_chosen,
    times the sum of the ratios of all higher counts to it, which fall ever faster.

    Parameters
    ----------
    All of one shape (k,), with votes on both sides
    """
    is_higher = n_chosen * n_seen_outside > n_chosen_outside * n_seen
    p_value = np.ones(n_chosen.shape)
    chosen, seen, other, seen_other = (
        count[is_higher].astype(np.float64)
        for count in (n_chosen, n_seen, n_chosen_outside, n_seen_outside)
    )
    exactly = np.exp(
        _log_binomial(seen, chosen)
        + _log_binomial(seen_other, other)
        - _log_binomial(seen + seen_other, chosen + other)
    )
    ratio, total = np.ones(len(chosen)), np.ones(len(chosen))
    while (ratio > NEGLIGIBLE * total).any():
        chosen, other = chosen + 1, other - 1
        ratio *= (other + 1) * (seen - chosen + 1)
        ratio /= chosen * (seen_other - other)
        total += ratio
    p_value[is_higher] = np.minimum(exactly * total, 1.0)
    return p_value


def false_discovery(p_value: FloatArray) -> FloatArray:
    """The lowest rate of false discoveries at which each test passes.

    Of those that pass at rate 0.05 at most 5 % are chance on average (Benjamini and
    Hochberg, J. R. Stat. Soc. B 57, 1995, there for independent tests). Ours depend on
    each other, but simulated conversations without differences stay below the rate,
    and Benjamini and Yekutieli's factor for any dependence, ten at these numbers of
    tests, would cost most of what is there (``docs/method.md``).

    Parameters
    ----------
    p_value : (k,)
    """
    order = np.argsort(p_value)
    scaled = p_value[order] * len(p_value) / np.arange(1, len(p_value) + 1)
    q_value = np.empty(len(p_value))
    q_value[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return q_value


def _log_binomial(n: FloatArray, k: FloatArray) -> FloatArray:
    return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))


def _strongest(
    strength: FloatArray,
    can_list: BoolArray,
    ids: IntArray,
    settings: AnalysisSettings,
) -> list[tuple[int, int]]:
    """(side, place) of a group's entries in list order, from (2, m) strengths.

    Where all the strongest are on one side, the last of them gives its place to the
    strongest of the other side.
    """
    sides, places = np.nonzero(can_list)
    order = np.lexsort((ids[places], -strength[sides, places]))
    ranked = list(zip(sides[order].tolist(), places[order].tolist(), strict=True))
    chosen = ranked[: settings.n_representative]
    told = {side for side, _ in chosen}
    untold = [entry for entry in ranked if entry[0] not in told]
    if untold and len(chosen) > 1:
        chosen[-1] = untold[0]
    return sorted(chosen, key=lambda entry: entry[0])


def _entry(
    statement_id: int, side: int, group: int, t: int, found: Comparison
) -> RepresentativeStatement:
    cell = side, group, t
    p, p_outside = found.p_chosen[cell], found.p_chosen_outside[cell]
    return RepresentativeStatement(
        statement_id=statement_id,
        choice=CHOICES[side],
        n_chosen=int(found.n_chosen[cell]),
        n_seen=int(found.n_seen[cell]),
        p_chosen=float(p),
        n_chosen_outside=int(found.n_chosen_outside[cell]),
        n_seen_outside=int(found.n_seen_outside[cell]),
        p_chosen_outside=float(p_outside),
        difference=float(p - p_outside),
        difference_low=float(found.difference_low[cell]),
        difference_high=float(found.difference_high[cell]),
        p_value=float(found.p_value[cell]),
        q_value=float(found.q_value[cell]),
    )
