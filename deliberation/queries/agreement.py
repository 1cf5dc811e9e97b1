"""How far two who decided on the same agree beyond chance: Cohen's kappa, and how sure.

Pure: counts in, figures out.
"""

import math
from dataclasses import dataclass

from deliberation.tallies import Z_95, wilson

# With fewer pairs the interval says hardly anything.
MIN_PAIRS = 20


@dataclass(frozen=True)
class Agreement:
    """Pairs of verdicts by what the first and the second said."""

    n_both_accepted: int
    n_accepted_rejected: int
    n_rejected_accepted: int
    n_both_rejected: int

    @property
    def n(self) -> int:
        return self.n_same + self.n_different

    @property
    def n_same(self) -> int:
        return self.n_both_accepted + self.n_both_rejected

    @property
    def n_different(self) -> int:
        return self.n_accepted_rejected + self.n_rejected_accepted

    @property
    def n_missing(self) -> int:
        """How many pairs are still needed before kappa is told."""
        return max(0, MIN_PAIRS - self.n)

    @property
    def share(self) -> float:
        return self.n_same / self.n if self.n else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Of the share of pairs that agree."""
        return wilson(self.n_same, self.n)

    @property
    def kappa(self) -> float | None:
        """None while there are too few pairs, or where chance alone explains them:
        everybody said the same of everything."""
        if self.n_missing:
            return None
        return cohens_kappa(*self._cells)

    @property
    def kappa_interval(self) -> tuple[float, float] | None:
        return None if self.kappa is None else kappa_interval(*self._cells)

    @property
    def _cells(self) -> tuple[int, int, int, int]:
        return (
            self.n_both_accepted,
            self.n_accepted_rejected,
            self.n_rejected_accepted,
            self.n_both_rejected,
        )


def cohens_kappa(both: float, one: float, other: float, neither: float) -> float | None:
    """Agreement beyond what two would reach who decide each for herself: 1 is all, 0
    is chance (Cohen 1960, Educational and Psychological Measurement 20, 37-46)."""
    n = both + one + other + neither
    if n == 0:
        return None
    observed = (both + neither) / n
    first, second = (both + one) / n, (both + other) / n
    expected = first * second + (1 - first) * (1 - second)
    return None if expected == 1 else (observed - expected) / (1 - expected)


def kappa_interval(
    both: int, one: int, other: int, neither: int, z: float = Z_95
) -> tuple[float, float]:
    """The 95 % interval of kappa.

    The standard error of Fleiss, Cohen and Everitt (1969, Psychological Bulletin 72,
    323-327), with one more pair in each of the four cells: as it stands their interval
    holds the truth in as few as four of ten samples of twenty, with the four pairs in
    more than nine of ten (the tests draw such samples).
    """
    cells = [count + 1 for count in (both, one, other, neither)]
    n = sum(cells)
    p = [count / n for count in cells]
    first, second = p[0] + p[1], p[0] + p[2]
    expected = first * second + (1 - first) * (1 - second)
    kappa = (p[0] + p[3] - expected) / (1 - expected)
    # Their formula, term by term: agreeing pairs, others, and what both share.
    same = (
        p[0] * (1 - (first + second) * (1 - kappa)) ** 2
        + p[3] * (1 - (2 - first - second) * (1 - kappa)) ** 2
    )
    # A pair that differs is weighed by how often each says what the other did not.
    different = (1 - kappa) ** 2 * (
        p[1] * (second + 1 - first) ** 2 + p[2] * (1 - second + first) ** 2
    )
    shared = (kappa - expected * (1 - kappa)) ** 2
    variance = (same + different - shared) / (n * (1 - expected) ** 2)
    spread = z * math.sqrt(max(0.0, variance))
    return max(-1.0, kappa - spread), min(1.0, kappa + spread)
