"""The opinion map: the axes along which votes differ most, and where people stand.

A vote not cast, and a pass, are taken to be the statement's mean, so after centring
they are exactly zero: the centred matrix Y is as sparse as the votes. Only products
with it are needed, so it is never built.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from clustering.arrays import BoolArray, FloatArray, IntArray
from clustering.settings import AnalysisSettings
from clustering.votes.ballots import of_sides, one_hot, times
from clustering.votes.blocks import Block, VoteBlocks

N_AXES = 2
# Beyond the two axes of the map, some that only help to tell groups apart.
N_GUARDS = 2
# Columns that each product with the votes multiplies at once. A narrow start needs more
# products and less work; where each of them is a pass over many blocks, wide is faster.
NARROW = 3
# Of the largest eigenvalue: what is left of Y'Y v - lambda v when an axis is found.
TOLERANCE = 3e-7
MAX_PASSES = 60
PASSES_PER_LOOK = 3
# Directions shorter than this, compared with what they came from, are rounding.
NEGLIGIBLE = 1e-10


@dataclass(frozen=True, eq=False)
class Axes:
    """Right singular vectors of the centred votes.

    directions : (m, q) unit columns, zero beyond the rank
    variances : (q,) squared singular values, descending
    total : the sum of all of them
    """

    directions: FloatArray
    variances: FloatArray
    total: float

    @property
    def on_the_map(self) -> FloatArray:
        """(m, 2) the axes of the map."""
        return self.directions[:, :N_AXES]

    @property
    def p_explained(self) -> FloatArray:
        """(2,) share of all variation along each axis of the map."""
        if not self.total:
            return np.zeros(N_AXES)
        return self.variances[:N_AXES] / self.total


@dataclass(frozen=True, eq=False)
class Centring:
    """What one vote contributes to Y: +1 - center, or -1 - center, or nothing.

    center : (m,) mean of the votes that took a side
    is_mapped : (m,) False where a statement is kept out of the map
    """

    center: FloatArray
    is_mapped: BoolArray

    def spread(self, directions: FloatArray) -> FloatArray:
        """(2m, q) weights of the sides so that sides @ weights = Y @ directions."""
        mapped = directions * self.is_mapped[:, None]
        center = self.center[:, None]
        return np.concatenate([mapped * (1 - center), mapped * (-1 - center)])

    def gather(self, pulls: FloatArray) -> FloatArray:
        """(m, q) Y' @ points, from sides' @ points of shape (2m, q)."""
        agree, disagree = pulls.reshape(2, len(self.center), -1)
        center = self.center[:, None]
        pulled = agree * (1 - center) + disagree * (-1 - center)
        return np.asarray(pulled * self.is_mapped[:, None])

    def among(self, statements: npt.NDArray[np.intp]) -> "Centring":
        """Of these statements only."""
        return Centring(self.center[statements], self.is_mapped[statements])


def centring(n_agree: IntArray, n_disagree: IntArray, is_mapped: BoolArray) -> Centring:
    """Centre statements on the mean of the votes that took a side; (m,) each."""
    n_sides = np.maximum(n_agree + n_disagree, 1)
    return Centring((n_agree - n_disagree) / n_sides, is_mapped)


def total_variance(
    n_agree: IntArray, n_disagree: IntArray, is_mapped: BoolArray
) -> float:
    """Sum of all squared entries of Y, from the counts alone."""
    n_sides = np.maximum(n_agree + n_disagree, 1)
    return float((4.0 * n_agree * n_disagree / n_sides)[is_mapped].sum())


def find_axes(
    product: Callable[[FloatArray], FloatArray],
    start: FloatArray,
    n_axes: int,
    total: float,
    max_passes: int = MAX_PASSES,
) -> Axes:
    """Find the leading axes by a block Krylov method, exact to the tolerance.

    The space of V, Y'Y V, (Y'Y)^2 V, ... holds the leading eigenvectors after a few
    products; Rayleigh and Ritz pick them out of it (Golub and Van Loan, Matrix
    Computations, 4th ed., 10.3). All bases are kept orthogonal, so that nothing is
    found twice, and it ends where nothing new is found.

    Parameters
    ----------
    product : (m, c) directions to Y'Y @ directions; one pass over the votes
    start : (m, w) where to begin, w > n_axes converges faster
    total : sum of all squared singular values
    """
    # A direction is a row here: numpy works on few long rows faster than on short ones.
    basis = image = np.zeros((0, len(start)))
    values, vectors = np.zeros(0), np.zeros((0, 0))
    fresh = _orthonormal(start.T, basis)
    if not len(fresh):
        return _axes(basis.T, values, n_axes, total)
    for n_passes in range(1, max_passes + 1):
        pulled = product(fresh.T).T
        basis, image = np.concatenate([basis, fresh]), np.concatenate([image, pulled])
        is_last = n_passes == max_passes
        if not is_last:
            fresh = _orthonormal(pulled, basis)
            is_last = not len(fresh)
        if is_last or n_passes % PASSES_PER_LOOK == 0:
            values, vectors = _ritz(basis, image)
            if is_last or _is_found(basis, image, values, vectors):
                break
    return _axes(basis.T @ vectors, values, n_axes, total)


def by_blocks(
    blocks: VoteBlocks, centred: Centring
) -> Callable[[FloatArray], FloatArray]:
    """Y'Y @ directions as one map over the blocks; a single one is unpacked once."""

    if len(blocks.blocks) == 1:
        [ballots] = blocks.map(one_hot, blocks.n_statements)
        return by_matrix(ballots, centred)

    def product(directions: FloatArray) -> FloatArray:
        spread = of_sides(centred.spread(directions))
        pulls = blocks.total(_there_and_back, blocks.n_statements, spread)
        return centred.gather(pulls[: 2 * blocks.n_statements])

    return product


