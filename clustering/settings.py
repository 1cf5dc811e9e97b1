"""Every threshold of the method in one place, each with the reason for its default."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class AnalysisSettings:
    """The constants of one analysis; the defaults are those of Polis.

    Keeping Polis's values makes results comparable with a decade of published
    conversations. Change one, and the digest of the analysis changes with it.

    Raises
    ------
    ValueError
        When a value makes no sense, in a sentence naming the field.
    """

    min_votes: int = 7
    """Votes before a participant is grouped: fewer say too little to place her."""

    min_active: int = 15
    """A young conversation groups at least so many people, the most active first."""

    n_base_clusters: int = 100
    """Dots on the opinion map: enough to show its shape, few enough to draw."""

    n_base_iterations: int = 100
    """Rounds of k-means for the dots; in practice it settles long before."""

    n_group_iterations: int = 20
    """Rounds of k-means for groups. Polis meant 100, but published with 20."""

    max_groups: int = 5
    """More groups than five cannot be told apart by a reader."""

    base_clusters_per_group: int = 12
    """A further group is tried only for every so many dots on the map."""

    center_tolerance: float = 0.01
    """K-means stops when no centre moves so far; the map is some ten units wide."""

    z_threshold: float = 1.2816
    """One-sided 90 %: the tests sort candidates for reading, they prove nothing."""

    p_majority: float = 0.5
    """A majority is more than one half."""

    n_majority: int = 5
    """Longest majority list in each direction: what a page can show."""

    n_representative: int = 5
    """Most representative statements of a group: what a reader can take in."""

    meta_importance: float = 7.0
    """Importance of statements about the people asked ("I live here"); squared, 49."""

    novelty_weight: float = 8.0
    """How much more often a statement without votes is shown than a well-known one."""

    novelty_half_life: float = 5.0
    """Votes after which that bonus has halved."""

    exact_limit: int = 64
    """Up to this many participants or statements the axes come from a full
    eigendecomposition; beyond it an iterative solver is faster and as exact."""

    def __post_init__(self) -> None:
        at_least = {
            "min_votes": 1,
            "min_active": 1,
            "n_base_clusters": 1,
            "n_base_iterations": 0,
            "n_group_iterations": 0,
            "max_groups": 1,
            "base_clusters_per_group": 1,
            "n_majority": 0,
            "n_representative": 0,
            "exact_limit": 2,
        }
        for name, least in at_least.items():
            if getattr(self, name) < least:
                raise ValueError(f"{name} must be at least {least}.")
        if self.max_groups > 13:
            raise ValueError(
                "max_groups must be at most 13: two runs share 26 letters."
            )
        if not 0 <= self.p_majority < 1:
            raise ValueError("p_majority must be at least 0 and below 1.")
        for name in ("center_tolerance", "novelty_half_life"):
            if not getattr(self, name) > 0:
                raise ValueError(f"{name} must be above 0.")
