"""The opinion map: two principal axes of the votes that were cast.

A missing vote is taken to be the statement's mean, so after centring it is exactly
zero and need never be stored: the centred matrix is as sparse as the votes.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import LinearOperator, eigsh

from clustering.matrix import VoteMatrix
from clustering.results import FloatArray, IntArray, reach
from clustering.settings import AnalysisSettings

N_AXES = 2
NEGLIGIBLE = 1e-12


@dataclass(frozen=True, eq=False)
class OpinionMap:
    """center (m,), loadings (m, 2), p_explained (2,) and positions (n, 2)."""

    center: FloatArray
    loadings: FloatArray
    p_explained: FloatArray
    positions: FloatArray


def fit(
    votes: VoteMatrix,
    n_agree: IntArray,
    n_disagree: IntArray,
    n_seen: IntArray,
    settings: AnalysisSettings,
) -> OpinionMap:
    """Find the two axes along which the votes differ most, and place everybody.

    ``position = sqrt(S / max(n_p, 1)) * sum over own votes (x - center) * loading``,
    with S all statements and n_p her votes, where every neutral statement counts as
    one vote cast by everybody (Polis sets those columns to zero; so they have centre
    0, loading 0, and only stretch the map).
    """
    center = np.where(votes.is_neutral, 0.0, (n_agree - n_disagree) / n_seen)
    is_free = ~votes.is_neutral[votes.columns]
    rows, columns = votes.rows[is_free], votes.columns[is_free]
    deviations = votes.choices[is_free] - center[columns]
    shape = (votes.n_participants, votes.n_statements)
    centred = sparse.csr_array((deviations, (rows, columns)), shape=shape)
    loadings, variances = _axes(centred, settings)
    total = float(deviations @ deviations)
    n_cast = np.bincount(rows, minlength=shape[0]) + votes.is_neutral.sum()
    positions = (centred @ loadings) * reach(shape[1], n_cast)[:, None]
    return OpinionMap(
        center=center,
        loadings=loadings,
        p_explained=variances / total if total else np.zeros(N_AXES),
        positions=positions + 0.0,
    )


def orientation(
    statement_ids: IntArray,
    loadings: FloatArray,
    previous_ids: IntArray,
    previous_loadings: FloatArray,
) -> FloatArray:
    """(2,) of +1 and -1: which axes to mirror so that the map keeps its sides.

    An axis is mirrored when it points away from the previous one on the statements
    both runs know; the axes' own signs (see `fit`) decide where that is a draw.
    """
    _, here, before = np.intersect1d(
        statement_ids, previous_ids, assume_unique=True, return_indices=True
    )
    likeness = (loadings[here] * previous_loadings[before]).sum(axis=0)
    return np.where(likeness < 0.0, -1.0, 1.0)


def statement_extremity(center: FloatArray, loadings: FloatArray) -> FloatArray:
    """(m,) distance from the middle of somebody who only agreed with statement t.

    ``sqrt(S) * (1 - center) * |loading|``, Polis's ``comment-extremity``.
    """
    lengths = np.hypot(loadings[:, 0], loadings[:, 1])
    return np.asarray(np.sqrt(len(center)) * (1.0 - center) * lengths)


def _axes(
    centred: sparse.csr_array, settings: AnalysisSettings
) -> tuple[FloatArray, FloatArray]:
    """Leading right singular vectors (m, 2) and squared singular values (2,).

    Axes beyond the rank of the matrix are zero.
    """
    loadings = np.zeros((centred.shape[1], N_AXES))
    variances = np.zeros(N_AXES)
    if not centred.data.any():
        return loadings, variances
    n_small = min(centred.shape)
    values, vectors = (
        _exactly(centred) if n_small <= settings.exact_limit else _iteratively(centred)
    )
    is_real = values > NEGLIGIBLE * values[0]
    n_found = len(values)
    variances[:n_found] = np.where(is_real, values, 0.0)
    loadings[:, :n_found] = np.where(is_real, vectors, 0.0)
    loadings[np.bincount(centred.indices, minlength=len(loadings)) == 0] = 0.0
    return loadings * _own_signs(loadings), variances


def _exactly(centred: sparse.csr_array) -> tuple[FloatArray, FloatArray]:
    """Eigenvectors of the small Gram matrix on the shorter side."""
    by_statement = centred.shape[1] <= centred.shape[0]
    short = centred.T if by_statement else centred
    values, vectors = np.linalg.eigh((short @ short.T).toarray())
    values, vectors = values[::-1][:N_AXES], vectors[:, ::-1][:, :N_AXES]
    if not by_statement:
        vectors = centred.T @ vectors
        vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=0), NEGLIGIBLE)
    return values, vectors


def _iteratively(centred: sparse.csr_array) -> tuple[FloatArray, FloatArray]:
    """Lanczos iteration; only products with the sparse matrix, a fixed start."""
    n = centred.shape[1]
    transposed = centred.T.tocsr()
    gram = LinearOperator(
        (n, n), matvec=lambda v: transposed @ (centred @ v), dtype=np.float64
    )
    start = np.random.default_rng(0).standard_normal(n)
    values, vectors = eigsh(gram, k=N_AXES, v0=start, tol=0, rng=0)
    order = np.argsort(-values)
    return values[order], vectors[:, order]


def _own_signs(loadings: FloatArray) -> FloatArray:
    """(2,) signs that make the largest loading positive, lowest id among equals."""
    size = np.abs(loadings)
    largest = (size >= size.max(axis=0) * (1.0 - 1e-9)).argmax(axis=0)
    return np.where(loadings[largest, [0, 1]] < 0.0, -1.0, 1.0)
