"""From votes in any order and any cut to the one form all mathematics works on.

Chunks of the votes are sorted on their own as they come in (`clustering.staging`).
When all ids are known, each block of the result takes its part out of every chunk,
which is one slice because the chunk is sorted (`clustering.assembly`).
"""

from collections.abc import Iterable
from concurrent.futures import Executor

import numpy as np
import numpy.typing as npt

from clustering import assembly, executors
from clustering.blocks import VoteBlocks
from clustering.reading import Votes, chunks, integers
from clustering.results import IntArray
from clustering.staging import Excluded, stage

# Merging sorts everything anew: only when there is more to add than there is.
MERGED_AT_ONCE = 1 << 22


def gather(
    votes: Votes,
    *,
    excluded_statements: Iterable[int] = (),
    excluded_participants: Iterable[int] = (),
    executor: Executor,
) -> VoteBlocks:
    """Check the votes and put them in their one order, whatever order they come in.

    Parameters
    ----------
    votes : participants, statements and choices: three equally long arrays of
        integers, one entry a vote. Or any number of such triples, each of which is
        read when most of the work on those before it is done
    excluded_statements, excluded_participants : ids whose votes do not exist; all
        that is still asked of these votes is a choice of -1, 0 or +1
    executor : where the blocks are kept and worked on

    Raises
    ------
    InvalidVotes
        Unequal lengths, anything but integers of 64 bits, a choice other than -1, 0
        and +1, or two votes of one participant on one statement.
    """
    excluded = Excluded(
        _ids("excluded_participants", excluded_participants),
        _ids("excluded_statements", excluded_statements),
    )
    participants, statements = _Union(), _Union()
    staged = []
    with executors.nearby(executor) as near:
        for chunk, people, seen in executors.stream(
            near, stage, chunks(votes), excluded
        ):
            staged.append(chunk)
            participants.add(people)
            statements.add(seen)
        plan = assembly.plan(staged, participants.ids(), statements.ids())
        blocks = [
            executors.keep(executor, block)
            for block in executors.stream(near, plan.block, range(plan.n_blocks))
        ]
    return VoteBlocks(
        plan.participant_ids,
        plan.statement_ids,
        sum(len(chunk.keys) for chunk in staged),
        tuple(blocks),
        executor,
    )


class _Union:
    """All different ids of many ascending arrays, in little more than their room."""

    def __init__(self) -> None:
        self._merged = np.zeros(0, dtype=np.int64)
        self._waiting: list[IntArray] = []

    def add(self, ids: IntArray) -> None:
        self._waiting.append(ids)
        n_waiting = sum(len(waiting) for waiting in self._waiting)
        if n_waiting > max(MERGED_AT_ONCE, 2 * len(self._merged)):
            self.ids()

    def ids(self) -> IntArray:
        """Ascending."""
        ids = np.concatenate([self._merged, *self._waiting])
        ids.sort()
        is_new = np.ones(len(ids), dtype=np.bool_)
        np.not_equal(ids[1:], ids[:-1], out=is_new[1:])
        self._merged, self._waiting = ids[is_new], []
        return self._merged


def _ids(name: str, values: Iterable[int]) -> npt.NDArray[np.int64]:
    return integers(name, [*values]).astype(np.int64, copy=False)
