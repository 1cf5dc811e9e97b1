"""The parts of a result: small frozen records, each one thing that was found."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from clustering import intervals
from clustering.arrays import BoolArray, FloatArray, IntArray


class Finding(StrEnum):
    """What the search for opinion groups came to."""

    GROUPS = "groups"
    """Two or more groups."""
    ONE_GROUP = "one group"
    """The votes do not tell people apart."""
    READINESS = "one group, by readiness to agree"
    """People differ, but only in how readily they agree, not in what they agree with."""
    NO_STABLE_GROUPS = "no stable groups"
    """There is structure, but other people would have given other groups."""
    TOO_FEW = "not enough votes"
    """Fewer than two people have voted enough."""


@dataclass(frozen=True)
class OpinionGroup:
    """People who vote alike: its letter stays with them from run to run.

    ``found_again``: its mean overlap (Jaccard) with the group most like it when the
    search is repeated among some of the people; -1 without resampling.
    """

    letter: str
    size: int
    x: float
    y: float
    found_again: float

    @property
    def center(self) -> tuple[float, float]:
        """The mean position of its members."""
        return self.x, self.y


@dataclass(frozen=True)
class CandidateGrouping:
    """A number of groups that was tried.

    evidence : log odds of votes and grouping against one group
    smallest : people in its smallest group
    found_again : overlap of its least stable group under resampling, -1 if not asked
    rand_index : mean adjusted Rand index under resampling, -1 if not asked
    """

    n_groups: int
    evidence: float
    smallest: int
    found_again: float
    rand_index: float


@dataclass(frozen=True)
class MajorityStatement:
    """A statement most voters chose the same on, groups ignored."""

    statement_id: int
    n_chosen: int
    n_seen: int
    p_chosen: float
    z_chosen: float


@dataclass(frozen=True)
class Majority:
    """The strongest majorities in each direction, strongest first."""

    agree: tuple[MajorityStatement, ...]
    disagree: tuple[MajorityStatement, ...]


@dataclass(frozen=True)
class RepresentativeStatement:
    """A statement that sets a group apart, in the direction ``choice`` (+1 or -1).

    ``n_chosen`` of the ``n_seen`` members who voted on it chose so, passes being votes;
    ``_outside`` says the same of everybody else in groups. Shares are plain. The effect
    is ``difference``, inside minus outside, in its 95 % interval. ``q_value`` is the
    lowest false discovery rate at which the entry would pass, ``p_value`` the one-sided
    test alone.
    """

    statement_id: int
    choice: int
    n_chosen: int
    n_seen: int
    p_chosen: float
    n_chosen_outside: int
    n_seen_outside: int
    p_chosen_outside: float
    difference: float
    difference_low: float
    difference_high: float
    p_value: float
    q_value: float


@dataclass(frozen=True)
class Check:
    """One thing the engine asked of its own result.

    name : what was asked; is_passed : whether it holds
    value, bound : what was measured, and what it was compared with
    """

    name: str
    is_passed: bool
    value: float
    bound: float


@dataclass(frozen=True, eq=False)
class BaseClusters:
    """The dots of the opinion map: neighbours merged, never a list of persons.

    centers : (b, 2) positions; sizes : (b,) people; group_of : (b,) index into groups,
    -1 where there are none.
    """

    centers: FloatArray
    sizes: IntArray
    group_of: IntArray


@dataclass(frozen=True, eq=False)
class Stability:
    """How far the result survives other people: figures over ``n_draws`` draws.

    n_draws : 0 where resampling was switched off; then nothing below says anything
    rand_index : mean adjusted Rand index of the groups, 1 is identical
    p_agreed_top, p_rejected_top : (m,) share of draws in which a statement is among
        the ``n_top`` that people agree on, or reject, most surely
    n_top : length of those lists
    """

    n_draws: int
    rand_index: float
    n_top: int
    p_agreed_top: FloatArray
    p_rejected_top: FloatArray


@dataclass(frozen=True, eq=False)
class Shares:
    """One choice's shares with their 95 % intervals, in any shape of counts.

    p : plain shares, 0 where nobody voted; low, high : ends of the intervals
    """

    p: FloatArray
    low: FloatArray
    high: FloatArray

    @classmethod
    def of(cls, n_chosen: IntArray, n_seen: IntArray) -> "Shares":
        """From counts, passes being votes."""
        return cls(
            intervals.plain(n_chosen, n_seen), *intervals.share(n_chosen, n_seen)
        )


@dataclass(frozen=True, eq=False)
class Intervals:
    """Shares of all who voted, of each choice; passes are a choice of their own."""

    agree: Shares
    passed: Shares
    disagree: Shares

    @classmethod
    def of(
        cls, n_agree: IntArray, n_disagree: IntArray, n_seen: IntArray
    ) -> "Intervals":
        """From counts of any one shape."""
        return cls(
            agree=Shares.of(n_agree, n_seen),
            passed=Shares.of(n_seen - n_agree - n_disagree, n_seen),
            disagree=Shares.of(n_disagree, n_seen),
        )


@dataclass(frozen=True, eq=False)
class Consensus:
    """How surely people of every group agree, or disagree, on each statement.

    agree, disagree : (m,) scores, 0..1
    is_ranked : (m,) whether there are votes enough for a place in a list
    """

    agree: FloatArray
    disagree: FloatArray
    is_ranked: BoolArray

    def top(self, scores: FloatArray, n: int) -> IntArray:
        """(at most n,) places of the ranked statements with the highest scores."""
        places = np.flatnonzero(self.is_ranked)
        return places[np.argsort(-scores[places], kind="stable")][:n]
