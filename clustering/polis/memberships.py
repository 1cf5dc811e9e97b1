"""Who was in which base cluster and group, read from a blob instead of worked out.

Polis's memberships depend on when votes arrived and when it was restarted; they
cannot be recomputed from the votes.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from clustering.arrays import InvalidVotes
from clustering.polis.clusters import Cluster, Memberships
from clustering.polis.votes import IntArray, integers


def read(blob: Mapping[str, Any], pids: IntArray) -> Memberships:
    """Read the memberships of a blob; its coordinates and counts are not looked at.

    Parameters
    ----------
    blob : with `in-conv`, `base-clusters` {id, members} and `group-clusters`
        [{id, members}]; pids : (n,) the participants there are, in row order

    Raises
    ------
    InvalidVotes
        A key is missing, an id is unknown or stands twice, a cluster is empty, or
        somebody in the conversation is in no base cluster or a base cluster in no
        group.
    """
    try:
        in_conv = integers("in-conv", blob["in-conv"])
        base, groups = blob["base-clusters"], blob["group-clusters"]
        people_of = _lists("base-clusters", base["id"], base["members"])
        bases_of = _lists(
            "group-clusters",
            [group["id"] for group in groups],
            [group["members"] for group in groups],
        )
    except (KeyError, TypeError) as error:
        raise InvalidVotes(f"memberships are not those of a blob: {error}.") from error
    base_ids = np.array(sorted(people_of), dtype=np.int64)
    _partition("in-conv", [in_conv], pids, "participant", is_whole=False)
    _partition("base-clusters", people_of.values(), in_conv, "participant")
    _partition("group-clusters", bases_of.values(), base_ids, "base cluster")
    return Memberships(
        in_conv=np.flatnonzero(np.isin(pids, in_conv)),
        base=_placed(people_of, pids),
        groups=_placed(bases_of, base_ids),
    )


def _lists(
    name: str, ids: Iterable[Any], members: Iterable[Any]
) -> dict[int, IntArray]:
    """Member ids by cluster id, each list checked by itself."""
    numbers, lists = integers(f"{name}: id", [*ids]), [*members]
    if len(numbers) != len(lists):
        raise InvalidVotes(f"{name}: {len(numbers)} ids for {len(lists)} lists.")
    if len(set(numbers.tolist())) < len(numbers):
        raise InvalidVotes(f"{name}: {_twice(numbers)} is the id of two clusters.")
    found = {}
    for number, given_members in zip(numbers.tolist(), lists, strict=True):
        found[number] = integers(f"{name}: members of {number}", given_members)
        if len(found[number]) == 0:
            raise InvalidVotes(f"{name}: {number} has no members.")
    return found


def _partition(
    name: str,
    lists: Iterable[IntArray],
    whole: IntArray,
    noun: str,
    *,
    is_whole: bool = True,
) -> None:
    """Refuse unless each of ``whole`` is in one list, and nothing else is in any."""
    members = np.concatenate([np.zeros(0, dtype=np.int64), *lists])
    unknown = members[~np.isin(members, whole)]
    if len(unknown):
        raise InvalidVotes(f"{name}: {noun} {unknown[0]} is unknown.")
    if len(np.unique(members)) < len(members):
        raise InvalidVotes(f"{name}: {noun} {_twice(members)} is there twice.")
    left = whole[~np.isin(whole, members)]
    if is_whole and len(left):
        raise InvalidVotes(f"{name}: {noun} {left[0]} is in none.")


def _twice(numbers: IntArray) -> int:
    values, counts = np.unique(numbers, return_counts=True)
    return int(values[counts > 1][0])


def _placed(lists: dict[int, IntArray], ids: IntArray) -> tuple[Cluster, ...]:
    """Clusters by ascending id, their members by place instead of by id."""
    place_of = {number: place for place, number in enumerate(ids.tolist())}
    return tuple(
        Cluster(number, np.array([place_of[id_] for id_ in lists[number].tolist()]))
        for number in sorted(lists)
    )
