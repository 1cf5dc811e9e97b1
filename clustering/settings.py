"""Every threshold of the method in one place, each with the reason for its default."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class AnalysisSettings:
    """The constants of one analysis.

    Change one, and the digest of the analysis changes with it.

    Raises
    ------
    ValueError
        When a value makes no sense, in a sentence naming the field.
    """

    seed: int = 0
    """Of every random draw: starts, resampling, the checks against chance."""

    min_votes: int = 7
    """Statements one must agree or disagree with to be grouped: fewer say too little."""

    max_groups: int = 5
    """More groups than five cannot be told apart by a reader."""

    min_group_size: int = 5
    """A group is told from so many people on: fewer could be recognised."""

    min_group_share: float = 0.02
    """And from this share of all grouped people on: fewer are single voices."""

    prior_votes: float = 2.5
    """A group's share on a statement starts from everybody's, as if it had cast so many
    votes there. Between 1 and 4 the planted worlds of the tests come out alike."""

    n_starts: int = 4
    """Seeded starts of k-means for each number of groups; the best one is refined."""

    n_refinements: int = 12
    """At most so many rounds of assigning people and recounting their groups' shares,
    once the search has found where to begin."""

    sample_size: int = 10_000
    """Above so many people, the number of groups and their first shares are found on a
    sample of this size; refining, map and counts always use everybody."""

    n_resamples: int = 100
    """Draws behind every statement about stability; 0 leaves stability out."""

    n_sample_resamples: int = 20
    """As many draws of groups where they are sought in a sample: each costs more."""

    p_resampled: float = 0.8
    """Share of people in a draw. Draws with replacement would not do: a person drawn
    twice is a tiny group of her own."""

    min_found_again: float = 0.75
    """Every group must be found again with this overlap (Jaccard, mean over draws):
    Hennig (2007) calls groups above it valid and stable."""

    min_beyond_readiness: float = 1.25
    """Groups must differ so many times more in what they agree with, or have so many times
    the evidence, than the most that people give who differ in nothing but how readily they
    agree: a quarter more than the largest of ten draws."""

    n_null: int = 10
    """Draws of each world without groups that the result is compared with."""

    n_top: int = 50
    """Length of the list whose stability under resampling is told."""

    n_dots: int = 100
    """Dots on the opinion map: enough to show its shape, few enough to draw."""

    min_dot_size: int = 5
    """No dot stands for fewer people: the map shows crowds, never a person."""

    position_votes: float = 7.0
    """Everybody starts in the middle of the map, as if with so many neutral votes."""

    z_threshold: float = 1.2816
    """One-sided 90 %, Polis's value: majorities are listed for reading."""

    p_majority: float = 0.5
    """A majority is more than one half."""

    n_majority: int = 5
    """Longest majority list in each direction: what a page can show."""

    min_cell_votes: int = 10
    """Votes in the group, and outside it, before they are compared: even ten leave an
    even split anywhere between 24 and 76 %."""

    p_representative: float = 0.5
    """Of the group's people who saw a statement more than so many chose the side: what
    a group does not choose does not represent it, be it rarer still elsewhere."""

    min_difference: float = 0.1
    """A tenth more than outside: in a large conversation one point more is certain,
    and still nothing that sets people apart."""

    false_discovery_rate: float = 0.05
    """Of all sides that pass, groups taken as given, so many may be chance."""

    n_representative: int = 5
    """Most entries of a group: what a reader can take in."""

    n_contenders: int = 10
    """Votes are spent on who belongs to so many first: what is read before all else."""

    def __post_init__(self) -> None:
        at_least = {
            "seed": 0,
            "min_votes": 1,
            "max_groups": 1,
            "min_group_size": 1,
            "min_group_share": 0,
            "n_starts": 1,
            "n_refinements": 1,
            "sample_size": 100,
            "n_resamples": 0,
            "n_sample_resamples": 1,
            "n_null": 1,
            "n_top": 1,
            "n_dots": 1,
            "min_dot_size": 1,
            "n_majority": 0,
            "n_representative": 0,
            "min_cell_votes": 1,
            "n_contenders": 1,
        }
        for name, least in at_least.items():
            if not getattr(self, name) >= least:
                raise ValueError(f"{name} must be at least {least}.")
        if self.max_groups > 13:
            raise ValueError(
                "max_groups must be at most 13: two runs share 26 letters."
            )
        for name in (
            "p_majority",
            "p_representative",
            "min_difference",
            "min_group_share",
            "false_discovery_rate",
        ):
            if not 0 <= getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 0 and below 1.")
        for name in ("p_resampled", "min_found_again"):
            if not 0 < getattr(self, name) <= 1:
                raise ValueError(f"{name} must be above 0 and at most 1.")
        for name in (
            "prior_votes",
            "position_votes",
            "min_beyond_readiness",
        ):
            if not getattr(self, name) > 0:
                raise ValueError(f"{name} must be above 0.")
