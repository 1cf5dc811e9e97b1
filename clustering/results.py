"""What an analysis found: frozen dataclasses over arrays, and their way into bytes."""

import json
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from clustering import archive
from clustering.settings import AnalysisSettings

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

AGREE, PASS, DISAGREE = 1, 0, -1
NOT_GROUPED = -1
ENGINE_VERSION = "1"


class InvalidVotes(ValueError):
    """The votes cannot be analysed; the sentence names the row or the ids."""


@dataclass(frozen=True)
class OpinionGroup:
    """People who vote alike: its letter stays with them from run to run."""

    letter: str
    size: int
    x: float
    y: float

    @property
    def center(self) -> tuple[float, float]:
        """The mean position of its members."""
        return self.x, self.y


@dataclass(frozen=True)
class CandidateGrouping:
    """A number of groups that was tried, and how well it separated people (-1..1)."""

    n_groups: int
    silhouette: float


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

    ``p_chosen`` and ``z_chosen`` compare the group's share with one half, ``ratio``
    and ``z_ratio`` with the share outside the group. ``is_significant``: both tests
    passed. ``is_best_agreed``: the statement the group agrees on most.
    """

    statement_id: int
    choice: int
    n_chosen: int
    n_seen: int
    p_chosen: float
    z_chosen: float
    ratio: float
    z_ratio: float
    is_significant: bool
    is_best_agreed: bool


@dataclass(frozen=True, eq=False)
class BaseClusters:
    """The dots of the opinion map: neighbours merged, never a list of persons.

    centers : (b, 2) positions; sizes : (b,) people; group_of : (b,) index into groups.
    """

    centers: FloatArray
    sizes: IntArray
    group_of: IntArray


@dataclass(frozen=True, eq=False, kw_only=True)
class Analysis:
    """One analysis of one conversation: n participants, m statements, g groups.

    Participants and statements are those with at least one counted vote, by
    ascending id; every array follows that order. Agree is +1 everywhere.

    Attributes
    ----------
    participant_ids, n_votes : (n,) ids; votes of each on all m statements
    group_of : (n,) index into ``groups``, -1 for those not (yet) grouped
    base_of : (n,) index into ``base_clusters``, -1 likewise
    positions : (n, 2) points on the opinion map
    statement_ids, is_neutral : (m,) ids; kept out of the map (rejected or meta)
    center : (m,) mean vote, 0 for neutral statements
    loadings : (m, 2) weight of each statement on the two axes, 0 for neutral ones
    p_explained : (2,) share of the variation each axis shows
    n_agree, n_disagree, n_seen : (m,) counts over all n participants
    extremity : (m,) how far a lone agreement would push a voter from the middle
    group_aware_consensus : (m,) agreement that holds in every group, 0..1
    priority : (m,) weight for showing the statement next
    groups, base_clusters : by letter; see their classes
    group_n_agree, group_n_disagree, group_n_seen : (g, m) counts of group members
    majority, representative : lists over statements that are not neutral;
        ``representative`` holds one list per group
    silhouettes : the numbers of groups that were tried
    settings, engine_version : what it was computed with
    """

    participant_ids: IntArray
    n_votes: IntArray
    group_of: IntArray
    base_of: IntArray
    positions: FloatArray
    statement_ids: IntArray
    is_neutral: BoolArray
    center: FloatArray
    loadings: FloatArray
    p_explained: FloatArray
    n_agree: IntArray
    n_disagree: IntArray
    n_seen: IntArray
    extremity: FloatArray
    group_aware_consensus: FloatArray
    priority: FloatArray
    groups: tuple[OpinionGroup, ...]
    base_clusters: BaseClusters
    group_n_agree: IntArray
    group_n_disagree: IntArray
    group_n_seen: IntArray
    majority: Majority
    representative: tuple[tuple[RepresentativeStatement, ...], ...]
    silhouettes: tuple[CandidateGrouping, ...]
    settings: AnalysisSettings
    engine_version: str = ENGINE_VERSION

    @property
    def n_columns(self) -> int:
        """Statements that count in the scaling of positions, neutral ones included."""
        return len(self.statement_ids)

    @property
    def n_neutral(self) -> int:
        """Of these, the neutral ones: each counts as one vote cast by everybody."""
        return int(self.is_neutral.sum())

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
        """Place one participant on the map from her own votes.

        Statements this analysis does not know are left out, so the point is right
        for votes cast since. The formula is that of `clustering.projection`.

        Parameters
        ----------
        statements, choices : equally long; ids, and -1, 0 or +1

        Raises
        ------
        InvalidVotes
            When the two differ in length.
        """
        ids = np.asarray(statements, dtype=np.int64)
        cast = np.asarray(choices, dtype=np.float64)
        if ids.shape != cast.shape or ids.ndim != 1:
            raise InvalidVotes(f"{ids.size} statements came with {cast.size} choices.")
        known, place, own = np.intersect1d(ids, self.statement_ids, return_indices=True)
        if len(known) == 0:
            return 0.0, 0.0
        own, cast = own[~self.is_neutral[own]], cast[place][~self.is_neutral[own]]
        pull = (cast - self.center[own]) @ self.loadings[own]
        x, y = pull * reach(self.n_columns, np.array(len(own) + self.n_neutral)) + 0.0
        return float(x), float(y)

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
        about = {"engine": self.engine_version, "settings": asdict(self.settings)}
        text = json.dumps(about, sort_keys=True).encode()
        majority = [self.majority.agree, self.majority.disagree]
        return {
            **{name: getattr(self, name) for name in _ARRAY_FIELDS},
            "base_centers": self.base_clusters.centers,
            "base_sizes": self.base_clusters.sizes,
            "base_group_of": self.base_clusters.group_of,
            "groups": archive.table(OpinionGroup, [self.groups]),
            "majority": archive.table(MajorityStatement, majority),
            "representative": archive.table(
                RepresentativeStatement, self.representative
            ),
            "silhouettes": archive.table(CandidateGrouping, [self.silhouettes]),
            "about": np.frombuffer(text, dtype=np.uint8),
        }


_ARRAY_FIELDS = [
    f.name for f in fields(Analysis) if f.type in (IntArray, FloatArray, BoolArray)
]


def reach(n_columns: int, n_cast: npt.NDArray[Any]) -> FloatArray:
    """Stretch the points of people who cast few votes: sqrt(S / max(n_p, 1))."""
    return np.asarray(np.sqrt(n_columns / np.maximum(n_cast, 1)))


def _fields_from(stored: dict[str, npt.NDArray[Any]]) -> dict[str, Any]:
    about = json.loads(stored["about"].tobytes())
    groups = archive.lists(OpinionGroup, stored["groups"], 1)[0]
    majority = archive.lists(MajorityStatement, stored["majority"], 2)
    return {
        **{name: stored[name] for name in _ARRAY_FIELDS},
        "base_clusters": BaseClusters(
            stored["base_centers"], stored["base_sizes"], stored["base_group_of"]
        ),
        "groups": groups,
        "majority": Majority(*majority),
        "representative": archive.lists(
            RepresentativeStatement, stored["representative"], len(groups)
        ),
        "silhouettes": archive.lists(CandidateGrouping, stored["silhouettes"], 1)[0],
        "settings": AnalysisSettings(**about["settings"]),
        "engine_version": about["engine"],
    }
