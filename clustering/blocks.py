"""Votes as sparse blocks of rows, and the one way to compute over all of them."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, TypeVar

import numpy as np
import numpy.typing as npt

from clustering.executors import Inline
from clustering.results import IntArray

P = ParamSpec("P")
T = TypeVar("T")

Indices = npt.NDArray[np.unsignedinteger[Any]]


@dataclass(frozen=True, eq=False)
class Block:
    """Votes of r consecutive participants, row after row.

    first : row of its first participant, an index into ``participant_ids``
    row_starts : (r + 1,) where in the two others each row begins, and the end
    statements : (v,) index into ``statement_ids``, ascending within a row
    choices : (v,) agree is +1, pass 0, disagree -1
    """

    first: int
    row_starts: npt.NDArray[np.int32]
    statements: Indices
    choices: npt.NDArray[np.int8]

    @property
    def n_rows(self) -> int:
        """Number of participants in it."""
        return len(self.row_starts) - 1


@dataclass(frozen=True, eq=False)
class VoteBlocks:
    """All counted votes: n participants, m statements, N votes.

    participant_ids, statement_ids : (n,) and (m,), ascending; each has a vote
    n_votes : N
    blocks : in order of rows; no votes are one block without rows
    executor : runs what is asked of the blocks
    """

    participant_ids: IntArray
    statement_ids: IntArray
    n_votes: int
    blocks: tuple[Block, ...]
    executor: Executor = field(default_factory=Inline, repr=False)

    @property
    def n_participants(self) -> int:
        """Number of rows."""
        return len(self.participant_ids)

    @property
    def n_statements(self) -> int:
        """Number of columns."""
        return len(self.statement_ids)

    def map(
        self,
        task: Callable[Concatenate[Block, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> list[T]:
        """``task(block, *args)`` for every block, in the order of the blocks."""
        if len(self.blocks) == 1:
            return [task(self.blocks[0], *args, **kwargs)]
        running = [
            self.executor.submit(task, block, *args, **kwargs) for block in self.blocks
        ]
        return [future.result() for future in running]


def index_type(n: int) -> np.dtype[np.unsignedinteger[Any]]:
    """The smallest unsigned integers that hold 0 .. n - 1."""
    return np.dtype(np.min_scalar_type(max(n - 1, 0)))
