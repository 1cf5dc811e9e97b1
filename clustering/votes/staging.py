"""A chunk of votes as one sorted array of numbers: at most eight bytes a vote.

A vote becomes participant, statement and choice side by side in the bits of one
integer. Sorting these sorts the votes, and numpy sorts integers many times faster
than it finds an order (4 million in 30 ms instead of 190 ms).
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from clustering.arrays import BoolArray, IntArray
from clustering.votes.reading import Chunk, Integers

CHOICE_BITS = 2
CHOICE_MASK = (1 << CHOICE_BITS) - 1
# Ids that lie this close together are told apart by their distance from the least
# of them, which costs nothing; others by their rank, for which an order must be
# found. With the choice both fit into 63 bits. Statements are fewer because every
# chunk has a table of theirs.
PARTICIPANT_SPAN = 1 << 31
STATEMENT_SPAN = 1 << 16


class Excluded(NamedTuple):
    """Ids whose votes do not exist."""

    participants: IntArray
    statements: IntArray


@dataclass(frozen=True, eq=False)
class Codes:
    """Small numbers for n ids, in the same order: id - ``base``, or place in ``ids``."""

    n: int
    base: int = 0
    ids: IntArray | None = None

    @property
    def n_bits(self) -> int:
        """Bits that hold every code."""
        return (self.n - 1).bit_length()

    def decode(self, codes: Integers) -> IntArray:
        """The ids of these codes."""
        if self.ids is None:
            return codes.astype(np.int64) + self.base
        return self.ids[codes]

    def at_least(self, ids: IntArray) -> IntArray:
        """For each of these ids the least code of one not below it; n for none."""
        if self.ids is not None:
            return np.searchsorted(self.ids, ids)
        last = self.base + self.n - 1
        return np.clip(ids, self.base, last) - self.base + (ids > last)


@dataclass(frozen=True, eq=False)
class Staged:
    """One chunk, sorted.

    keys : (v,) from the highest bits: participant's code, statement's, choice + 1
    """

    keys: Integers
    participants: Codes
    statements: Codes

    @property
    def shift(self) -> int:
        """Bits below the participant's."""
        return self.statements.n_bits + CHOICE_BITS

    def people(self, part: slice = slice(None)) -> tuple[IntArray, IntArray]:
        """Of some of the votes: who cast them, ascending, and how many each."""
        codes = self.keys[part] >> self.shift
        starts = np.flatnonzero(codes[1:] != codes[:-1]) + 1
        starts = np.concatenate([[0], starts]) if len(codes) else starts
        return self.participants.decode(codes[starts]), np.diff(
            starts, append=len(codes)
        )

    def some_people(self, step: int) -> IntArray:
        """Who cast one vote in ``step``, ascending."""
        return self.participants.decode(self.keys[::step] >> self.shift)

    def statement_codes(self, part: slice = slice(None)) -> Integers:
        """Of some of the votes: what they are on."""
        return self.keys[part] >> CHOICE_BITS & ((1 << self.statements.n_bits) - 1)

    def statement_ids(self) -> IntArray:
        """The statements that have a vote here, ascending."""
        has_vote = np.zeros(self.statements.n, dtype=np.bool_)
        has_vote[self.statement_codes()] = True
        return self.statements.decode(np.flatnonzero(has_vote))


def stage(chunk: Chunk, excluded: Excluded) -> Staged:
    """Sort a chunk, and drop what is excluded."""
    people, participants = _coded(chunk.participants, PARTICIPANT_SPAN)
    seen, statements = _coded(chunk.statements, STATEMENT_SPAN)
    keys: Integers = people  # whose memory it takes over
    keys <<= statements.n_bits
    keys |= seen
    keys <<= CHOICE_BITS
    keys += chunk.choices.astype(np.int8, copy=False)
    keys += 1
    if participants.n_bits + statements.n_bits + CHOICE_BITS <= 32:
        keys = keys.astype(np.uint32)
    keys.sort()
    staged = Staged(keys, participants, statements)
    if any(len(ids) for ids in excluded):
        return Staged(keys[_is_kept(staged, excluded)], participants, statements)
    return staged


def _coded(ids: Integers, span: int) -> tuple[IntArray, Codes]:
    """A new array of the codes of these ids, and how to read it."""
    least, last = int(ids.min()), int(ids.max())
    if last - least < span:
        codes = np.subtract(ids, least, dtype=np.int64)
        return codes, Codes(last - least + 1, base=least)
    order = np.argsort(ids)
    ascending = ids[order].astype(np.int64, copy=False)
    is_new = np.concatenate([[True], ascending[1:] != ascending[:-1]])
    codes = np.empty(len(ids), dtype=np.int64)
    codes[order] = np.cumsum(is_new) - 1
    return codes, Codes(int(is_new.sum()), ids=ascending[is_new])


def _is_kept(staged: Staged, excluded: Excluded) -> BoolArray:
    ids = staged.statements.decode(np.arange(staged.statements.n))
    counts = ~np.isin(ids, excluded.statements)
    people, n_votes = staged.people()
    is_counted = ~np.isin(people, excluded.participants)
    return counts[staged.statement_codes()] & np.repeat(is_counted, n_votes)
