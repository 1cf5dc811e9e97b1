"""Statements that were mostly refused as spam, came by the dozen, or say one thing"""

import numpy as np

from clustering.quality.records import Sign, Thresholds, Written, strength

HOUR = 3600.0


def signs(written: Written, limits: Thresholds) -> list[Sign]:
    order = np.lexsort((written.seconds, written.authors))
    authors, row = np.unique(written.authors[order], return_inverse=True)
    seconds, group = written.seconds[order], written.group[order]
    n = np.bincount(row, minlength=len(authors))
    refused = np.bincount(row, written.is_spam[order], len(authors))
    hourly = _in_an_hour(row, seconds, len(authors))
    repeats = _repeats(row, group, len(authors))
    share = refused / np.maximum(n, 1)
    is_spam = (refused >= limits.spam_refused) & (share >= limits.spam_share)
    beyond = np.stack(
        [
            np.where(is_spam, refused / limits.spam_refused, 0),
            hourly / limits.spam_hour,
            repeats / limits.spam_repeats,
        ]
    ).max(axis=0)
    return [
        Sign(
            "spam",
            int(authors[i]),
            strength(float(beyond[i]), 1.0),
            {
                "n_statements": int(n[i]),
                "n_refused": int(refused[i]),
                "n_in_an_hour": int(hourly[i]),
                "n_repeats": int(repeats[i]),
            },
        )
        for i in np.flatnonzero(beyond >= 1).tolist()
    ]


def _in_an_hour(row: np.ndarray, seconds: np.ndarray, n_authors: int) -> np.ndarray:
    most = np.zeros(n_authors, dtype=np.int64)
    begin = np.searchsorted(row, np.arange(n_authors + 1)).tolist()
    for i, (start, stop) in enumerate(zip(begin, begin[1:], strict=False)):
        when = seconds[start:stop]
        ends = np.searchsorted(when, when + HOUR, side="left")
        most[i] = int((ends - np.arange(len(when))).max(initial=0))
    return most


def _repeats(row: np.ndarray, group: np.ndarray, n_authors: int) -> np.ndarray:
    """Statements of hers in a group where another of hers is, the first aside."""
    of_group = group >= 0
    pairs, count = np.unique(
        np.stack([row[of_group], group[of_group]]), axis=1, return_counts=True
    )
    found = np.bincount(pairs[0].astype(np.int64), count - 1, n_authors)
    return np.asarray(found.astype(np.int64))
