"""Sorted chunks, each with votes of anybody, to blocks that hold all of a row."""

from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from clustering.arrays import IntArray, InvalidVotes
from clustering.votes import executors
from clustering.votes.blocks import Block, index_type
from clustering.votes.reading import Integers
from clustering.votes.staging import CHOICE_BITS, CHOICE_MASK, Staged

# A block has at most so many participants, and on average at most so many votes.
# It is to fit into a core's cache with what is computed on it, and there are to be
# enough blocks for every core, while most conversations are one block.
ROWS = 1 << 15
VOTES = 1 << 21
# One vote in so many is looked at to find ranges of ids with about VOTES each.
STEP = 1 << 12


@dataclass(frozen=True, eq=False)
class Assembly:
    """Which part of which of c chunks goes into which of b blocks.

    participant_ids, statement_ids : of all chunks, ascending
    borders : (b + 1,) rows where the blocks begin, and the end
    cuts : c times (b + 1,) votes of a chunk where the blocks begin, and the end
    columns : c times, by the chunk's code of a statement: its index in
        statement_ids, shifted to its place in a block's keys
    """

    staged: list[Staged]
    participant_ids: IntArray
    statement_ids: IntArray
    borders: IntArray
    cuts: list[IntArray]
    columns: list[Integers]

    @property
    def n_blocks(self) -> int:
        """How many blocks there will be."""
        return len(self.borders) - 1

    def block(self, number: int) -> Block:
        """Sort together what every chunk, sorted on its own, has of one block.

        Raises
        ------
        InvalidVotes
            Two votes of one participant on one statement.
        """
        first, last = self.borders[number : number + 2].tolist()
        people, shift = self.participant_ids[first:last], _shift(self.statement_ids)
        keys = self._keys(number, people, shift)
        if len(self.staged) > 1:
            keys.sort()
        pairs = keys >> CHOICE_BITS
        columns = pairs & ((1 << shift - CHOICE_BITS) - 1)
        twice = np.flatnonzero(pairs[1:] == pairs[:-1])[:1]
        if len(twice):
            raise InvalidVotes(
                f"Participant {people[keys[twice] >> shift][0]} has more than one "
                f"vote on statement {self.statement_ids[columns[twice]][0]}."
            )
        return Block(
            first,
            np.searchsorted(keys, np.arange(len(people) + 1) << shift).astype(np.int32),
            columns.astype(index_type(len(self.statement_ids))),
            (keys & CHOICE_MASK).astype(np.int8) - np.int8(1),
        )

    def _keys(self, number: int, people: IntArray, shift: int) -> Integers:
        """(v,) row in the block, statement's index and choice + 1; in no order."""
        pieces: list[Integers] = [np.zeros(0, dtype=_key_type(shift))]
        for staged, cuts, columns in zip(
            self.staged, self.cuts, self.columns, strict=True
        ):
            part = slice(*cuts[number : number + 2].tolist())
            ids, n_votes = staged.people(part)
            rows = np.searchsorted(people, ids).astype(columns.dtype) << shift
            piece = np.repeat(rows, n_votes)
            piece |= columns[staged.statement_codes(part)]
            piece |= (staged.keys[part] & CHOICE_MASK).astype(columns.dtype)
            pieces.append(piece)
        return np.concatenate(pieces)


def plan(staged: list[Staged], executor: Executor) -> Assembly:
    """Where to cut: a block's rows depend on the numbers of people and votes alone."""
    participant_ids = _participants(staged, executor)
    statement_ids = _different([chunk.statement_ids() for chunk in staged])
    n_participants = len(participant_ids)
    n_blocks = max(1, -(-n_participants // ROWS), -(-_n_votes(staged) // VOTES))
    n_blocks = max(1, min(n_blocks, n_participants))
    borders = np.arange(n_blocks + 1) * n_participants // n_blocks
    return Assembly(
        staged,
        participant_ids,
        statement_ids,
        borders,
        [_cuts(chunk, participant_ids[borders[1:-1]]) for chunk in staged],
        [_columns(chunk, statement_ids) for chunk in staged],
    )


def _n_votes(staged: list[Staged]) -> int:
    return sum(len(chunk.keys) for chunk in staged)


def _participants(staged: list[Staged], executor: Executor) -> IntArray:
    """Everybody who has a vote, ascending; looked for in many ranges of ids at once."""
    some = np.sort(_joined([chunk.some_people(STEP) for chunk in staged]))
    n_ranges = max(1, _n_votes(staged) // VOTES)
    borders = some[np.arange(1, n_ranges) * len(some) // n_ranges]
    cuts = [_cuts(chunk, borders) for chunk in staged]
    ranges = range(n_ranges)
    return _joined([*executors.stream(executor, _people_between, ranges, staged, cuts)])


def _people_between(
    number: int, staged: list[Staged], cuts: list[IntArray]
) -> IntArray:
    found = []
    for chunk, cut in zip(staged, cuts, strict=True):
        found.append(chunk.people(slice(*cut[number : number + 2].tolist()))[0])
    return _different(found)


def _different(ids: list[IntArray]) -> IntArray:
    """All of them, ascending, each once; `numpy.unique` is many times slower."""
    together = np.sort(_joined(ids))
    is_new = np.ones(len(together), dtype=np.bool_)
    np.not_equal(together[1:], together[:-1], out=is_new[1:])
    return together[is_new]


def _joined(ids: list[IntArray]) -> IntArray:
    return np.concatenate([np.zeros(0, dtype=np.int64), *ids])


def _cuts(staged: Staged, ids: IntArray) -> IntArray:
    codes = staged.participants.at_least(ids)
    inner = np.searchsorted(staged.keys, codes << staged.shift)
    return np.concatenate([[0], inner, [len(staged.keys)]])


def _columns(staged: Staged, statement_ids: IntArray) -> Integers:
    """Those of statements without a vote here are wrong, and are not asked for."""
    ids = staged.statements.decode(np.arange(staged.statements.n))
    columns = np.searchsorted(statement_ids, ids) << CHOICE_BITS
    return columns.astype(_key_type(_shift(statement_ids)))


def _shift(statement_ids: IntArray) -> int:
    """Bits below the row in a block's keys."""
    return (len(statement_ids) - 1).bit_length() + CHOICE_BITS


def _key_type(shift: int) -> type[np.uint32] | type[np.int64]:
    """The smaller one sorts twice as fast."""
    return np.uint32 if (ROWS - 1).bit_length() + shift <= 32 else np.int64
