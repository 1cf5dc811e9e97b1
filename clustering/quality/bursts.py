"""Many newcomers from one network within minutes: a script, or a school class"""

import numpy as np

from clustering.quality.records import Joined, Sign, Thresholds, strength


def signs(joined: Joined, limits: Thresholds) -> list[Sign]:
    known = joined.network >= 0
    people, network = joined.people[known], joined.network[known]
    seconds = joined.seconds[known]
    order = np.lexsort((people, seconds, network))
    people, network, seconds = people[order], network[order], seconds[order]
    most = _most_at_once(network, seconds, limits.burst_minutes * 60)
    total = np.unique(network, return_counts=True)
    of_network = dict(zip(total[0].tolist(), total[1].tolist(), strict=True))
    return [
        Sign(
            "burst",
            int(people[i]),
            strength(int(most[i]), limits.burst_people),
            {
                "n_people": int(most[i]),
                "n_that_day": int(of_network[int(network[i])]),
                "minutes": limits.burst_minutes,
                "threshold": limits.burst_people,
            },
        )
        for i in np.flatnonzero(most >= limits.burst_people).tolist()
    ]


def _most_at_once(
    network: np.ndarray, seconds: np.ndarray, window: float
) -> np.ndarray:
    """For each, how many joined in the fullest window that she is in."""
    most = np.zeros(len(network), dtype=np.int64)
    for name in np.unique(network).tolist():
        mine = slice(*np.searchsorted(network, (name, name + 1)).tolist())
        when = seconds[mine]
        ends = np.searchsorted(when, when + window, side="right")
        here = np.zeros(len(when), dtype=np.int64)
        for start, end in enumerate(ends.tolist()):
            # The fuller windows of a crowd hide the others: each is written once.
            part = here[start:end]
            np.maximum(part, end - start, out=part)
        most[mine] = here
    return most
