"""A sample of people that depends on their ids alone, not on any order."""

import numpy as np
import numpy.typing as npt

from clustering.arrays import BoolArray, IntArray


def sampled(
    participant_ids: IntArray, is_placed: BoolArray, size: int, seed: int
) -> BoolArray:
    """(n,) those who are placed; of more than ``size``, those with the lowest hash."""
    rows = np.flatnonzero(is_placed)
    if len(rows) <= size:
        return is_placed
    lowest = np.argpartition(_hash(participant_ids[rows], seed), size)[:size]
    chosen = np.zeros(len(is_placed), dtype=np.bool_)
    chosen[rows[lowest]] = True
    return chosen


def _hash(ids: IntArray, seed: int) -> npt.NDArray[np.uint64]:
    """Different for different ids: SplitMix64 (Steele, Lea and Flood 2014)."""
    x = ids.astype(np.uint64) + np.uint64((seed * 0x9E3779B97F4A7C15) % 2**64)
    x += np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(x ^ (x >> np.uint64(31)))
