"""How sure a share is: 95 % intervals of shares and of differences of shares.

All functions take counts as numbers or arrays of any shape and work element by element,
with plain arithmetic and roots only: equal counts give equal bits on every machine.
"""

import numpy as np
import numpy.typing as npt

from clustering.arrays import FloatArray, IntArray

CONFIDENCE = 0.95
Z = 1.959963984540054
"""Standard deviations of a normal curve that hold so much of it, half on each side."""

Interval = tuple[FloatArray, FloatArray]


def smoothed(n_chosen: npt.ArrayLike, n_seen: npt.ArrayLike) -> FloatArray:
    """Share pulled towards one half: ``(n_chosen + 1) / (n_seen + 2)``.

    Laplace's rule of succession; one half where nobody has seen the statement.
    """
    return (np.asarray(n_chosen) + 1.0) / (np.asarray(n_seen) + 2.0)


def plain(n_chosen: npt.ArrayLike, n_seen: npt.ArrayLike) -> FloatArray:
    """Share as it was counted; 0 where nobody has seen the statement."""
    return np.asarray(n_chosen) / np.maximum(n_seen, 1)


def share(n_chosen: npt.ArrayLike, n_seen: npt.ArrayLike) -> Interval:
    """Between which shares the true one lies, in 95 of 100 cells.

    The score interval: all shares p for which the count lies within `Z` standard
    deviations of what p makes us expect (Wilson, J. Am. Stat. Assoc. 22, 1927). Of the
    usual intervals it keeps nearest to 95 % at small counts and at extreme shares; the
    evidence is in ``docs/method.md``.

    Parameters
    ----------
    n_chosen, n_seen : counts of any shapes that broadcast

    Returns
    -------
    low, high : shares from 0 to 1 around the plain share. (0, 1) where nobody has seen
        the statement; exactly 0 below where nobody chose so, exactly 1 above where all
        did.

    Raises
    ------
    ValueError
        When a count is negative, or more chose than have seen.
    """
    chosen, seen = _checked(n_chosen, n_seen)
    n = np.maximum(seen, 1)
    p, scale = chosen / n, Z * Z / n
    middle = p + scale / 2
    spread = np.sqrt(scale * (p * (1 - p) + scale / 4))
    low = np.where(chosen > 0, (middle - spread) / (1 + scale), 0.0)
    high = np.where(chosen < seen, (middle + spread) / (1 + scale), 1.0)
    return low, high


def difference(
    n_chosen: npt.ArrayLike,
    n_seen: npt.ArrayLike,
    n_chosen_outside: npt.ArrayLike,
    n_seen_outside: npt.ArrayLike,
) -> Interval:
    """Between which values the difference of two independent shares lies.

    The share inside minus the share outside. Each end goes as far from the plain
    difference as the two `share` intervals reach, squared, added and rooted (Newcombe's
    hybrid score interval, Stat. Med. 17, 1998, p. 873, method 10).

    Parameters
    ----------
    n_chosen, n_seen, n_chosen_outside, n_seen_outside : counts that broadcast

    Returns
    -------
    low, high : differences from -1 to 1; (-1, 1) where one side has no vote at all

    Raises
    ------
    ValueError
        When a count is negative, or more chose than have seen.
    """
    low, high = share(n_chosen, n_seen)
    low_outside, high_outside = share(n_chosen_outside, n_seen_outside)
    p, p_outside = plain(n_chosen, n_seen), plain(n_chosen_outside, n_seen_outside)
    down = np.sqrt((p - low) ** 2 + (high_outside - p_outside) ** 2)
    up = np.sqrt((high - p) ** 2 + (p_outside - low_outside) ** 2)
    is_open = (np.asarray(n_seen) == 0) | (np.asarray(n_seen_outside) == 0)
    return (
        np.where(is_open, -1.0, p - p_outside - down),
        np.where(is_open, 1.0, p - p_outside + up),
    )


def _checked(
    n_chosen: npt.ArrayLike, n_seen: npt.ArrayLike
) -> tuple[IntArray, IntArray]:
    chosen, seen = np.asarray(n_chosen), np.asarray(n_seen)
    if ((chosen < 0) | (chosen > seen)).any():
        raise ValueError("Of those who have seen a statement, 0 to all can choose so.")
    return chosen, seen
