"""Which pairs of statements may be near: products of matrices, block by block.

As of one text (index.py), but for words that are related or mistyped, which are left to
a close look.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from deliberation.similarity.index import (
    ALL_BUT_ROUNDING,
    MEANING_SHARE,
    MEANING_SHARE_ABROAD,
    NEAR,
    NEAR_IN_WORDS,
)
from deliberation.similarity.wording import Wordings

Floats = NDArray[np.float32]

BLOCK = 512
# Stems in more than this share of the statements: their columns are kept full, since
# full ones multiply quicker.
COMMON_SHARE = 0.01


class Rough:
    """Some of a conversation's statements, ready to be compared with each other.

    chosen : places of statements, sorted
    vectors : (chosen, 512) their meanings, of length 1 or 0; None without a model
    languages : (chosen) a number for each language
    """

    def __init__(
        self,
        wordings: Wordings,
        chosen: Sequence[int],
        vectors: Floats | None,
        languages: NDArray[np.intp],
    ) -> None:
        self._chosen = chosen
        self._common, self._rare = _weighed(wordings, chosen)
        self._vectors = vectors
        self._languages = languages

    def near(self, floor: float, most: int) -> Iterator[tuple[int, int]]:
        """Places of pairs, each at least once: the nearest `most` of each statement, of
        those that score `floor` or more."""
        for begin in range(0, len(self._chosen), BLOCK):
            rows = slice(begin, begin + BLOCK)
            scores = self._scores(rows)
            for at, row in enumerate(scores, begin):
                row[at] = 0
                found = np.flatnonzero(row >= floor)
                if len(found) > most:
                    # The older one of two that are equally near.
                    found = found[np.argsort(-row[found], kind="stable")[:most]]
                for other in found.tolist():
                    pair = sorted((self._chosen[at], self._chosen[other]))
                    yield pair[0], pair[1]

    def _scores(self, rows: slice) -> Floats:
        """(rows, chosen) as score_of, all at once."""
        overlap: Floats = self._common[rows] @ self._common.T
        overlap += (self._rare[rows] @ self._rare.T).toarray()
        scores = overlap * np.float32(NEAR / NEAR_IN_WORDS)
        if self._vectors is not None:
            likeness = self._vectors[rows] @ self._vectors.T
            both = MEANING_SHARE * likeness + (1 - MEANING_SHARE) * overlap
            is_foreign = self._languages[rows, None] != self._languages
            if is_foreign.any():
                abroad = np.maximum(both, MEANING_SHARE_ABROAD * likeness)
                both = np.where(is_foreign, abroad, both)
            is_known = np.any(self._vectors, axis=1)
            scores = np.where(is_known[rows, None] & is_known, both, scores)
        scores[overlap > ALL_BUT_ROUNDING] = 1
        return scores


def _weighed(
    wordings: Wordings, chosen: Sequence[int]
) -> tuple[Floats, sparse.csr_array]:
    """(chosen, stems) weights of common stems, full, and of all others, sparse."""
    least = max(2.0, COMMON_SHARE * len(chosen))
    columns: tuple[dict[str, int], dict[str, int]] = ({}, {})
    cells: tuple[list[tuple[int, int, float]], ...] = ([], [])
    for row, at in enumerate(chosen):
        # In an order of their own: sums of rounded numbers depend on it.
        for stem, weight in sorted(wordings.weighed(at)):
            is_rare = wordings.n_with(stem) <= least
            column = columns[is_rare].setdefault(stem, len(columns[is_rare]))
            cells[is_rare].append((row, column, weight))
    common, rare = (
        _matrix(found, (len(chosen), len(names)))
        for found, names in zip(cells, columns, strict=True)
    )
    return common.toarray(), rare


def _matrix(
    cells: list[tuple[int, int, float]], shape: tuple[int, int]
) -> sparse.csr_array:
    rows, columns, weights = np.array(cells, dtype=np.float64).reshape(-1, 3).T
    places = (rows.astype(np.intp), columns.astype(np.intp))
    return sparse.csr_array((weights.astype(np.float32), places), shape=shape)
