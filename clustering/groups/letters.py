"""Letters that stay with their people from run to run."""

from dataclasses import replace
from string import ascii_uppercase

import numpy as np
from scipy.optimize import linear_sum_assignment

from clustering.arrays import NOT_GROUPED, IntArray
from clustering.groups.assignment import Placed
from clustering.groups.stability import contingency
from clustering.groups.starts import Labels
from clustering.results import Analysis

LAST = np.iinfo(np.int64).max


def named(
    ids: IntArray, placed: Placed, n_groups: int, previous: Analysis | None
) -> tuple[tuple[str, ...], Labels, Placed]:
    """Letters in their order, which group each stands for, and everybody by letter."""
    found = letters(ids, placed.group_of.astype(np.int64), n_groups, previous)
    order = np.argsort(found) if found else np.zeros(0, dtype=np.intp)
    # The last entry is what -1, in no group, stands for.
    new = np.append(np.argsort(order), NOT_GROUPED).astype(np.int8)
    return (
        tuple(found[group] for group in order),
        order,
        replace(placed, group_of=new[placed.group_of]),
    )


def letters(
    ids: IntArray, group_of: IntArray, n_groups: int, previous: Analysis | None
) -> tuple[str, ...]:
    """A letter for each group, staying with the people who had it before.

    Groups are matched to the previous ones so that as many people as possible keep
    their letter (optimal assignment, Kuhn 1955). A group that shares nobody gets the
    first letter neither run uses, larger groups first, then the one with the smallest
    participant id.
    """
    before = tuple(group.letter for group in previous.groups) if previous else ()
    found = ["" for _ in range(n_groups)]
    if previous and before:
        overlap = _overlap(ids, group_of, n_groups, previous)
        for group, was in zip(*linear_sum_assignment(-overlap), strict=True):
            if overlap[group, was] > 0:
                found[group] = before[was]
    unused = (letter for letter in ascii_uppercase if letter not in before)
    sizes = np.bincount(group_of[group_of >= 0], minlength=n_groups)
    smallest = [ids[group_of == group].min(initial=LAST) for group in range(n_groups)]
    for group in np.lexsort((np.array(smallest), -sizes)):
        found[group] = found[group] or next(unused)
    return tuple(found)


def _overlap(
    ids: IntArray, group_of: IntArray, n_groups: int, previous: Analysis
) -> IntArray:
    """(n_groups, previous groups) people who are in both."""
    _, here, before = np.intersect1d(
        ids, previous.participant_ids, assume_unique=True, return_indices=True
    )
    return contingency(
        group_of[here], previous.group_of[before], n_groups, len(previous.groups)
    )
