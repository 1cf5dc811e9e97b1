"""Votes as sparse blocks of rows, and the one way to compute over all of them."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any, TypeVar, TypeVarTuple

import numpy as np
import numpy.typing as npt

from clustering.arrays import IntArray
from clustering.votes import executors

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

Indices = npt.NDArray[np.unsignedinteger[Any]]


@dataclass(frozen=True, eq=False)
class Block:
    """Votes of r consecutive participants, row after row; nobody may change them.

    first : row of its first participant, an index into ``participant_ids``
    row_starts : (r + 1,) where in the two others each row begins, and the end
    statements : (v,) index into ``statement_ids``, ascending within a row
    choices : (v,) agree is +1, pass 0, disagree -1
    memory : what was worked out of these and is needed again, by name
    """

    first: int
    row_starts: npt.NDArray[np.int32]
    statements: Indices
    choices: npt.NDArray[np.int8]
    memory: dict[str, Any] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for array in (self.row_starts, self.statements, self.choices):
            array.flags.writeable = False

    @property
    def n_rows(self) -> int:
        """Number of participants in it."""
        return len(self.row_starts) - 1


@dataclass(frozen=True, eq=False)
class VoteBlocks:
    """All votes that count: n participants, m statements.

    participant_ids, statement_ids : (n,) and (m,), ascending; each has a vote
    n_votes : how many there are
    blocks : in the order of the rows, or what stands for them where workers elsewhere
        keep them; without any votes there is one, of no rows
    executor : where they are worked on
    """

    participant_ids: IntArray
    statement_ids: IntArray
    n_votes: int
    blocks: tuple[Block | Any, ...]
    executor: Executor = field(default_factory=executors.Inline, repr=False)

    @property
    def n_participants(self) -> int:
        """Number of rows."""
        return len(self.participant_ids)

    @property
    def n_statements(self) -> int:
        """Number of columns."""
        return len(self.statement_ids)

    def each(self, task: Callable[[Block, *Ts], T], *arguments: *Ts) -> Iterator[T]:
        """``task(block, *arguments)`` of one block after the other, in their order.

        For results that are added up: few of them exist at the same time. The task is
        a function of a module, or such a one in `functools.partial`, and changes
        nothing it is given; its arguments travel to each worker once.

        Raises
        ------
        Exception
            What the task raises; of several, that of the first block.
        WorkersLost
            A worker elsewhere has died, and blocks with it.
        """
        return executors.over(self.executor, self.blocks, task, *arguments)

    def map(self, task: Callable[[Block, *Ts], T], *arguments: *Ts) -> list[T]:
        """All that `each` yields."""
        return [*self.each(task, *arguments)]

    def total(
        self,
        task: Callable[[Block, *Ts], npt.NDArray[Any]],
        *arguments: *Ts,
    ) -> npt.NDArray[Any]:
        """The sum of all that `each` yields, added up in the order of the blocks."""
        parts = self.each(task, *arguments)
        total = next(parts).copy()
        for part in parts:
            total += part
        return total


def index_type(n: int) -> np.dtype[np.unsignedinteger[Any]]:
    """The smallest unsigned integers that hold 0 .. n - 1."""
    return np.dtype(np.min_scalar_type(max(n - 1, 0)))
