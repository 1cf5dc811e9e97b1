"""Votes as a sparse matrix of ones: three columns a statement, one row a person.

Column t says "agreed with t", column m + t "disagreed", column 2m + t "passed". Every
step of the method is a product with this matrix or its transpose. Most look at sides
only, agree and disagree: what a table (2m, c) of weights for these says nothing of
contributes nothing.
"""

import numpy as np
import numpy.typing as npt
from scipy import sparse

from clustering.arrays import BoolArray, FloatArray
from clustering.votes.blocks import Block, VoteBlocks

N_CHOICES = 3
# Of each choice, -1, 0 and +1, the part of the columns it is found in.
PART_OF = np.array([1, 2, 0], dtype=np.int32)
# From so many columns on one call for all of them is faster than a call for each:
# scipy's product pays for every vote it meets, whatever the number of columns.
MANY_COLUMNS = 6
MANY_COLUMNS_BACK = 3
# Votes of a block that remembers its ballots: twelve bytes a vote.
REMEMBERED = 1 << 19


def one_hot(block: Block, n_statements: int) -> sparse.csr_array:
    """(r, 3m) matrix of ones, an entry a vote.

    A small block remembers its own: a small conversation is one block, and unpacking it
    at each step would take a tenth of the whole analysis.
    """
    if len(block.statements) > REMEMBERED:
        return _one_hot(block, n_statements)
    if "ballots" not in block.memory:
        block.memory["ballots"] = _one_hot(block, n_statements)
    return block.memory["ballots"]


def _one_hot(block: Block, n_statements: int) -> sparse.csr_array:
    columns = columns_of(block, n_statements)
    shape = block.n_rows, N_CHOICES * n_statements
    return sparse.csr_array(
        (np.ones(len(columns)), columns, block.row_starts), shape=shape
    )


def columns_of(block: Block, n_statements: int) -> npt.NDArray[np.int32]:
    """(v,) column of each vote in the matrix."""
    if "ballots" in block.memory:
        return np.asarray(block.memory["ballots"].indices)
    columns = (PART_OF * np.int32(n_statements))[block.choices + np.int8(1)]
    columns += block.statements.astype(np.int32)
    return np.asarray(columns)


def of_sides(sides: FloatArray) -> FloatArray:
    """(3m, c) weights from those of the sides (2m, c); a pass weighs nothing."""
    m = len(sides) // 2
    return np.concatenate([sides, np.zeros((m, sides.shape[1]))])


def take(blocks: VoteBlocks, is_taken: BoolArray) -> sparse.csr_array:
    """The rows of those who are taken (n,), in their order, as one matrix."""
    parts = blocks.map(_taken_rows, blocks.n_statements, is_taken)
    return parts[0] if len(parts) == 1 else sparse.vstack(parts, format="csr")


def _taken_rows(
    block: Block, n_statements: int, is_taken: BoolArray
) -> sparse.csr_array:
    here = is_taken[block.first : block.first + block.n_rows]
    votes = one_hot(block, n_statements)
    return votes if here.all() else votes[np.flatnonzero(here)]


def with_columns(
    ballots: sparse.csr_array, columns: npt.NDArray[np.intp]
) -> sparse.csr_array:
    """These columns only, in this order."""
    new = np.full(ballots.shape[1], -1, dtype=np.int32)
    new[columns] = np.arange(len(columns), dtype=np.int32)
    found = new[ballots.indices]
    is_kept = found >= 0
    # As narrow as they came: with wider indices every product reads half more.
    before = np.zeros(len(found) + 1, dtype=ballots.indptr.dtype)
    np.cumsum(is_kept, out=before[1:])
    entries = np.ones(before[-1]), found.compress(is_kept), before[ballots.indptr]
    return sparse.csr_array(entries, shape=(ballots.shape[0], len(columns)))


def times(ballots: sparse.csr_array, weights: FloatArray) -> FloatArray:
    """(r, c) ballots @ weights, by the faster of two ways."""
    if weights.shape[1] >= MANY_COLUMNS:
        return np.asarray(ballots @ weights)
    return _by_column(ballots, weights)


def pulled(ballots: sparse.csr_array, points: FloatArray) -> FloatArray:
    """(m, c) ballots' @ points, by the faster of two ways."""
    if points.shape[1] >= MANY_COLUMNS_BACK:
        return np.asarray(ballots.T @ points)
    return _by_column(ballots.T, points)


def _by_column(
    matrix: sparse.csr_array | sparse.csc_array, columns: FloatArray
) -> FloatArray:
    found = np.empty((columns.shape[1], matrix.shape[0]))
    for place, column in enumerate(np.ascontiguousarray(columns.T)):
        found[place] = matrix @ column
    return found.T
