"""Who voted how on what, counted over everybody."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from clustering.arrays import PASS, BoolArray, FloatArray, IntArray
from clustering.votes.ballots import N_CHOICES, columns_of, one_hot
from clustering.votes.blocks import Block, VoteBlocks


@dataclass(frozen=True, eq=False)
class Counts:
    """Of everybody.

    n_agree, n_disagree, n_pass : (m,); n_votes, n_sides : (n,) all counted votes of
    each, and those on mapped statements that took a side
    """

    n_agree: IntArray
    n_disagree: IntArray
    n_pass: IntArray
    n_votes: IntArray
    n_sides: IntArray

    @property
    def by_choice(self) -> IntArray:
        """(3, m) agree, disagree and pass."""
        return np.stack([self.n_agree, self.n_disagree, self.n_pass])

    @property
    def n_seen(self) -> IntArray:
        return self.n_agree + self.n_disagree + self.n_pass


def overall(blocks: VoteBlocks, is_mapped: BoolArray) -> Counts:
    """One pass over the votes."""
    parts = blocks.map(_block_counts, is_mapped)
    by_choice = np.sum([part[0] for part in parts], axis=0)
    agree, disagree, passed = by_choice.reshape(N_CHOICES, -1)
    n_votes = np.concatenate([part[1] for part in parts])
    n_sides = np.concatenate([part[2] for part in parts])
    return Counts(agree, disagree, passed, n_votes, n_sides)


def _block_counts(
    block: Block, is_mapped: BoolArray
) -> tuple[IntArray, IntArray, IntArray]:
    m = len(is_mapped)
    by_choice = np.bincount(columns_of(block, m), minlength=N_CHOICES * m)
    is_side = (block.choices != PASS) & is_mapped[block.statements]
    before = np.concatenate([[0], np.cumsum(is_side)])
    n_sides = np.diff(before[block.row_starts])
    return by_choice, np.diff(block.row_starts).astype(np.int64), n_sides


def by_group(
    blocks: VoteBlocks, group_of: npt.NDArray[np.int8], n_groups: int
) -> IntArray:
    """(g, 3, m) votes of each group's members by choice; -1 is in no group.

    Counted vote by vote, without any product of matrices.
    """
    return blocks.total(_group_counts, blocks.n_statements, group_of, n_groups)


def _group_counts(
    block: Block, n_statements: int, group_of: npt.NDArray[np.int8], n_groups: int
) -> IntArray:
    m = n_statements
    here = group_of[block.first : block.first + block.n_rows]
    # Those in no group are counted last, and left out.
    group = np.where(here < 0, n_groups, here).astype(np.int32) * (N_CHOICES * m)
    cells = columns_of(block, m) + np.repeat(group, np.diff(block.row_starts))
    counted = np.bincount(cells, minlength=(n_groups + 1) * N_CHOICES * m)
    return counted.reshape(n_groups + 1, N_CHOICES, m)[:n_groups]


def by_product(
    blocks: VoteBlocks, group_of: npt.NDArray[np.int8], n_groups: int
) -> IntArray:
    """The same as `by_group` by another road: for checking."""
    product = blocks.total(_group_product, blocks.n_statements, group_of, n_groups)
    counted = np.rint(product).astype(np.int64).T
    return np.asarray(counted.reshape(n_groups, N_CHOICES, blocks.n_statements))


def _group_product(
    block: Block, n_statements: int, group_of: npt.NDArray[np.int8], n_groups: int
) -> FloatArray:
    here = group_of[block.first : block.first + block.n_rows]
    is_member = here[:, None] == np.arange(n_groups)
    votes = one_hot(block, n_statements)
    return np.asarray(votes.T @ is_member.astype(np.float64))
