"""Votes as they are handed in: checked, and cut into chunks of one size."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from clustering.arrays import AGREE, DISAGREE, InvalidVotes

Integers = npt.NDArray[np.integer[Any]]
Triple = tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike]
Votes = Triple | Iterable[Triple]

# Large enough that numpy's cost per call is nothing beside its cost per vote, small
# enough that the few chunks in work at any time take less than half a gigabyte. An
# array of one chunk stays below 32 MiB: larger ones the C library takes from the
# system and gives back each time, which cost half as much again.
CHUNK = 3 << 20
LARGEST = np.iinfo(np.int64).max


class Chunk(NamedTuple):
    """Equally long arrays, one entry a vote; any integer type."""

    participants: Integers
    statements: Integers
    choices: Integers


def chunks(votes: Votes) -> Iterator[Chunk]:
    """At most ``CHUNK`` votes at a time, never none.

    One triple is cut into views of the caller's arrays. Blocks are read one by one
    when they are needed and copied together; nothing refers to them afterwards, so
    that the caller may use their memory again.

    Raises
    ------
    InvalidVotes
        Naming the element, and the block where votes come in blocks.
    """
    if _is_triple(votes):
        return _cut(votes)
    if isinstance(votes, Iterable):
        return _joined(votes)
    raise InvalidVotes(
        "Votes must be participants, statements and choices, or blocks of these, "
        f"not {type(votes).__name__}."
    )


def integers(name: str, values: npt.ArrayLike) -> Integers:
    """One dimension of integers that fit into int64, or a refusal that names them."""
    try:
        array = np.asarray(values)
    except ValueError:  # lists of unequal lengths in a list
        raise InvalidVotes(f"{name} must be one-dimensional.") from None
    if array.ndim != 1:
        raise InvalidVotes(f"{name} must be one-dimensional, not {array.ndim}.")
    if array.size == 0:
        return np.zeros(0, dtype=np.int64)
    if array.dtype.kind not in "iu" and not _is_list_of_int(values):
        raise InvalidVotes(f"{name} must be integers, not {array.dtype}.")
    if array.dtype.kind not in "iu" or array.max() > LARGEST:
        raise InvalidVotes(f"{name} must fit into 64 bits with a sign.")
    return array


def _is_list_of_int(values: Any) -> bool:
    """Integers too wide for any type of numpy's, which made floats or objects."""
    return isinstance(values, list | tuple) and {*map(type, values)} == {int}


def _is_triple(votes: Any) -> bool:
    """Three arrays, rather than three blocks of three arrays each."""
    return (
        isinstance(votes, tuple | list)
        and len(votes) == 3
        and not all(_is_block(part) for part in votes)
    )


def _is_block(part: Any) -> bool:
    return (
        isinstance(part, tuple | list)
        and len(part) == 3
        and all(hasattr(column, "__len__") for column in part)
    )


def _cut(votes: Any) -> Iterator[Chunk]:
    whole = _columns(votes)
    for start in range(0, len(whole.choices), CHUNK):
        part = Chunk(*(column[start : start + CHUNK] for column in whole))
        _check_choices(part.choices, start)
        yield part


def _joined(blocks: Iterable[Any]) -> Iterator[Chunk]:
    joined, filled = _room(), 0
    for part in _parts(blocks):
        n_votes = len(part.choices)
        if filled + n_votes > CHUNK:
            yield Chunk(*(column[:filled] for column in joined))
            joined, filled = _room(), 0
        _copy(part, joined, filled)
        filled += n_votes
        del part  # or this block would stay until the next one is there
    if filled:
        yield Chunk(*(column[:filled] for column in joined))


def _parts(blocks: Iterable[Any]) -> Iterator[Chunk]:
    """The blocks one after the other, cut where they are larger than a chunk."""
    number = 0
    for block in blocks:
        try:
            yield from _cut(block)
        except InvalidVotes as refusal:
            raise InvalidVotes(f"Block {number}: {refusal}") from None
        number += 1  # noqa: SIM113 - enumerate would hold on to the block
        del block


def _copy(part: Chunk, joined: Chunk, start: int) -> None:
    for column, into in zip(part, joined, strict=True):
        into[start : start + len(column)] = column


def _room() -> Chunk:
    return Chunk(
        np.empty(CHUNK, np.int64), np.empty(CHUNK, np.int64), np.empty(CHUNK, np.int8)
    )


def _columns(votes: Any) -> Chunk:
    try:
        participants, statements, choices = votes
    except (TypeError, ValueError):
        raise InvalidVotes("Votes are participants, statements and choices.") from None
    whole = Chunk(
        integers("participants", participants),
        integers("statements", statements),
        integers("choices", choices),
    )
    lengths = [len(column) for column in whole]
    if len({*lengths}) > 1:
        raise InvalidVotes(
            "Votes need equally long arrays: {} participants, {} statements, "
            "{} choices.".format(*lengths)
        )
    return whole


def _check_choices(choices: Integers, start: int) -> None:
    if choices.min() < DISAGREE or choices.max() > AGREE:
        wrong = int(np.flatnonzero((choices < DISAGREE) | (choices > AGREE))[0])
        raise InvalidVotes(
            f"Vote {start + wrong}: choice {choices[wrong]} is not -1, 0 or +1."
        )
