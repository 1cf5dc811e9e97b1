"""What people share: agreement in every group, and majorities over all."""

import numpy as np

from clustering import intervals
from clustering.arrays import BoolArray, FloatArray, IntArray
from clustering.findings import Consensus, Majority, MajorityStatement
from clustering.proportions import smoothed, z_one
from clustering.settings import AnalysisSettings


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
) -> Consensus:
    """Provisional: the lowest lower bound of any group."""
    agree, disagree, seen = (
        (n_agree, n_disagree, n_seen)
        if len(n_seen)
        else (overall_n_agree[None], overall_n_disagree[None], overall_n_seen[None])
    )
    return Consensus(
        agree=intervals.share(agree, seen)[0].min(axis=0),
        disagree=intervals.share(disagree, seen)[0].min(axis=0),
        is_ranked=is_listed & (seen.min(axis=0) >= 5),
    )
