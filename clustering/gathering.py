"""From votes in any order and any cut to the one form all mathematics works on."""

from collections.abc import Iterable
from concurrent.futures import Executor
from itertools import pairwise
from typing import Any, TypeGuard

import numpy as np
import numpy.typing as npt

from clustering.blocks import Block, VoteBlocks, index_type
from clustering.results import AGREE, DISAGREE, IntArray, InvalidVotes

Triple = tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike]

ROWS = 32_768


def gather(
    votes: Triple | Iterable[Triple],
    *,
    excluded_statements: Iterable[int] = (),
    excluded_participants: Iterable[int] = (),
    executor: Executor,
) -> VoteBlocks:
    """Check the votes and put them in their one order."""
    triples: list[Any] = [votes] if _is_triple(votes) else list(votes)
    checked = [_checked(triple) for triple in triples]
    empty = (np.zeros(0, np.int64),) * 3
    people, seen, cast = (
        np.concatenate(parts) for parts in zip(empty, *checked, strict=True)
    )
    kept = ~np.isin(people, integers("excluded_participants", [*excluded_participants]))
    kept &= ~np.isin(seen, integers("excluded_statements", [*excluded_statements]))
    people, seen, cast = people[kept], seen[kept], cast[kept]
    order = np.lexsort((seen, people))
    people, seen, cast = people[order], seen[order], cast[order]
    twice = np.flatnonzero((np.diff(people) == 0) & (np.diff(seen) == 0))
    if len(twice):
        raise InvalidVotes(
            f"Participant {people[twice[0]]} has more than one vote "
            f"on statement {seen[twice[0]]}."
        )
    participant_ids, counts = np.unique(people, return_counts=True)
    statement_ids, columns = np.unique(seen, return_inverse=True)
    narrow = columns.astype(index_type(len(statement_ids)))
    cast = cast.astype(np.int8)
    ends = np.concatenate([[0], np.cumsum(counts)])
    n = len(participant_ids)
    blocks = []
    for first, last in pairwise([*range(0, max(n, 1), ROWS), n]):
        v = slice(ends[first], ends[last])
        starts = (ends[first : last + 1] - ends[first]).astype(np.int32)
        blocks.append(Block(first, starts, narrow[v], cast[v]))
    return VoteBlocks(
        participant_ids, statement_ids, len(cast), tuple(blocks), executor
    )


def integers(name: str, values: npt.ArrayLike) -> IntArray:
    """One-dimensional int64, or a refusal that says what it is instead."""
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


def _is_triple(votes: Any) -> TypeGuard[Triple]:
    return (
        isinstance(votes, tuple | list)
        and len(votes) == 3
        and not all(
            isinstance(part, tuple | list)
            and len(part) == 3
            and all(np.ndim(p) for p in part)
            for part in votes
        )
    )


def _checked(triple: Triple) -> tuple[IntArray, IntArray, IntArray]:
    people, seen, cast = triple
    people, seen = integers("participants", people), integers("statements", seen)
    cast = integers("choices", cast)
    if not len(people) == len(seen) == len(cast):
        raise InvalidVotes(
            f"Votes need equally long arrays: {len(people)} participants, "
            f"{len(seen)} statements, {len(cast)} choices."
        )
    wrong = np.flatnonzero((cast < DISAGREE) | (cast > AGREE))
    if len(wrong):
        row = int(wrong[0])
        raise InvalidVotes(f"Vote {row} is {cast[row]}; a vote is -1, 0 or 1.")
    return people, seen, cast
