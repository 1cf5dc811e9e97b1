"""Step 19: everything under the keys of Polis's own result, the "pca2" blob.

`math_blob` is longer than our 25 lines on purpose: it is the list of the keys.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from clustering.polis import clusters, consensus, counts, pca, priorities, repness
from clustering.polis import memberships as as_given
from clustering.polis import votes as matrices
from clustering.polis.clusters import Memberships
from clustering.polis.counts import Counts
from clustering.polis.pca import Pca
from clustering.polis.votes import FloatArray, IntArray, Votes


def math_blob(
    participants: npt.ArrayLike,
    statements: npt.ArrayLike,
    choices: npt.ArrayLike,
    *,
    moderated_out: Iterable[int] = (),
    meta: Iterable[int] = (),
    memberships: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Compute what Polis publishes for a conversation, in the form it publishes it.

    Signs: choices come in with agree +1, as everywhere in the engine. The blob has
    Polis's own sign, agree -1, in all of `pca` and in the coordinates of
    `base-clusters` and `group-clusters`; the signs of the two components are
    arbitrary in Polis. A, D and S, `agree` and `disagree` mean what they say.

    Parameters
    ----------
    participants, statements, choices : equally long, one entry a vote, each
        participant and statement at most once; agree +1, pass 0, disagree -1
    moderated_out, meta : ids of rejected statements, and of those about the people
        asked (these are moderated out, too); ids without votes are allowed
    memberships : a blob, or its `in-conv`, `base-clusters` and `group-clusters`.
        With it everything else is computed for these very clusters, so that it
        equals that blob. Without it, a cold start: Polis's first update over all
        votes at once, by statement and participant.

    Returns
    -------
    Plain dicts, lists, numbers and strings, ready for JSON; keys are strings, and
    arrays in `pca` follow `tids`. Of what Polis knows from its clock and database
    there is nothing: `zid`, `lastVoteTimestamp`, `lastModTimestamp` are None,
    `math_tick` is 0, `mod-in` (accepted statements, which change nothing) names the
    meta statements only. `subgroup-*` keys, which Polis never shows, are absent.
    Sets (`in-conv`, `mod-out`, `mod-in`, `meta-tids`) are in ascending order.

    Raises
    ------
    InvalidVotes
        Lists of unequal length, anything but integers, an unknown choice, a vote
        given twice, or memberships that do not fit the votes.

    Notes
    -----
    Priorities are for the current counts, also on a cold start (quirk 5 of the
    package). The votes are dense arrays here, some 60 bytes a cell in all.
    """
    votes = matrices.read(participants, statements, choices, moderated_out, meta)
    found = pca.fit(votes.rating)
    if memberships is None:
        members = clusters.cold_start(found.projections, matrices.in_conv(votes))
    else:
        members = as_given.read(memberships, votes.pids)

    people = counts.of_people(votes.raw)
    bases = counts.of_clusters(people, members.base)
    groups = counts.of_clusters(bases, members.groups)
    group_ids = [str(group.id) for group in members.groups]
    priority = priorities.score(groups.total, found.comment_extremity, votes.is_meta)
    representative = repness.select(votes.tids, votes.is_out, groups)
    return {
        "zid": None,
        "n": len(votes.pids),
        "n-cmts": len(votes.tids),
        "tids": votes.tids.tolist(),
        "in-conv": np.sort(votes.pids[members.in_conv]).tolist(),
        "user-vote-counts": _by_id(votes.pids, votes.n_votes),
        "mod-out": votes.mod_out.tolist(),
        "mod-in": votes.meta.tolist(),
        "meta-tids": votes.meta.tolist(),
        "lastVoteTimestamp": None,
        "lastModTimestamp": None,
        "math_tick": 0,
        "pca": _pca(found),
        **_clusters(votes, members, found.projections),
        "votes-base": _votes(votes.tids, bases.agree.T, bases.disagree.T, bases.seen.T),
        "group-votes": _group_votes(votes.tids, members, groups),
        "repness": dict(zip(group_ids, representative, strict=True)),
        "consensus": consensus.majorities(votes.tids, votes.is_out, people.total),
        "group-aware-consensus": _by_id(votes.tids, consensus.group_aware(groups)),
        "comment-priorities": _by_id(votes.tids, priority),
    }


def _pca(found: Pca) -> dict[str, list[Any]]:
    return {
        "center": found.center.tolist(),
        "comps": found.comps.tolist(),
        "comment-projection": found.comment_projection.tolist(),
        "comment-extremity": found.comment_extremity.tolist(),
    }


def _clusters(
    votes: Votes, members: Memberships, projections: FloatArray
) -> dict[str, Any]:
    """Both kinds of clusters, with the means of their people as centres."""
    sizes = members.base_sizes
    centers = np.array(
        [projections[cluster.members].mean(axis=0) for cluster in members.base]
    ).reshape(-1, pca.N_COMPONENTS)
    base_ids = np.array([cluster.id for cluster in members.base], dtype=np.int64)
    return {
        "base-clusters": {
            "id": base_ids.tolist(),
            "members": [votes.pids[c.members].tolist() for c in members.base],
            "x": centers[:, 0].tolist(),
            "y": centers[:, 1].tolist(),
            "count": sizes.tolist(),
        },
        "group-clusters": [
            {
                "id": group.id,
                "members": base_ids[group.members].tolist(),
                "center": _mean(centers[group.members], sizes[group.members]),
            }
            for group in members.groups
        ],
    }


def _mean(centers: FloatArray, sizes: IntArray) -> list[float]:
    return [float(axis @ sizes / sizes.sum()) for axis in centers.T]


def _group_votes(
    tids: IntArray, members: Memberships, groups: Counts
) -> dict[str, dict[str, Any]]:
    sizes = members.base_sizes
    return {
        str(group.id): {
            "id": group.id,
            "n-members": int(sizes[group.members].sum()),
            "votes": _votes(tids, agree, disagree, seen),
        }
        for group, agree, disagree, seen in zip(
            members.groups, groups.agree, groups.disagree, groups.seen, strict=True
        )
    }


def _votes(
    tids: IntArray, agree: IntArray, disagree: IntArray, seen: IntArray
) -> dict[str, dict[str, Any]]:
    """By statement, the first axis of the counts; (m,) of a group, (m, b) of bases."""
    rows = zip(agree.tolist(), disagree.tolist(), seen.tolist(), strict=True)
    return {
        str(tid): {"A": a, "D": d, "S": s}
        for tid, (a, d, s) in zip(tids.tolist(), rows, strict=True)
    }


def _by_id(ids: IntArray, values: npt.NDArray[Any]) -> dict[str, Any]:
    return dict(zip(map(str, ids.tolist()), values.tolist(), strict=True))
