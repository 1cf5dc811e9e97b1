"""Counts of agree, disagree and pass, and what may honestly be said of them.

Knows neither database nor Django. Shares have all who saw the statement in their
denominator, passes included, as in Polis.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# Fewer votes than this say nothing that should be ranked or drafted from.
MIN_VOTES = 5
# Smaller groups are not described: their members could be recognised.
MIN_GROUP_SIZE = 5
# The opinion map is drawn from this many people on who have voted enough.
MIN_GROUPED = 10
# Sides taken by which a participant can be placed (all statements, where they are fewer).
ENOUGH_TO_PLACE = 7

Z_95 = 1.959963984540054


@dataclass(frozen=True)
class Tally:
    n_agree: int
    n_disagree: int
    n_pass: int

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> "Tally":
        """From the shape in which counts are stored: agree, disagree, pass."""
        return cls(counts["agree"], counts["disagree"], counts["pass"])

    @property
    def n(self) -> int:
        return self.n_agree + self.n_disagree + self.n_pass

    @property
    def is_enough(self) -> bool:
        return self.n >= MIN_VOTES

    @property
    def n_missing(self) -> int:
        """How many votes are still needed before the share means something."""
        return max(0, MIN_VOTES - self.n)

    @property
    def p_agree(self) -> float:
        return self._share(self.n_agree)

    @property
    def p_disagree(self) -> float:
        return self._share(self.n_disagree)

    @property
    def p_pass(self) -> float:
        return self._share(self.n_pass)

    @property
    def agree_interval(self) -> tuple[float, float]:
        return wilson(self.n_agree, self.n)

    @property
    def disagree_interval(self) -> tuple[float, float]:
        return wilson(self.n_disagree, self.n)

    def _share(self, count: int) -> float:
        return count / self.n if self.n else 0.0


def group_aware_consensus(tallies: Iterable[Tally]) -> float | None:
    """Agreement that holds in every group told here; None without groups.

    The product of (n_agree + 1) / (n + 2), as in the engine, but over described groups
    only: dividing by theirs must not give away the votes of a group too small to tell.
    """
    shares = [(tally.n_agree + 1) / (tally.n + 2) for tally in tallies]
    return math.prod(shares) if shares else None


def wilson(count: int, n: int, z: float = Z_95) -> tuple[float, float]:
    """The interval of a share, by Wilson (1927); (0, 1) where nobody was asked.

    It ends at exactly 0 where nobody chose so, and at exactly 1 where everybody did.
    """
    if n == 0:
        return 0.0, 1.0
    p = count / n
    spread = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    middle = p + z * z / (2 * n)
    scale = 1 + z * z / n
    low = (middle - spread) / scale if count else 0.0
    high = (middle + spread) / scale if count < n else 1.0
    return low, high
