"""The whole method on one page; each line is a call to a file beside this one.

`analyse` is longer than our 25 lines on purpose: it is the table of contents.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from clustering import (
    consensus,
    groups,
    matrix,
    priority,
    projection,
    representativeness,
)
from clustering.groups import Grouping
from clustering.matrix import Index, VoteMatrix
from clustering.projection import OpinionMap
from clustering.results import (
    NOT_GROUPED,
    Analysis,
    BaseClusters,
    FloatArray,
    IntArray,
    OpinionGroup,
)
from clustering.settings import AnalysisSettings

DEFAULTS = AnalysisSettings()
NOBODY = np.zeros(0, dtype=np.int64)


def analyse(
    participants: npt.ArrayLike,
    statements: npt.ArrayLike,
    choices: npt.ArrayLike,
    *,
    excluded_statements: Iterable[int] = (),
    excluded_participants: Iterable[int] = (),
    meta_statements: Iterable[int] = (),
    settings: AnalysisSettings = DEFAULTS,
    previous: Analysis | None = None,
) -> Analysis:
    """Group people by how they voted, and say what unites and what divides them.

    A pure function: the same votes in any order give the same bytes.

    Parameters
    ----------
    participants, statements, choices : equally long integer arrays, one entry a vote;
        agree is +1, pass 0, disagree -1, and a statement not seen has no entry
    excluded_statements : rejected ones; counted, but kept out of map and lists
    excluded_participants : their votes are left out of everything
    meta_statements : about the people asked; treated as excluded, but shown often
    previous : an earlier analysis; decides which way the map faces and which letter
        a group gets, never who is with whom

    Raises
    ------
    InvalidVotes
        Unequal lengths, no integers, an unknown choice, or a vote given twice.
    """
    votes = matrix.build(
        participants,
        statements,
        choices,
        excluded_participants=excluded_participants,
        neutral_statements=excluded_statements,
        meta_statements=meta_statements,
    )
    n_agree, n_disagree, n_seen = matrix.counts(votes)
    opinions = projection.fit(votes, n_agree, n_disagree, n_seen, settings)

    active = matrix.active(votes, settings)
    grouping = groups.find(opinions.positions[active], settings)
    grouping, letters = _lettered(grouping, votes.participant_ids[active], previous)
    group_of = _spread(grouping.group_of, active, votes.n_participants)
    facing = _facing(votes, opinions, previous)

    agree, disagree, seen = matrix.group_counts(votes, group_of, len(letters))
    extremity = projection.statement_extremity(opinions.center, opinions.loadings)
    listed = votes.statement_ids, votes.is_neutral
    return Analysis(
        participant_ids=votes.participant_ids,
        n_votes=votes.n_votes,
        group_of=group_of,
        base_of=_spread(grouping.base_of, active, votes.n_participants),
        positions=_mirrored(opinions.positions, facing),
        statement_ids=votes.statement_ids,
        is_neutral=votes.is_neutral,
        center=opinions.center,
        loadings=_mirrored(opinions.loadings, facing),
        p_explained=opinions.p_explained,
        n_agree=n_agree,
        n_disagree=n_disagree,
        n_seen=n_seen,
        extremity=extremity,
        group_aware_consensus=consensus.group_aware(agree, seen),
        priority=priority.score(
            agree.sum(axis=0),
            disagree.sum(axis=0),
            seen.sum(axis=0),
            extremity,
            votes.is_meta,
            settings,
        ),
        groups=_groups(grouping, letters, facing),
        base_clusters=BaseClusters(
            centers=_mirrored(grouping.base_centers, facing),
            sizes=grouping.base_sizes,
            group_of=grouping.base_group_of,
        ),
        group_n_agree=agree,
        group_n_disagree=disagree,
        group_n_seen=seen,
        majority=consensus.majority(*listed, n_agree, n_disagree, n_seen, settings),
        representative=representativeness.select(
            *listed, agree, disagree, seen, settings
        ),
        silhouettes=grouping.candidates,
        settings=settings,
    )


def _lettered(
    grouping: Grouping, ids: IntArray, previous: Analysis | None
) -> tuple[Grouping, tuple[str, ...]]:
    """Groups in the order of their letters, and the letters."""
    before = (
        ((), NOBODY, NOBODY)
        if previous is None
        else (
            tuple(group.letter for group in previous.groups),
            previous.participant_ids,
            previous.group_of,
        )
    )
    letters = groups.letters(grouping, ids, *before)
    return grouping.reordered(np.argsort(letters)), tuple(sorted(letters))


def _facing(
    votes: VoteMatrix, opinions: OpinionMap, previous: Analysis | None
) -> FloatArray:
    """(2,) which axes to mirror; after grouping, so that it cannot touch the groups."""
    if previous is None:
        return np.ones(projection.N_AXES)
    return projection.orientation(
        votes.statement_ids,
        opinions.loadings,
        previous.statement_ids,
        previous.loadings,
    )


def _mirrored(points: FloatArray, facing: FloatArray) -> FloatArray:
    return points * facing + 0.0


def _spread(values: Index, active: Index, n_participants: int) -> IntArray:
    """Values of the grouped people, laid out for everybody."""
    spread = np.full(n_participants, NOT_GROUPED, dtype=np.int64)
    spread[active] = values
    return spread


def _groups(
    grouping: Grouping, letters: tuple[str, ...], facing: FloatArray
) -> tuple[OpinionGroup, ...]:
    centers = _mirrored(grouping.centers, facing).tolist()
    return tuple(
        OpinionGroup(letter, int(size), x, y)
        for letter, size, (x, y) in zip(letters, grouping.sizes, centers, strict=True)
    )
