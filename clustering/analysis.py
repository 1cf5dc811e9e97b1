"""The whole method on one page; each line is a call to a file beside this one.

`analyse` is longer than our 25 lines on purpose: it is the table of contents.
"""

from collections.abc import Iterable
from concurrent.futures import Executor
from contextlib import nullcontext
from typing import cast

import numpy as np
import numpy.typing as npt
from threadpoolctl import ThreadpoolController

from clustering import (
    checks,
    consensus,
    dots,
    inclusion,
    projection,
    representativeness,
    routing,
)
from clustering.arrays import FloatArray, IntArray
from clustering.findings import OpinionGroup
from clustering.groups import assignment, choice, crowd
from clustering.groups.assignment import Placed
from clustering.groups.choice import Choice
from clustering.groups.letters import named
from clustering.groups.starts import Labels
from clustering.projection import Axes
from clustering.results import Analysis
from clustering.settings import AnalysisSettings
from clustering.votes import counts, executors
from clustering.votes.blocks import VoteBlocks
from clustering.votes.counts import Counts
from clustering.votes.gathering import gather
from clustering.votes.reading import Triple, Votes

DEFAULTS = AnalysisSettings()
BLAS = ThreadpoolController()


def analyse(
    participants: npt.ArrayLike | Iterable[Triple],
    statements: npt.ArrayLike | None = None,
    choices: npt.ArrayLike | None = None,
    *,
    excluded_statements: Iterable[int] = (),
    excluded_participants: Iterable[int] = (),
    meta_statements: Iterable[int] = (),
    settings: AnalysisSettings = DEFAULTS,
    previous: Analysis | None = None,
    executor: Executor | None = None,
) -> Analysis:
    """Group people by how they voted, and say what unites and what divides them.

    A pure function: the same votes in any order, in any cut into blocks and on any
    executor give the same bytes.

    Parameters
    ----------
    participants, statements, choices : equally long integer arrays, one entry a vote;
        agree is +1, pass 0, disagree -1, and a statement not seen has no entry. Or,
        as the only argument, an iterable of such triples, read one after the other
    excluded_statements, excluded_participants : rejected statements and excluded
        people; their votes do not exist
    meta_statements : about the people asked; counted, but kept out of map, groups and
        lists
    settings : thresholds, seed and number of resamples
    previous : an earlier analysis; decides which way the map faces and which letter
        a group gets, never who is with whom
    executor : what the work runs on; threads of this machine if there is none

    Raises
    ------
    InvalidVotes
        Unequal lengths, no integers, an unknown choice, or a vote given twice.
    """
    votes = cast(
        Votes,
        participants if statements is None else (participants, statements, choices),
    )
    runs_on = nullcontext(executor) if executor else executors.threads()
    # One thread for each product: how many there are would show in the last bits.
    with BLAS.limit(limits=1), runs_on as runner:
        blocks = gather(
            votes,
            excluded_statements=excluded_statements,
            excluded_participants=excluded_participants,
            executor=runner,
        )
        return _analysed(blocks, meta_statements, settings, previous)


