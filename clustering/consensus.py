"""What people share: agreement that holds across groups, and majorities over all."""

import numpy as np

from clustering.arrays import BoolArray, FloatArray, IntArray
from clustering.findings import Consensus, Majority, MajorityStatement
from clustering.proportions import smoothed, z_one
from clustering.settings import AnalysisSettings

N_IMAGINED = 12.0
"""Imagined people who choose neither side, and as many who choose as everybody does;
each group hosts its part of them. If all of S people agree, S / (S + z^2) is the lower
end of Wilson's interval. 12 is z^2 where two hundred statements are judged at once and
all their lower ends shall hold in 95 of 100 cases (Bonferroni, one-sided): who reads
the top of a list has picked from all of it."""

MIN_HEARD = 0.75
"""Of all people in groups so many must be in groups that have seen the statement. Not
all: a small bloc that founds a group and votes on nothing would empty the list."""


def group_aware(group_n_agree: IntArray, group_n_seen: IntArray) -> FloatArray:
    """(m,) product over the g groups of their smoothed share of agreement.

    ``product of (n_agree + 1) / (n_seen + 2)``; arguments (g, m). High only where
    every group agrees; one group's refusal pulls it down.
    """
    return np.asarray(smoothed(group_n_agree, group_n_seen).prod(axis=0))


def majority(
    statement_ids: IntArray,
    is_neutral: BoolArray,
    n_agree: IntArray,
    n_disagree: IntArray,
    n_seen: IntArray,
    settings: AnalysisSettings,
) -> Majority:
    """Find the statements most voters chose the same on; all arguments (m,).

    Listed are those above one half, and significantly so, by share times z.
    """
    return Majority(
        agree=_strongest(statement_ids, is_neutral, n_agree, n_seen, settings),
        disagree=_strongest(statement_ids, is_neutral, n_disagree, n_seen, settings),
    )


def _strongest(
    statement_ids: IntArray,
    is_neutral: BoolArray,
    n_chosen: IntArray,
    n_seen: IntArray,
    settings: AnalysisSettings,
) -> tuple[MajorityStatement, ...]:
    p, z = smoothed(n_chosen, n_seen), z_one(n_chosen, n_seen)
    passed = ~is_neutral & (p > settings.p_majority) & (z > settings.z_threshold)
    places = np.flatnonzero(passed)
    strongest = places[np.argsort(-(p * z)[places], kind="stable")]
    return tuple(
        MajorityStatement(
            statement_id=int(statement_ids[t]),
            n_chosen=int(n_chosen[t]),
            n_seen=int(n_seen[t]),
            p_chosen=float(p[t]),
            z_chosen=float(z[t]),
        )
        for t in strongest[: settings.n_majority]
    )


def rank(
    n_agree: IntArray,
    n_disagree: IntArray,
    n_seen: IntArray,
    overall_n_agree: IntArray,
    overall_n_disagree: IntArray,
    overall_n_seen: IntArray,
    is_listed: BoolArray,
    settings: AnalysisSettings,
    sizes: IntArray | None = None,
) -> Consensus:
    """Score how surely people of every group agree, and how surely they reject.

    The two sides are scored alike and apart, see `support`; a pass is on neither.
    A statement is ranked with ``min_cell_votes`` in all, and where three quarters of
    the people are in groups of which ``min_group_size``, or half, have seen it.

    Parameters
    ----------
    n_agree, n_disagree, n_seen : (g, m) votes of each group; without groups everybody
        is one
    overall_n_agree, overall_n_disagree, overall_n_seen : (m,) votes of everybody, also
        of those in no group
    is_listed : (m,) False for statements that are in no list
    sizes : (g,) people of each group; where they are not known, their votes stand for
        them
    """
    people = n_seen.sum(axis=1) if sizes is None else sizes
    if people.sum() == 0:
        n_agree, n_disagree = overall_n_agree[None], overall_n_disagree[None]
        n_seen, people = overall_n_seen[None], np.ones(1, dtype=np.int64)
    parts = people / people.sum()
    n_needed = np.minimum(settings.min_group_size, people / 2)
    n_heard = people @ (n_seen >= n_needed[:, None])
    is_heard = n_heard >= MIN_HEARD * people.sum()
    return Consensus(
        agree=support(n_agree, n_seen, parts, overall_n_agree, overall_n_seen),
        disagree=support(n_disagree, n_seen, parts, overall_n_disagree, overall_n_seen),
        is_ranked=is_listed & is_heard & (overall_n_seen >= settings.min_cell_votes),
    )


def support(
    n_chosen: IntArray,
    n_seen: IntArray,
    parts: FloatArray,
    overall_n_chosen: IntArray,
    overall_n_seen: IntArray,
) -> FloatArray:
    """(m,) 0..1, how surely a side is chosen across groups.

    Everyone counts with the share p that chose the side in her own group, imagined
    people included::

        p_overall = overall_n_chosen / (overall_n_seen + 12)
        p = (n_chosen + 12 part p_overall) / (n_seen + 24 part)
        support = (mean over people of sqrt(p)) ^ 2

    with the group's part of all people. So few votes cannot look sure; a group that
    has not voted counts half of p_overall; groups that vote alike, or one cut in two,
    change nothing. The power mean of order 1/2 (Atkinson's index of 1970 with aversion
    1/2) lies below the plain mean by as much as groups differ, and a group with a part
    w of the people, whatever it votes, leaves (1 - w)^2 of what the others give.

    Parameters
    ----------
    n_chosen, n_seen : (g, m) votes for the side, and all votes, of each group
    parts : (g,) part of each group in all people who are in groups; adds up to 1
    overall_n_chosen, overall_n_seen : (m,) the same of everybody
    """
    p_overall = overall_n_chosen / (overall_n_seen + N_IMAGINED)
    parts = parts[:, None]
    imagined = N_IMAGINED * parts
    n_all = np.maximum(n_seen + 2 * imagined, np.finfo(np.float64).tiny)
    p = (n_chosen + imagined * p_overall) / n_all
    mean = (parts * np.sqrt(p)).sum(axis=0)
    # Rounded, so that the order in which groups are summed cannot break a tie.
    return np.asarray(np.round(mean**2, 12))
