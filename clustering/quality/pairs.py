"""Which pairs vote alike beyond what their opinions explain: products of sparse blocks

A copier gives the other's answer, but for one in ten. How many times likelier that
makes her answers is a product over the statements both voted on; its logarithm is a
sum, and the sums of all pairs are one product of two sparse matrices, block by block.
"""

from typing import NamedTuple

import numpy as np
import scipy.sparse as sp

from clustering.arrays import BoolArray, FloatArray, IntArray
from clustering.quality.records import Ballots

CHANGED = 0.1
# Entries of a product that are in memory at once.
BLOCK = 6_000_000


class Pairs(NamedTuple):
    """one < other, log_odds of each pair."""

    one: IntArray
    other: IntArray
    log_odds: FloatArray

    def degree(self, n_people: int) -> IntArray:
        ends = np.concatenate([self.one, self.other])
        return np.bincount(ends, minlength=n_people)

    def where(self, kept: BoolArray) -> "Pairs":
        return Pairs(self.one[kept], self.other[kept], self.log_odds[kept])


def alike(votes: Ballots, p_own: FloatArray, least_shared: int, beyond: float) -> Pairs:
    """Pairs whose log odds, of the mean of both directions, reach `beyond`.

    p_own : of each vote, how likely its choice was for her who cast it
    """
    weight = np.log((1 - CHANGED) / p_own + CHANGED)
    possible = np.bincount(votes.row, weight, votes.n_people) >= beyond
    kept = np.flatnonzero(possible & (votes.n_votes >= least_shared))
    given, weighed, seen = _matrices(votes, weight, kept)
    size = max(1, BLOCK // max(len(kept), 1))
    found = [
        _found(given, weighed, start, min(start + size, len(kept)), beyond)
        for start in range(0, len(kept), size)
    ]
    codes = np.unique(np.concatenate([*found, np.empty(0, np.int64)]))
    one, other = np.divmod(codes, max(len(kept), 1))
    there, back = (
        np.asarray(given[a].multiply(weighed[b]).sum(axis=1)).ravel()
        for a, b in ((one, other), (other, one))
    )
    both = np.asarray(seen[one].multiply(seen[other]).sum(axis=1)).ravel()
    odds = np.logaddexp(there, back) - np.log(2)
    ok = (odds >= beyond) & (both >= least_shared)
    return Pairs(kept[one[ok]], kept[other[ok]], odds[ok])


def _matrices(
    votes: Ballots, weight: FloatArray, kept: IntArray
) -> tuple[sp.csr_matrix, sp.csr_matrix, sp.csr_matrix]:
    """A column for each choice of each statement: what was given, and what each choice
    of somebody else's says for a copy."""
    place = np.full(votes.n_people, -1)
    place[kept] = np.arange(len(kept))
    rows = place[votes.row] >= 0
    row, column = place[votes.row[rows]], votes.column[rows]
    choice, weight = votes.choice[rows] + 1, weight[rows]
    width = 3 * votes.n_statements
    ones = np.ones(len(row), np.float32)
    given = sp.csr_matrix((ones, (row, 3 * column + choice)), (len(kept), width))
    seen = sp.csr_matrix((ones, (row, column)), (len(kept), votes.n_statements))
    all_three = np.tile(np.arange(3), len(row))
    values = np.where(
        all_three == np.repeat(choice, 3), np.repeat(weight, 3), np.log(CHANGED)
    )
    places = (np.repeat(row, 3), np.repeat(3 * column, 3) + all_three)
    weighed = sp.csr_matrix((values.astype(np.float32), places), (len(kept), width))
    return given, weighed, seen


def _found(
    given: sp.csr_matrix, weighed: sp.csr_matrix, start: int, stop: int, beyond: float
) -> IntArray:
    """Pairs of which one direction reaches it, as one * n + other, one < other."""
    n = given.shape[0]
    if given.nnz > 0.1 * n * given.shape[1] / 3:
        product = given[start:stop].toarray() @ _dense(weighed).T
        row, column = np.nonzero(product >= beyond)
    else:
        sparse = (given[start:stop] @ weighed.T.tocsr()).tocoo()
        hit = sparse.data >= beyond
        row, column = sparse.row[hit], sparse.col[hit]
    row = row.astype(np.int64) + start
    column = column.astype(np.int64)
    apart = row != column
    low, high = np.minimum(row, column)[apart], np.maximum(row, column)[apart]
    return np.asarray(np.unique(low * n + high))


def _dense(matrix: sp.csr_matrix) -> np.ndarray:
    return np.asarray(matrix.toarray())
