"""All signs of a conversation: one look at its votes, its newcomers and its authors"""

import numpy as np

from clustering.quality import bursts, copies, honest, spam, speed, straight
from clustering.quality.records import (
    Ballots,
    Joined,
    Sign,
    Thresholds,
    Written,
)

NOBODY = np.empty(0, np.int64)
NO_TIME = np.empty(0, np.float64)


def look(
    votes: Ballots,
    joined: Joined | None = None,
    written: Written | None = None,
    limits: Thresholds | None = None,
) -> list[Sign]:
    """What was noticed, by kind and person; nothing follows from it by itself.

    Who always gives one answer is not held against others as a copy of theirs.
    """
    limits = limits or Thresholds()
    found: list[Sign] = []
    if len(votes.row):
        model = honest.fit(votes)
        found = straight.signs(votes, model, limits)
        lines = np.array([sign.person for sign in found], dtype=np.int64)
        others = votes.of(~np.isin(votes.people, lines))
        found += speed.signs(votes, limits)
        found += copies.signs(others, model, limits)
    if joined is not None:
        found += bursts.signs(joined, limits)
    if written is not None:
        found += spam.signs(written, limits)
    return found
