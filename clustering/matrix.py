"""Votes as a sparse participants x statements matrix; "not seen" is never a zero."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from clustering.results import AGREE, DISAGREE, BoolArray, IntArray, InvalidVotes
from clustering.settings import AnalysisSettings

Index = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class VoteMatrix:
    """N counted votes of n participants on m statements, by statement, participant.

    participant_ids, statement_ids : (n,) and (m,), ascending
    is_neutral, is_meta : (m,) kept out of the map; about the people asked
    rows, columns, choices : (N,) index of participant, of statement, and the vote
    """

    participant_ids: IntArray
    statement_ids: IntArray
    is_neutral: BoolArray
    is_meta: BoolArray
    rows: Index
    columns: Index
    choices: IntArray

    @property
    def n_participants(self) -> int:
        """Number of rows."""
        return len(self.participant_ids)

    @property
    def n_statements(self) -> int:
        """Number of columns."""
        return len(self.statement_ids)

    @property
    def n_votes(self) -> IntArray:
        """(n,) votes of each participant, passes and neutral statements included."""
        return np.bincount(self.rows, minlength=self.n_participants)


def build(
    participants: npt.ArrayLike,
    statements: npt.ArrayLike,
    choices: npt.ArrayLike,
    *,
    excluded_participants: Iterable[int] = (),
    neutral_statements: Iterable[int] = (),
    meta_statements: Iterable[int] = (),
) -> VoteMatrix:
    """Check the votes and put them in their one order.

    Raises
    ------
    InvalidVotes
        Unequal lengths, anything but integers, a choice other than -1, 0 and +1,
        or two votes of one participant on one statement.
    """
    people = _integers("participants", participants)
    seen = _integers("statements", statements)
    cast = _integers("choices", choices)
    _check(people, seen, cast)
    out = _integers("excluded_participants", [*excluded_participants])
    if len(out):
        kept = ~np.isin(people, out)
        people, seen, cast = people[kept], seen[kept], cast[kept]
    people, rows = np.unique(people, return_inverse=True)
    seen, columns = np.unique(seen, return_inverse=True)
    order = _canonical_order(people, rows, seen, columns)
    is_meta = np.isin(seen, _integers("meta_statements", [*meta_statements]))
    neutral = _integers("excluded_statements", [*neutral_statements])
    return VoteMatrix(
        participant_ids=people,
        statement_ids=seen,
        is_neutral=is_meta | np.isin(seen, neutral),
        is_meta=is_meta,
        rows=rows[order],
        columns=columns[order],
        choices=cast[order],
    )


def active(votes: VoteMatrix, settings: AnalysisSettings) -> Index:
    """Rows of those who have voted enough to be grouped, in order of first encounter.

    Enough is ``min(min_votes, m)``. If that admits fewer than ``min_active`` people,
    the most active of the rest fill up, ties by lower id. First encounter: reading
    the votes by statement, then by participant (polis-style seeding needs an order,
    and this one does not depend on when a vote arrived).
    """
    n_votes = votes.n_votes
    enough = n_votes >= min(settings.min_votes, votes.n_statements)
    missing = settings.min_active - int(enough.sum())
    if missing > 0:
        by_activity = np.argsort(-n_votes, kind="stable")
        enough[by_activity[~enough[by_activity]][:missing]] = True
    _, first = np.unique(votes.rows, return_index=True)
    encounter = np.argsort(first)
    return encounter[enough[encounter]]


def counts(votes: VoteMatrix) -> tuple[IntArray, IntArray, IntArray]:
    """(m,) agree, disagree and seen over all participants."""
    everyone = np.zeros(votes.n_participants, dtype=np.int64)
    agree, disagree, seen = group_counts(votes, everyone, 1)
    return agree[0], disagree[0], seen[0]


def group_counts(
    votes: VoteMatrix, group_of: IntArray, n_groups: int
) -> tuple[IntArray, IntArray, IntArray]:
    """(n_groups, m) agree, disagree and seen; ``group_of`` (n,) is -1 for nobody's."""
    group = group_of[votes.rows]
    cell = group * votes.n_statements + votes.columns
    shape = (n_groups, votes.n_statements)

    def count(is_counted: BoolArray) -> IntArray:
        flat = np.bincount(
            cell[is_counted & (group >= 0)], minlength=shape[0] * shape[1]
        )
        return flat.reshape(shape)

    return (
        count(votes.choices == AGREE),
        count(votes.choices == DISAGREE),
        count(np.ones(len(cell), dtype=np.bool_)),
    )


def _integers(name: str, values: npt.ArrayLike) -> IntArray:
    array = np.asarray(values)
    if array.ndim != 1:
        raise InvalidVotes(f"{name} must be one-dimensional, not {array.ndim}.")
    if array.size == 0:
        return np.zeros(0, dtype=np.int64)
    if array.dtype.kind not in "iu":
        raise InvalidVotes(f"{name} must be integers, not {array.dtype}.")
    if array.dtype.kind == "u" and array.max() > np.iinfo(np.int64).max:
        raise InvalidVotes(f"{name} must fit into 64 bits with a sign.")
    return array.astype(np.int64, copy=False)


def _check(people: IntArray, seen: IntArray, cast: IntArray) -> None:
    if not len(people) == len(seen) == len(cast):
        raise InvalidVotes(
            f"Votes need equally long arrays: {len(people)} participants, "
            f"{len(seen)} statements, {len(cast)} choices."
        )
    wrong = np.flatnonzero((cast < DISAGREE) | (cast > AGREE))
    if len(wrong):
        row = int(wrong[0])
        raise InvalidVotes(f"Vote {row}: choice {cast[row]} is not -1, 0 or +1.")


def _canonical_order(
    people: IntArray, rows: Index, seen: IntArray, columns: Index
) -> Index:
    cell = columns * len(people) + rows
    order = np.argsort(cell)
    twice = np.flatnonzero(np.diff(cell[order]) == 0)
    if len(twice):
        vote = order[twice[0]]
        raise InvalidVotes(
            f"Participant {people[rows[vote]]} has more than one vote "
            f"on statement {seen[columns[vote]]}."
        )
    return order
