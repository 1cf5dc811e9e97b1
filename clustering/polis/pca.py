"""Steps 4 to 6: missing votes filled in, two components, and everything projected."""

from dataclasses import dataclass

import numpy as np

from clustering.polis.votes import AGREE, FloatArray, IntArray

N_COMPONENTS = 2
NEGLIGIBLE = 1e-12


@dataclass(frozen=True, eq=False)
class Pca:
    """Of n participants on m statements; agree is -1 in all of it.

    center : (m,) mean of the votes cast; 0 for moderated-out statements
    comps : (c, m) unit vectors, c = min(2, n, m); zero beyond the rank
    projections : (n, 2) of participants
    comment_projection, comment_extremity : (2, m) and (m,) of statements
    """

    center: FloatArray
    comps: FloatArray
    projections: FloatArray
    comment_projection: FloatArray
    comment_extremity: FloatArray


def fit(rating: FloatArray) -> Pca:
    """Principal components of the rating matrix (n, m), every column with a vote.

    A missing vote is the mean of its column, that is 0 once centred.
    """
    is_seen = ~np.isnan(rating)
    center = np.nansum(rating, axis=0) / is_seen.sum(axis=0)
    centred = np.where(is_seen, rating - center, 0.0)
    comps = components(centred)
    comment_projection = _project_statements(center, comps)
    return Pca(
        center=center,
        comps=comps,
        projections=_project_participants(centred, is_seen.sum(axis=1), comps),
        comment_projection=comment_projection,
        comment_extremity=np.hypot(*comment_projection),
    )


def components(centred: FloatArray) -> FloatArray:
    """(min(2, n, m), m) the leading right singular vectors of the centred matrix.

    Polis comes near them by power iteration from a random start (quirk 7). Its start
    has positive entries only, so a component most likely has a positive sum: this
    decides the sign here. A component beyond the rank is zero; Polis may instead
    blow up the rounding errors that are left.
    """
    comps = np.zeros((min(N_COMPONENTS, *centred.shape), centred.shape[1]))
    is_varied = centred.any(axis=0)
    if not is_varied.any():
        return comps
    _, sizes, axes = np.linalg.svd(centred[:, is_varied], full_matrices=False)
    n_real = min(len(comps), int((sizes > NEGLIGIBLE * sizes[0]).sum()))
    for place in range(n_real):
        sign = -1.0 if axes[place].sum() < 0 else 1.0
        comps[place, is_varied] = sign * axes[place] + 0.0
    return comps


def _project_participants(
    centred: FloatArray, n_cast: IntArray, comps: FloatArray
) -> FloatArray:
    """(n, 2) ``sqrt(m / n_cast) * sum over own votes (x - center) * comp``.

    ``n_cast`` counts the zeros of moderated-out columns (quirk 2). One component
    leaves everybody at the origin (quirk 8).
    """
    if len(comps) < N_COMPONENTS:
        return np.zeros((len(centred), N_COMPONENTS))
    scale = np.sqrt(centred.shape[1] / np.maximum(n_cast, 1))
    # Not a matrix product: the same votes must give the same bits in every row.
    sums = [(centred * comp).sum(axis=1) for comp in comps]
    return np.asarray(np.stack(sums, axis=1) * scale[:, None] + 0.0)


def _project_statements(center: FloatArray, comps: FloatArray) -> FloatArray:
    """(2, m) where somebody would stand whose only vote is agree on the statement."""
    if len(comps) < N_COMPONENTS:
        return np.zeros((N_COMPONENTS, len(center)))
    return np.asarray(np.sqrt(len(center)) * (AGREE - center) * comps + 0.0)
