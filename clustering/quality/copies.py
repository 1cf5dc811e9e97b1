"""Who votes like somebody else, beyond what people of the same opinions do

Every person is compared with every other, so what counts is the mean over all others
of how many times likelier her votes are as a copy of theirs: on average at most 1 for
honest people, however many they are (an e-value: Vovk and Wang 2021). A few likenesses
add up, as in a ring. Nobody copies what is not there yet: who voted first is not
flagged.
"""

import numpy as np

from clustering.arrays import FloatArray
from clustering.quality import opinions, pairs
from clustering.quality.honest import Honest
from clustering.quality.pairs import Pairs
from clustering.quality.records import Ballots, Sign, Thresholds, strength

# Before on so large a part of the statements that both voted on: first, and not next.
CLEARLY_FIRST = 0.8
# Pairs so many times below the threshold are added up.
ADDED_UP = 20.0


def signs(votes: Ballots, model: Honest, limits: Thresholds) -> list[Sign]:
    n_people = int((votes.n_votes >= limits.copy_shared).sum())
    if n_people < 2:
        return []
    beyond = float(np.log(n_people * limits.copy_odds))
    weights = 1 - model.p_straight
    # Those alike count as one the second time, or they would be what people think.
    found, known = _alike(votes, model, weights, limits, beyond)
    sure = found.log_odds >= beyond
    weights = weights / (1 + found.where(sure).degree(votes.n_people))
    found, known = _alike(votes, model, weights, limits, beyond)
    return _signs(votes, found, known, beyond)


def _own(votes: Ballots, known: opinions.Opinions) -> FloatArray:
    """How likely each vote was for her who cast it."""
    p = known.p(votes.row, votes.column)
    return np.maximum(p[np.arange(len(p)), 1 - votes.choice], 1e-4)


def _alike(
    votes: Ballots,
    model: Honest,
    weights: FloatArray,
    limits: Thresholds,
    beyond: float,
) -> tuple[Pairs, opinions.Opinions]:
    known = opinions.fit(votes, model, weights)
    screen = beyond - float(np.log(ADDED_UP))
    own = _own(votes, known)
    return pairs.alike(votes, own, limits.copy_shared, screen), known


def _signs(
    votes: Ballots, found: Pairs, known: opinions.Opinions, beyond: float
) -> list[Sign]:
    """One for each person who comes after others, with the surest of her pairs."""
    begin = np.searchsorted(votes.row, np.arange(votes.n_people + 1))
    degree = found.degree(votes.n_people)
    total: dict[int, float] = {}
    surest: dict[int, int] = {}
    n_like: dict[int, int] = {}
    order = np.argsort(-found.log_odds, kind="stable").tolist()
    for pair in order:
        one, other = int(found.one[pair]), int(found.other[pair])
        is_ring = max(degree[one], degree[other]) > 1
        odds = float(found.log_odds[pair])
        for who, whom in _later(votes, begin, one, other, is_ring):
            surest.setdefault(who, whom)
            total[who] = float(np.logaddexp(total.get(who, -np.inf), odds))
            n_like[who] = n_like.get(who, 0) + 1
    return [
        Sign(
            "copy",
            int(votes.people[who]),
            strength(odds, beyond),
            _figures(votes, begin, known, who, surest[who])
            | {
                "like": int(votes.people[surest[who]]),
                "n_like": n_like[who],
                "odds": round(float(np.exp(min(odds, 41.0))), 0),
                "threshold": round(float(np.exp(beyond)), 0),
            },
        )
        for who, odds in sorted(total.items())
        if odds >= beyond
    ]


def _shared(
    votes: Ballots, begin: np.ndarray, one: int, other: int
) -> tuple[np.ndarray, np.ndarray]:
    """Rows of both on the statements that both voted on."""
    a, b = slice(begin[one], begin[one + 1]), slice(begin[other], begin[other + 1])
    _both, mine, hers = np.intersect1d(
        votes.column[a], votes.column[b], assume_unique=True, return_indices=True
    )
    return mine + begin[one], hers + begin[other]


def _later(
    votes: Ballots, begin: np.ndarray, one: int, other: int, is_ring: bool
) -> list[tuple[int, int]]:
    """Who of the two comes after whom; both, where a ring votes at the same time."""
    mine, hers = _shared(votes, begin, one, other)
    gap = np.nan_to_num(votes.seconds[hers] - votes.seconds[mine])
    p_first = float(np.mean((np.sign(gap) + 1) / 2))
    if p_first >= CLEARLY_FIRST:
        return [(other, one)]
    if p_first <= 1 - CLEARLY_FIRST:
        return [(one, other)]
    if is_ring:
        return [(one, other), (other, one)]
    # Numbers are given in the order in which people join.
    return [(other, one)]


def _figures(
    votes: Ballots, begin: np.ndarray, known: opinions.Opinions, who: int, whom: int
) -> dict[str, float | int | str]:
    mine, hers = _shared(votes, begin, who, whom)
    columns = votes.column[mine]
    p = (
        known.p(np.full(len(mine), who), columns)
        * known.p(np.full(len(hers), whom), columns)
    ).sum()
    return {
        "n_shared": len(mine),
        "n_same": int((votes.choice[mine] == votes.choice[hers]).sum()),
        "n_expected": round(float(p), 1),
    }
