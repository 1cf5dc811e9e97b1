"""Votes that came faster than anybody reads, unless there was time before they came

Times are those at which the server stored a vote. A browser without a network keeps
votes and sends them at once when it is back: so votes in a run are only too fast where
the pause before the run would not have been enough to read them.
"""

import numpy as np

from clustering.quality.records import Ballots, Sign, Thresholds, strength

# Nobody reads and answers in less, however short the statement.
LEAST_SECONDS = 0.5
# A browser holds so many cards; with them alone a first run without a network is made.
CARDS_HELD = 6


def signs(votes: Ballots, limits: Thresholds) -> list[Sign]:
    order = np.lexsort((votes.seconds, votes.row))
    order = order[~np.isnan(votes.seconds[order])]
    row, when = votes.row[order], votes.seconds[order]
    needed = np.maximum(
        votes.n_characters[votes.column[order]] / limits.speed_characters,
        LEAST_SECONDS,
    )
    is_first = np.diff(row, prepend=-1) != 0
    gap = np.where(is_first, np.inf, np.diff(when, prepend=0.0))
    unread = _unread(row, gap, needed, is_first)
    n_fast = np.bincount(row, unread, votes.n_people)
    n_timed = np.bincount(row, minlength=votes.n_people)
    share = n_fast / np.maximum(n_timed, 1)
    begin = np.searchsorted(row, np.arange(votes.n_people + 1)).tolist()
    flagged = (n_fast >= limits.speed_votes) & (share >= limits.speed_share)
    return [
        Sign(
            "speed",
            int(votes.people[i]),
            strength(float(share[i]), limits.speed_share),
            _figures(slice(begin[i], begin[i + 1]), gap, needed)
            | {
                "n_fast": int(n_fast[i]),
                "n_votes": int(n_timed[i]),
                "threshold": limits.speed_characters,
            },
        )
        for i in np.flatnonzero(flagged).tolist()
    ]


def _unread(
    row: np.ndarray, gap: np.ndarray, needed: np.ndarray, is_first: np.ndarray
) -> np.ndarray:
    """Which votes are of a run for which there was not the time."""
    if not len(row):
        return np.zeros(0, dtype=bool)
    begins = gap >= needed
    run = np.cumsum(begins) - 1
    length = np.bincount(run)
    asked = np.bincount(run, needed)
    # From the vote before the run to its last one.
    spent = np.bincount(run, np.where(is_first, 0.0, np.minimum(gap, 1e12)))
    opens = np.bincount(run, is_first) > 0
    was_read = np.where(opens, length <= CARDS_HELD, spent >= asked)
    unread = ~was_read[run]
    # The first of a person's votes has nothing to be measured from.
    unread[is_first] = False
    return np.asarray(unread)


def _figures(
    mine: slice, gap: np.ndarray, needed: np.ndarray
) -> dict[str, float | int | str]:
    """Of all her votes but the first."""
    timed = np.isfinite(gap[mine])
    return {
        "median": round(float(np.median(gap[mine][timed])), 2),
        "needed": round(float(np.median(needed[mine][timed])), 2),
    }
