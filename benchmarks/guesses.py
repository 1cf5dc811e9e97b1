"""Others who say which group somebody is in: Polis, and one who was told the rest."""

import numpy as np
from scipy import sparse

from clustering import AnalysisSettings
from clustering.polis import math_blob
from tests.synthetic import World


def by_polis(world: World) -> np.ndarray:
    """(n,) the group that Polis's cold start gives everybody, -1 for none."""
    blob = math_blob(*world.votes)
    base = blob["base-clusters"]
    people = dict(zip(base["id"], base["members"], strict=True))
    group_of = np.full(len(world.camp_of), -1)
    for group in blob["group-clusters"]:
        for dot in group["members"]:
            group_of[people[dot]] = group["id"]
    return group_of


def taught(world: World) -> np.ndarray:
    """(n,) the group each would be put in by who was told all groups but hers.

    Shares are learned from the votes of the others, with the engine's own imagined
    votes, so this is as well as groups can be known in which the shares must be
    learned; the oracle need not learn them.
    """
    n, m = len(world.camp_of), int(world.statements.max()) + 1
    cell = world.statements + m * (world.choices < 0)
    is_side = world.choices != 0
    entries = np.ones(is_side.sum()), (world.participants[is_side], cell[is_side])
    sides = sparse.csr_array(entries, shape=(n, 2 * m))
    sizes = np.bincount(world.camp_of)
    total = sides.sum(axis=0).reshape(2, m) + 0.5
    before = AnalysisSettings().prior_votes * total / total.sum(axis=0)
    known = np.tile(np.log(sizes), (n, 1))
    for camp in range(len(sizes)):
        is_member = world.camp_of == camp
        counts = sides[is_member].sum(axis=0).reshape(2, m) + before
        known[:, camp] += sides @ _logs(counts, own=0.0)
        known[is_member, camp] = sides[is_member] @ _logs(counts, own=1.0)
        known[is_member, camp] += np.log(sizes[camp] - 1)
    return known.argmax(axis=1)


def _logs(counts: np.ndarray, own: float) -> np.ndarray:
    """(2m,) log shares in these counts less a person's own vote.

    Where nobody in the group has voted so, neither has the person, and what is written
    there is not asked for.
    """
    others = np.maximum(counts - own, np.finfo(float).tiny)
    return np.log(others / (counts.sum(axis=0) - own)).ravel()
