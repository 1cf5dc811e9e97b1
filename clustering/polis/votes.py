"""Steps 1 to 3: the votes as two matrices, and who is in the conversation."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from clustering.arrays import InvalidVotes

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]

AGREE, DISAGREE = -1.0, 1.0  # quirk 1: from here on, Polis's sign
MIN_VOTES = 7
MIN_IN_CONV = 15


@dataclass(frozen=True, eq=False)
class Votes:
    """n participants and m statements with at least one vote; NaN is "not seen".

    pids, tids : (n,) in order of first encounter; (m,) ascending
    raw : (n, m) the votes as they were cast
    rating : (n, m) the same, moderated-out columns 0 in every row (quirk 2)
    mod_out, meta : ids, ascending, whether or not anybody voted on them; a meta
        statement is moderated out, too
    """

    pids: IntArray
    tids: IntArray
    raw: FloatArray
    rating: FloatArray
    mod_out: IntArray
    meta: IntArray

    @property
    def is_out(self) -> BoolArray:
        """(m,) moderated out: never in a list of statements."""
        return np.isin(self.tids, self.mod_out)

    @property
    def is_meta(self) -> BoolArray:
        """(m,) about the people asked."""
        return np.isin(self.tids, self.meta)

    @property
    def n_votes(self) -> IntArray:
        """(n,) votes of each, passes and votes on moderated-out statements included."""
        return np.asarray((~np.isnan(self.raw)).sum(axis=1), dtype=np.int64)


def read(
    participants: npt.ArrayLike,
    statements: npt.ArrayLike,
    choices: npt.ArrayLike,
    moderated_out: Iterable[int],
    meta: Iterable[int],
) -> Votes:
    """Check the votes (agree +1) and lay them out in Polis's order and sign.

    Polis loads votes by statement, then by participant; a row is where its
    participant first appears. So the order of the arguments does not matter.

    Raises
    ------
    InvalidVotes
        Unequal lengths, no integers, an unknown choice, or a vote given twice.
    """
    people = integers("participants", participants)
    seen = integers("statements", statements)
    cast = integers("choices", choices)
    _check(people, seen, cast)
    order = np.lexsort((people, seen))
    tids, columns = np.unique(seen[order], return_inverse=True)
    pids, first, rows = np.unique(people[order], return_index=True, return_inverse=True)
    encounter = np.argsort(first)
    raw = np.full((len(pids), len(tids)), np.nan)
    raw[np.argsort(encounter)[rows], columns] = cast[order] * AGREE + 0.0
    meta_ids = np.unique(integers("meta", [*meta]))
    mod_out = np.union1d(integers("moderated_out", [*moderated_out]), meta_ids)
    rating = np.where(np.isin(tids, mod_out), 0.0, raw)
    return Votes(pids[encounter], tids, raw, rating, mod_out, meta_ids)


def in_conv(votes: Votes) -> Rows:
    """(a,) rows of those a cold start counts in, in row order.

    Enough is min(7, m) votes; if fewer than 15 people have them, the most active of
    the rest fill up. Equally active ones come in by ascending id (in Polis by a hash).
    """
    counts = votes.n_votes
    is_in = counts >= min(MIN_VOTES, len(votes.tids))
    n_missing = max(MIN_IN_CONV - int(is_in.sum()), 0)
    by_activity = np.lexsort((votes.pids, -counts))
    is_in[by_activity[~is_in[by_activity]][:n_missing]] = True
    return np.flatnonzero(is_in)


def integers(name: str, values: npt.ArrayLike) -> IntArray:
    """One-dimensional, of 64 bits; anything else is refused by its place.

    Raises
    ------
    InvalidVotes
        Naming the list and the first element that is no such integer.
    """
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise InvalidVotes(f"{name} must be a plain list of integers.") from error
    if array.ndim != 1:
        raise InvalidVotes(f"{name} must be one-dimensional, not {array.ndim}.")
    if array.dtype.kind == "i" or array.size == 0:
        return array.astype(np.int64)
    if isinstance(values, list | tuple) and array.dtype.kind != "f":
        array = np.array(values, dtype=object)  # as given: NumPy made text of it
    found = _first_odd(array)
    if found is not None:
        value = array.tolist()[found]
        raise InvalidVotes(f"{name}[{found}] is {value!r}: no integer of 64 bits.")
    return array.astype(np.int64)


def _first_odd(array: npt.NDArray[np.generic]) -> int | None:
    """Place of the first element that is no integer of 64 bits.

    An array of floats is refused even if all are whole; a fraction or NaN in it is
    what the sentence should name.
    """
    if array.dtype.kind == "f":
        broken = np.flatnonzero(array != np.floor(array))
        return int(broken[0]) if len(broken) else 0
    limits = np.iinfo(np.int64)
    for place, value in enumerate(array.tolist()):
        if type(value) is not int or not limits.min <= value <= limits.max:
            return place
    return None


def _check(people: IntArray, seen: IntArray, cast: IntArray) -> None:
    if not len(people) == len(seen) == len(cast):
        raise InvalidVotes(
            f"Votes need equally long lists: {len(people)} participants, "
            f"{len(seen)} statements, {len(cast)} choices."
        )
    wrong = np.flatnonzero((cast < -1) | (cast > 1))
    if len(wrong):
        raise InvalidVotes(f"choices[{wrong[0]}] is {cast[wrong[0]]}: not -1, 0 or +1.")
    order = np.lexsort((people, seen))
    is_same = (np.diff(people[order]) == 0) & (np.diff(seen[order]) == 0)
    if is_same.any():
        vote = order[int(is_same.argmax())]
        raise InvalidVotes(
            f"Participant {people[vote]} has more than one vote "
            f"on statement {seen[vote]}."
        )