def _analysed(
    blocks: VoteBlocks,
    meta_statements: Iterable[int],
    settings: AnalysisSettings,
    previous: Analysis | None,
) -> Analysis:
    is_mapped = ~np.isin(blocks.statement_ids, [*meta_statements])
    counted = counts.overall(blocks, is_mapped)
    sides = counted.n_agree, counted.n_disagree, is_mapped

    # The map.
    centred = projection.centring(*sides)
    axes = projection.of_everybody(
        blocks, centred, projection.total_variance(*sides), settings
    )
    loadings = axes.on_the_map * _facing(blocks.statement_ids, axes, previous)

    # The groups: sought in a crowd, settled among everybody, given their letters.
    is_placed = counted.n_sides >= max(1, min(settings.min_votes, is_mapped.sum()))
    among = crowd.of(blocks, counted, is_placed, centred, axes, settings)
    with executors.nearby(blocks.executor) as near:
        chosen = choice.choose(among, settings, near)
    placed = assignment.everybody(
        blocks, chosen, among, is_placed, centred, loadings, settings
    )
    letters, order, placed = named(
        blocks.participant_ids, placed, chosen.n_groups, previous
    )
    tables = counts.by_group(blocks, placed.group_of, len(letters))
    sizes = np.bincount(placed.group_of[is_placed] + 1, minlength=len(letters) + 1)[1:]

    # What they share, what sets them apart, and how far all of it can be trusted.
    n_agree, n_disagree, n_pass = np.moveaxis(tables, 1, 0)
    in_groups = n_agree, n_disagree, n_agree + n_disagree + n_pass
    overall = counted.n_agree, counted.n_disagree, counted.n_seen
    ranked = consensus.rank(*in_groups, *overall, is_mapped, settings, sizes)
    extremity = projection.statement_extremity(centred, loadings)
    return Analysis(
        participant_ids=blocks.participant_ids,
        n_votes=counted.n_votes,
        is_placed=is_placed,
        group_of=placed.group_of.astype(np.int64),
        certainty=placed.certainty.astype(np.float64),
        positions=placed.positions,
        statement_ids=blocks.statement_ids,
        is_mapped=is_mapped,
        center=centred.center,
        loadings=loadings,
        p_explained=axes.p_explained,
        n_agree=n_agree,
        n_disagree=n_disagree,
        n_seen=in_groups[2],
        overall_n_agree=counted.n_agree,
        overall_n_disagree=counted.n_disagree,
        overall_n_seen=counted.n_seen,
        extremity=extremity,
        group_aware_consensus=consensus.group_aware(
            *_judges(n_agree, in_groups[2], counted)
        ),
        consensus=ranked,
        priority=routing.priority(counted.n_agree, counted.n_seen, is_mapped, settings),
        routing=routing.personal(in_groups[2], *overall, extremity, is_mapped),
        finding=chosen.finding,
        groups=_groups(letters, order, sizes, placed, chosen),
        base_clusters=dots.base_clusters(
            placed.positions[is_placed], placed.group_of[is_placed], settings
        ),
        candidates=chosen.candidates,
        stability=inclusion.stability(
            blocks,
            chosen,
            among,
            tables,
            sizes,
            counted.by_choice,
            ranked,
            is_mapped,
            settings,
        ),
        checks=checks.within(blocks, among, placed.group_of, tables, settings),
        majority=consensus.majority(
            blocks.statement_ids, ~is_mapped, *overall, settings
        ),
        representative=representativeness.select(
            blocks.statement_ids, is_mapped, *in_groups, settings
        ),
        settings=settings,
    )


def _facing(ids: IntArray, axes: Axes, previous: Analysis | None) -> FloatArray:
    """(2,) which axes to mirror, so that the map keeps its sides."""
    if previous is None:
        return np.ones(projection.N_AXES)
    return projection.orientation(
        ids, axes.on_the_map, previous.statement_ids, previous.loadings
    )


def _judges(
    n_agree: IntArray, n_seen: IntArray, counted: Counts
) -> tuple[IntArray, IntArray]:
    """Agree and seen votes of each group; without groups everybody is one."""
    if len(n_seen):
        return n_agree, n_seen
    return counted.n_agree[None], counted.n_seen[None]


def _groups(
    letters: tuple[str, ...],
    order: Labels,
    sizes: IntArray,
    placed: Placed,
    chosen: Choice,
) -> tuple[OpinionGroup, ...]:
    """By letter, with the mean position of the members."""
    again = chosen.again.overlaps if chosen.again else np.full(len(letters), -1.0)
    groups = []
    for group, letter in enumerate(letters):
        x, y = placed.positions[placed.group_of == group].mean(axis=0).tolist()
        found_again = float(again[order[group]])
        groups.append(OpinionGroup(letter, int(sizes[group]), x, y, found_again))
    return tuple(groups)
