"""Always the same answer, where the statements and an honest person would have differed"""

import numpy as np

from clustering.quality import honest
from clustering.quality.honest import Honest
from clustering.quality.records import Ballots, Sign, Thresholds, strength

ANSWERS = ("agree", "pass", "disagree")
# Honest people that are drawn to see how far chance goes.
LEAST_DRAWN = 4_000


def signs(votes: Ballots, model: Honest, limits: Thresholds) -> list[Sign]:
    n_votes, odds = votes.n_votes, model.log_odds
    enough = n_votes >= limits.straight_votes
    beyond = max(np.log(limits.straight_odds), _chance(votes, model, enough, limits))
    given = honest.counts(votes)
    most = given.argmax(axis=1)
    expected = _expected(votes, most)
    return [
        Sign(
            "straight",
            int(votes.people[i]),
            strength(float(odds[i]), float(beyond)),
            {
                "answer": ANSWERS[most[i]],
                "n_same": int(given[i, most[i]]),
                "n_votes": int(n_votes[i]),
                "p_others": round(float(expected[i]), 3),
                "odds": _told(odds[i]),
                "threshold": _told(beyond),
            },
        )
        for i in np.flatnonzero(enough & (odds >= beyond)).tolist()
    ]


def _chance(
    votes: Ballots, model: Honest, enough: np.ndarray, limits: Thresholds
) -> float:
    """What only so few of honest people reach, by drawing such people."""
    if not enough.any():
        return 0.0
    random = np.random.default_rng(0)
    n_times = max(1, -(-LEAST_DRAWN // int(enough.sum())))
    found = np.concatenate(
        [
            honest.log_odds(honest.drawn(votes, model, random), model)[enough]
            for _ in range(min(n_times, 20))
        ]
    )
    return float(np.quantile(found, 1 - limits.straight_rarity))


def _expected(votes: Ballots, most: np.ndarray) -> np.ndarray:
    """How often everybody gave that answer to the statements that she saw."""
    given = np.stack(
        [
            np.bincount(votes.column, votes.choice == choice, votes.n_statements)
            for choice in (1, 0, -1)
        ]
    ) / np.maximum(np.bincount(votes.column, minlength=votes.n_statements), 1)
    rates = given[most[votes.row], votes.column]
    total = np.bincount(votes.row, rates, votes.n_people)
    return np.asarray(total / np.maximum(votes.n_votes, 1))


def _told(log_odds: float) -> float:
    return round(float(np.exp(min(log_odds, 27.6))), 1)
