"""How people voted around each dot of the map: for colouring it by a statement.

Few of a dot's people have voted on any one statement, so dots share: a group's dots are
halved again and again, like its people were (`dots`), as long as both halves have
``MIN_REGION_VOTES`` votes on the statement. What is left are regions. They are told
apart, never laid over one another, so that no difference of two gives a smaller one.
"""

from dataclasses import dataclass

import numpy as np

from clustering.arrays import AGREE, DISAGREE, BoolArray, FloatArray, IntArray
from clustering.results import Analysis

MIN_REGION_VOTES = 5
# Votes, or people, that are looked at together: a few megabytes.
BATCH = 1_000_000
N_CHOICES = 3


@dataclass(frozen=True)
class Regions:
    """Of one statement. `region_of` each dot, -1 where too few have voted on it;
    `votes` of each region: agree, disagree, pass."""

    region_of: list[int]
    votes: list[tuple[int, int, int]]


@dataclass(frozen=True, eq=False)
class _Node:
    """Some dots of one group; their two halves come later in the list of nodes."""

    dots: IntArray
    halves: tuple[int, int] | None


def around_dots(
    found: Analysis, participants: IntArray, statements: IntArray, choices: IntArray
) -> list[Regions]:
    """For each statement of `found`, in its order.

    Everybody who is placed counts at the dot of her group that is nearest to her.

    Parameters
    ----------
    participants, statements, choices : (v,) the votes that were analysed; those of
        people and statements that `found` does not know are left out
    """
    if not len(found.base_clusters.sizes):
        return [Regions([], []) for _statement in found.statement_ids]
    table = _table(found, participants, statements, choices)
    nodes = _halved(found.base_clusters.centers, found.base_clusters.group_of)
    votes = np.array([table[node.dots].sum(axis=0) for node in nodes])
    seen = votes.sum(axis=1).reshape(len(nodes), -1)
    node_of = _settled(nodes, seen, len(table))
    return [_regions(node_of[:, t], votes[..., t]) for t in range(table.shape[-1])]


def _table(
    found: Analysis, participants: IntArray, statements: IntArray, choices: IntArray
) -> IntArray:
    """(d, 3, m) votes around each dot by choice."""
    d, m = len(found.base_clusters.sizes), len(found.statement_ids)
    dot_of, counted = _nearest(found), np.zeros(d * N_CHOICES * m, dtype=np.int64)
    for start in range(0, len(choices), BATCH):
        part = slice(start, start + BATCH)
        person, is_person = _index(found.participant_ids, participants[part])
        statement, is_statement = _index(found.statement_ids, statements[part])
        dot = np.where(is_person, dot_of[person], -1)
        choice = np.select(
            [choices[part] == AGREE, choices[part] == DISAGREE], [0, 1], 2
        )
        cell = (dot * N_CHOICES + choice) * m + statement
        counted += np.bincount(cell[(dot >= 0) & is_statement], minlength=len(counted))
    return counted.reshape(d, N_CHOICES, m)


def _index(ids: IntArray, wanted: IntArray) -> tuple[IntArray, BoolArray]:
    """Where each of `wanted` stands in the ascending `ids`, and whether it does."""
    at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return at, ids[at] == wanted


def _nearest(found: Analysis) -> IntArray:
    """(n,) the dot of her group nearest to each person; -1 for who is not placed."""
    dots = found.base_clusters
    nearest = np.full(len(found.participant_ids), -1, dtype=np.int64)
    for group in np.unique(dots.group_of):
        mine = np.flatnonzero(dots.group_of == group)
        people = np.flatnonzero(found.is_placed & (found.group_of == group))
        step = max(1, BATCH // len(mine))
        for start in range(0, len(people), step):
            rows = people[start : start + step]
            away = found.positions[rows][:, None] - dots.centers[mine][None]
            nearest[rows] = mine[np.argmin((away * away).sum(axis=2), axis=1)]
    return nearest


def _halved(centers: FloatArray, group_of: IntArray) -> list[_Node]:
    """Every group's dots, their halves, the halves of those: parents come first."""
    waiting = [np.flatnonzero(group_of == group) for group in np.unique(group_of)]
    nodes: list[_Node] = []
    for dots in waiting:  # it grows on the way
        if len(dots) < 2:
            nodes.append(_Node(dots, None))
            continue
        spread = np.ptp(centers[dots], axis=0)
        order = dots[
            np.argsort(centers[dots, int(spread[1] > spread[0])], kind="stable")
        ]
        halves = len(waiting), len(waiting) + 1
        waiting += [order[: len(order) // 2], order[len(order) // 2 :]]
        nodes.append(_Node(dots, halves))
    return nodes


def _settled(nodes: list[_Node], seen: IntArray, n_dots: int) -> IntArray:
    """(d, m) the smallest node around each dot that is told, -1 where none is."""
    is_told = seen >= MIN_REGION_VOTES
    node_of = np.full((n_dots, seen.shape[1]), -1, dtype=np.int64)
    is_reached = np.zeros(is_told.shape, dtype=np.bool_)
    inner = {half for node in nodes for half in node.halves or ()}
    for at, node in enumerate(nodes):
        if at not in inner:
            is_reached[at] = is_told[at]
        if node.halves:
            is_cut = is_reached[at] & is_told[list(node.halves)].all(axis=0)
            is_reached[list(node.halves)] = is_cut
            is_reached[at] &= ~is_cut
        node_of[np.ix_(node.dots, np.flatnonzero(is_reached[at]))] = at
    return node_of


def _regions(node_of: IntArray, votes: IntArray) -> Regions:
    """Numbered from 0 in the order of nodes; `votes` (nodes, 3)."""
    told = np.unique(node_of[node_of >= 0])
    number = {-1: -1} | {node: at for at, node in enumerate(told.tolist())}
    return Regions(
        region_of=[number[node] for node in node_of.tolist()],
        votes=[(agree, no, passed) for agree, no, passed in votes[told].tolist()],
    )
