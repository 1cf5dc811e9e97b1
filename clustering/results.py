"""What an analysis found: one frozen dataclass over arrays, and its way into bytes."""

import json
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from clustering import archive, placing
from clustering.arrays import (
    AGREE,
    DISAGREE,
    BoolArray,
    FloatArray,
    IntArray,
    InvalidVotes,
)
from clustering.findings import (
    BaseClusters,
    CandidateGrouping,
    Check,
    Consensus,
    Finding,
    Intervals,
    Majority,
    MajorityStatement,
    OpinionGroup,
    RepresentativeStatement,
    Stability,
)
from clustering.settings import AnalysisSettings
from clustering.votes.reading import integers

ENGINE_VERSION = "3"


@dataclass(frozen=True, eq=False, kw_only=True)
class Analysis:
    """One analysis of one conversation: n participants, m statements, g groups.

    Participants and statements are those with at least one counted vote, by
    ascending id; every array follows that order. Agree is +1 everywhere.

    Attributes
    ----------
    participant_ids, n_votes : (n,) ids; all counted votes of each
    is_placed : (n,) whether she took a side often enough to be grouped
    group_of : (n,) index into ``groups``, -1 for those not grouped
    certainty : (n,) how surely she belongs there, 0..1; 0 for those not grouped
    positions : (n, 2) points on the opinion map
    statement_ids, is_mapped : (m,) ids; False where kept out of map and lists (meta)
    center : (m,) mean of the votes that took a side, passes left out
    loadings : (m, 2) weight of each statement on the two axes, 0 where not mapped
    p_explained : (2,) share of the variation each axis shows
    n_agree, n_disagree, n_seen : (g, m) counts of group members
    overall_n_agree, overall_n_disagree, overall_n_seen : (m,) counts of everybody
    extremity : (m,) how far a vote on the statement can move a person on the map
    group_aware_consensus : (m,) Polis's product of the groups' agree shares, 0..1
    consensus : our ranking of what holds across groups, both sides
    priority : (m,) 0..1, how undecided it is whether the statement belongs to the top
    routing : (1 + g, m) factors for showing it next: to people in no group yet, and to
        each group's
    finding : what the search for groups came to
    groups, base_clusters : by letter; see their classes
    candidates : the numbers of groups that were tried
    stability : what resampling people says
    checks : what the engine asked of its own result
    majority, representative : lists over mapped statements; ``representative`` holds
        one list per group
    settings, engine_version : what it was computed with
    """

    participant_ids: IntArray
    n_votes: IntArray
    is_placed: BoolArray
    group_of: IntArray
    certainty: FloatArray
    positions: FloatArray
    statement_ids: IntArray
    is_mapped: BoolArray
    center: FloatArray
    loadings: FloatArray
    p_explained: FloatArray
    n_agree: IntArray
    n_disagree: IntArray
    n_seen: IntArray
    overall_n_agree: IntArray
    overall_n_disagree: IntArray
    overall_n_seen: IntArray
    extremity: FloatArray
    group_aware_consensus: FloatArray
    consensus: Consensus
    priority: FloatArray
    routing: FloatArray
    finding: Finding
    groups: tuple[OpinionGroup, ...]
    base_clusters: BaseClusters
    candidates: tuple[CandidateGrouping, ...]
    stability: Stability
    checks: tuple[Check, ...]
    majority: Majority
    representative: tuple[tuple[RepresentativeStatement, ...], ...]
    settings: AnalysisSettings
    engine_version: str = ENGINE_VERSION

    @property
    def is_sound(self) -> bool:
        """Whether the result passed all the engine's own checks."""
        return all(check.is_passed for check in self.checks)

    @property
    def damping(self) -> float:
        """Of positions: see `clustering.placing`."""
        return placing.damping(self.is_mapped, self.settings.position_votes)

    @cached_property
    def intervals(self) -> Intervals:
        """Shares (g, m) of each group on each statement, with 95 % intervals."""
        return Intervals.of(self.n_agree, self.n_disagree, self.n_seen)

    @cached_property
    def overall_intervals(self) -> Intervals:
        """Shares (m,) of everybody on each statement, with 95 % intervals."""
        return Intervals.of(
            self.overall_n_agree, self.overall_n_disagree, self.overall_n_seen
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of everything in it, floats rounded to nine decimals."""
        return archive.digest(self._arrays())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Analysis):
            return NotImplemented
        return self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def project(
        self, statements: npt.ArrayLike, choices: npt.ArrayLike
    ) -> tuple[float, float]:
        """Place one participant on the map from her own votes, without a new run.

        Statements this analysis does not know, or keeps out of the map, are left out,
        and so are passes. The formula is that of `clustering.placing`.

        Parameters
        ----------
        statements, choices : equally long; ids, and -1, 0 or +1

        Raises
        ------
        InvalidVotes
            When the two differ in length, and otherwise as `clustering.analyse` does.
        """
        ids, cast = _one_persons(statements, choices)
        _, place, own = np.intersect1d(ids, self.statement_ids, return_indices=True)
        cast = cast[place]
        is_side = self.is_mapped[own] & (cast != 0)
        own, cast = own[is_side], cast[is_side]
        sums = placing.sums(cast - self.center[own], self.loadings[own])
        x, y = placing.placed(sums[None], self.damping)[0].tolist()
        return x, y

    def to_bytes(self) -> bytes:
        """Pack everything, losslessly; equal analyses give equal bytes."""
        return archive.pack(self._arrays())

    @classmethod
    def from_bytes(cls, data: bytes) -> "Analysis":
        """Undo `to_bytes`.

        Raises
        ------
        ValueError
            When the bytes are not a stored analysis.
        """
        stored = archive.unpack(data)
        try:
            return cls(**_fields_from(stored))
        except (KeyError, TypeError) as error:
            raise ValueError("These bytes are not a stored analysis.") from error

    def _arrays(self) -> dict[str, npt.NDArray[Any]]:
        stability = self.stability
        about = {
            "engine": self.engine_version,
            "finding": self.finding,
            "settings": asdict(self.settings),
        }
        text = json.dumps(about, sort_keys=True).encode()
        return {
            **{name: getattr(self, name) for name in _ARRAY_FIELDS},
            "base_centers": self.base_clusters.centers,
            "base_sizes": self.base_clusters.sizes,
            "base_group_of": self.base_clusters.group_of,
            "consensus_agree": self.consensus.agree,
            "consensus_disagree": self.consensus.disagree,
            "consensus_is_ranked": self.consensus.is_ranked,
            "stability": np.array(
                [stability.n_draws, stability.rand_index, stability.n_top]
            ),
            "p_agreed_top": stability.p_agreed_top,
            "p_rejected_top": stability.p_rejected_top,
            "about": np.frombuffer(text, dtype=np.uint8),
            **{
                name: archive.table(kind, lists_of(self))
                for name, (kind, lists_of) in _TABLES.items()
            },
        }


def _one_persons(
    statements: npt.ArrayLike, choices: npt.ArrayLike
) -> tuple[IntArray, IntArray]:
    """(v,) her votes, if they can be votes."""
    ids = integers("statements", statements).astype(np.int64)
    cast = integers("choices", choices).astype(np.int64)
    if len(ids) != len(cast):
        raise InvalidVotes(f"{len(ids)} statements came with {len(cast)} choices.")
    for vote in np.flatnonzero((cast < DISAGREE) | (cast > AGREE))[:1]:
        raise InvalidVotes(f"Vote {vote}: choice {cast[vote]} is not -1, 0 or +1.")
    different, n_votes = np.unique(ids, return_counts=True)
    for statement in different[n_votes > 1][:1]:
        raise InvalidVotes(f"There is more than one vote on statement {statement}.")
    return ids, cast


_ARRAY_FIELDS = [
    f.name for f in fields(Analysis) if f.type in (IntArray, FloatArray, BoolArray)
]
_TABLES: dict[str, tuple[type, Any]] = {
    "groups": (OpinionGroup, lambda found: [found.groups]),
    "candidates": (CandidateGrouping, lambda found: [found.candidates]),
    "checks": (Check, lambda found: [found.checks]),
    "majority": (
        MajorityStatement,
        lambda found: [found.majority.agree, found.majority.disagree],
    ),
    "representative": (RepresentativeStatement, lambda found: found.representative),
}


def _fields_from(stored: dict[str, npt.NDArray[Any]]) -> dict[str, Any]:
    about = json.loads(stored["about"].tobytes())
    groups = archive.lists(OpinionGroup, stored["groups"], 1)[0]
    n_draws, rand_index, n_top = stored["stability"].tolist()
    return {
        **{name: stored[name] for name in _ARRAY_FIELDS},
        "base_clusters": BaseClusters(
            stored["base_centers"], stored["base_sizes"], stored["base_group_of"]
        ),
        "consensus": Consensus(
            stored["consensus_agree"],
            stored["consensus_disagree"],
            stored["consensus_is_ranked"],
        ),
        "finding": Finding(about["finding"]),
        "groups": groups,
        "candidates": archive.lists(CandidateGrouping, stored["candidates"], 1)[0],
        "stability": Stability(
            int(n_draws),
            rand_index,
            int(n_top),
            stored["p_agreed_top"],
            stored["p_rejected_top"],
        ),
        "checks": archive.lists(Check, stored["checks"], 1)[0],
        "majority": Majority(*archive.lists(MajorityStatement, stored["majority"], 2)),
        "representative": archive.lists(
            RepresentativeStatement, stored["representative"], len(groups)
        ),
        "settings": AnalysisSettings(**about["settings"]),
        "engine_version": about["engine"],
    }