def by_matrix(
    ballots: sparse.csr_array, centred: Centring
) -> Callable[[FloatArray], FloatArray]:
    """Y'Y @ directions of people whose ballots (a, 3m), or sides (a, 2m), are one."""
    n_sides = 2 * len(centred.center)
    back = ballots.T

    def product(directions: FloatArray) -> FloatArray:
        weights = np.zeros((ballots.shape[1], directions.shape[1]))
        weights[:n_sides] = centred.spread(directions)
        return centred.gather((back @ times(ballots, weights))[:n_sides])

    return product


def of_everybody(
    blocks: VoteBlocks, centred: Centring, total: float, settings: AnalysisSettings
) -> Axes:
    """Find the axes of the map, and one for every further group there might be."""
    n_axes = max(N_AXES, settings.max_groups + 1)
    width = NARROW if len(blocks.blocks) == 1 else n_axes + N_GUARDS
    start = random_start(centred, width, settings.seed)
    axes = find_axes(by_blocks(blocks, centred), start, n_axes, total)
    # Rounding can leave a trace where no vote is looked at.
    return replace(axes, directions=axes.directions * centred.is_mapped[:, None])


def random_start(centred: Centring, width: int, seed: int) -> FloatArray:
    """(m, width) directions drawn at random over the statements of the map."""
    shape = len(centred.center), min(width, len(centred.center))
    start = np.random.default_rng(seed).standard_normal(shape)
    return np.asarray(start * centred.is_mapped[:, None])


def _there_and_back(block: Block, n_statements: int, weights: FloatArray) -> FloatArray:
    ballots = one_hot(block, n_statements)
    return np.asarray(ballots.T @ (ballots @ weights))


def _orthonormal(fresh: FloatArray, basis: FloatArray) -> FloatArray:
    """The part of these directions that is new to the basis, as unit rows."""
    length = np.sqrt(np.vecdot(fresh, fresh))
    fresh = fresh[length > 0] / length[length > 0, None]
    fresh = fresh - (fresh @ basis.T) @ basis
    columns, sizes = np.linalg.qr(fresh.T)
    fresh = columns.T[np.abs(np.diag(sizes)) > NEGLIGIBLE]
    # Once leaves rounding behind, which grows with every product.
    fresh = fresh - (fresh @ basis.T) @ basis
    return np.asarray(fresh / np.sqrt(np.vecdot(fresh, fresh))[:, None])


def _ritz(basis: FloatArray, image: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Eigenvalues, descending, and eigenvectors (in the basis) of the projection."""
    inner = basis @ image.T
    values, vectors = np.linalg.eigh((inner + inner.T) / 2)
    return values[::-1], vectors[:, ::-1]


def _is_found(
    basis: FloatArray, image: FloatArray, values: FloatArray, vectors: FloatArray
) -> bool:
    """Whether the axes of the map are eigenvectors, to the tolerance."""
    if len(values) <= N_AXES:
        return False
    first = vectors[:, :N_AXES].T
    rest = first @ image - values[:N_AXES, None] * (first @ basis)
    return bool((np.sqrt(np.vecdot(rest, rest)) <= TOLERANCE * values[0]).all())


def _axes(
    directions: FloatArray, values: FloatArray, n_axes: int, total: float
) -> Axes:
    """The leading ones, each facing the way its largest loading points."""
    found = np.zeros((len(directions), max(n_axes, N_AXES)))
    variances = np.zeros(found.shape[1])
    floor = NEGLIGIBLE * max(values[0], 0.0) if len(values) else 0.0
    n_found = min(found.shape[1], int((values > floor).sum()))
    found[:, :n_found] = directions[:, :n_found]
    variances[:n_found] = values[:n_found]
    if not n_found:
        return Axes(found, variances, total)
    size = np.abs(found)
    largest = (size >= size.max(axis=0) * (1.0 - 1e-9)).argmax(axis=0)
    signs = np.where(found[largest, np.arange(found.shape[1])] < 0.0, -1.0, 1.0)
    return Axes(found * signs, variances, total)


# --- Where people stand ------------------------------------------------------------


def place_weights(centred: Centring, loadings: FloatArray) -> FloatArray:
    """(2m, 5) weights of the sides; their sums over a person's votes place her.

    See `placing`.
    """
    x, y = loadings.T
    seen = np.stack([x * x, x * y, y * y], axis=1) * centred.is_mapped[:, None]
    return np.concatenate(
        [centred.spread(loadings), np.concatenate([seen, seen])], axis=1
    )


def orientation(
    statement_ids: IntArray,
    loadings: FloatArray,
    previous_ids: IntArray,
    previous_loadings: FloatArray,
) -> FloatArray:
    """(2,) of +1 and -1: which axes to mirror so that the map keeps its sides.

    An axis is mirrored when it points away from the previous one on the statements
    both runs know; the axes' own signs (see `find_axes`) decide where that is a draw.
    """
    _, here, before = np.intersect1d(
        statement_ids, previous_ids, assume_unique=True, return_indices=True
    )
    likeness = (loadings[here] * previous_loadings[before]).sum(axis=0)
    return np.where(likeness < 0.0, -1.0, 1.0)


def statement_extremity(centred: Centring, loadings: FloatArray) -> FloatArray:
    """(m,) how far a vote on statement t can move a person: sqrt(S) |loading|."""
    n_mapped = max(int(centred.is_mapped.sum()), 1)
    return np.asarray(np.sqrt(n_mapped) * np.hypot(*loadings.T))
