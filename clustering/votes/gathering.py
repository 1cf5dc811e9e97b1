"""From votes in any order and any cut to the one form all mathematics works on.

Chunks of the votes are sorted on their own as they come in (`clustering.votes.staging`).
When all ids are known, each block of the result takes its part out of every chunk,
which is one slice because the chunk is sorted (`clustering.votes.assembly`).
"""

from collections.abc import Iterable
from concurrent.futures import Executor

import numpy as np

from clustering.arrays import IntArray
from clustering.votes import assembly, executors
from clustering.votes.blocks import VoteBlocks
from clustering.votes.reading import Votes, chunks, integers
from clustering.votes.staging import Excluded, stage


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
    executor = executors.keeping(executor)
    with executors.nearby(executor) as near:
        staged = [*executors.stream(near, stage, chunks(votes), excluded)]
        plan = assembly.plan(staged, near)
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


def _ids(name: str, values: Iterable[int]) -> IntArray:
    return integers(name, [*values]).astype(np.int64, copy=False)
