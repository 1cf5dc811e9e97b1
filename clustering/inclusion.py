"""How often a statement stays in the lists when other people are asked."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from scipy import sparse

from clustering import consensus
from clustering.arrays import NOT_GROUPED, BoolArray, FloatArray, IntArray
from clustering.findings import Consensus, Stability
from clustering.groups.choice import Choice
from clustering.groups.crowd import Crowd
from clustering.groups.search import members
from clustering.groups.starts import Labels
from clustering.settings import AnalysisSettings
from clustering.votes.ballots import N_CHOICES, take
from clustering.votes.blocks import VoteBlocks

PEOPLE, CELLS = 5, 6
# (g + 1, 3, m) votes of each group, and last those of everybody.
Tables = IntArray
# With the (g,) people of each group.
Drawn = tuple[Tables, IntArray]


def length_of_top(ranked: Consensus, settings: AnalysisSettings) -> int:
    """A quarter of what is ranked, at most ``n_top``: a list that holds everything is
    always the same."""
    return min(settings.n_top, -(-int(ranked.is_ranked.sum()) // 4))


def stability(
    blocks: VoteBlocks,
    chosen: Choice,
    crowd: Crowd,
    tables: IntArray,
    sizes: IntArray,
    overall: IntArray,
    ranked: Consensus,
    is_mapped: BoolArray,
    settings: AnalysisSettings,
) -> Stability:
    """What resampling people says of the groups and of the lists.

    Parameters
    ----------
    tables, sizes : (g, 3, m) votes and (g,) people of each group
    overall : (3, m) votes of everybody
    """
    n_top, n_draws = length_of_top(ranked, settings), settings.n_resamples
    if crowd.is_sample:
        whole = np.concatenate([tables, overall[None]])
        drawn = by_cells(whole, sizes, n_draws, settings.seed)
    else:
        everyone = take(blocks, np.ones(blocks.n_participants, dtype=np.bool_))
        groupings = _groupings(chosen, crowd, blocks.n_participants)
        drawn = by_people(everyone, groupings, len(tables), n_draws, settings.seed)
    agreed, rejected = frequencies(drawn, is_mapped, n_top, settings)
    again = chosen.again.rand_index if chosen.again else 0.0
    return Stability(n_draws, again, n_top, agreed, rejected)


def _groupings(chosen: Choice, crowd: Crowd, n: int) -> list[Labels]:
    """(n,) groups of everybody as other searches found them, or the one there is."""
    k = chosen.n_groups
    found = [draw.group_of[k] for draw in chosen.draws if k in draw.group_of]
    if not found:
        found = [chosen.grouping.group_of] if chosen.grouping else []
    spread = []
    for group_of in found or [np.full(len(crowd), NOT_GROUPED, dtype=np.intp)]:
        everybody = np.full(n, NOT_GROUPED, dtype=np.intp)
        everybody[crowd.rows] = group_of
        spread.append(everybody)
    return spread


def frequencies(
    drawn: Iterable[Drawn],
    is_mapped: BoolArray,
    n_top: int,
    settings: AnalysisSettings,
) -> tuple[FloatArray, FloatArray]:
    """(m,) share of draws in which each statement is among the top, on either side."""
    agreed, rejected = np.zeros((2, len(is_mapped)))
    n_draws = 0
    for tables, sizes in drawn:
        ranked = rank(tables, sizes, is_mapped, settings)
        agreed[ranked.top(ranked.agree, n_top)] += 1.0
        rejected[ranked.top(ranked.disagree, n_top)] += 1.0
        n_draws += 1
    return agreed / max(n_draws, 1), rejected / max(n_draws, 1)


def rank(
    tables: Tables, sizes: IntArray, is_mapped: BoolArray, settings: AnalysisSettings
) -> Consensus:
    """Rank what the groups and, in the last table, everybody chose."""
    agree, disagree, passed = np.moveaxis(tables, 1, 0)
    seen = agree + disagree + passed
    in_groups = agree[:-1], disagree[:-1], seen[:-1]
    overall = agree[-1], disagree[-1], seen[-1]
    return consensus.rank(*in_groups, *overall, is_mapped, settings, sizes)


def by_people(
    everyone: sparse.csr_array,
    groupings: Sequence[Labels],
    n_groups: int,
    n_draws: int,
    seed: int,
) -> Iterator[Drawn]:
    """Bootstrap people (Efron 1979), each time in groups that another search found.

    Parameters
    ----------
    everyone : (n, 3m) votes of all people
    groupings : (n,) group of everybody, -1 in none; used in turn
    """
    n = everyone.shape[0]
    back = everyone.T
    for number in range(n_draws):
        random = np.random.default_rng([seed, PEOPLE, number])
        times = np.bincount(random.integers(0, n, n), minlength=n).astype(np.float64)
        is_member = members(groupings[number % len(groupings)], n_groups)
        weighted = np.column_stack([is_member * times[:, None], times])
        counted = np.rint(back @ weighted).astype(np.int64)
        sizes = times @ is_member
        yield counted.T.reshape(n_groups + 1, N_CHOICES, -1), sizes.astype(np.int64)


def by_cells(
    tables: Tables, sizes: IntArray, n_draws: int, seed: int
) -> Iterator[Drawn]:
    """Draw each cell's votes anew, as many as there are, groups held fixed.

    For conversations where drawing people would cost a pass over all votes each time.
    What the votes of one person have in common is not drawn; of one statement's figures
    alone that is no part.
    """
    seen = tables.sum(axis=1)
    shares = np.moveaxis(tables, 1, -1) / np.maximum(seen, 1)[..., None]
    shares[seen == 0] = 1.0 / N_CHOICES
    inside = tables[:-1].sum(axis=0)
    outside = np.moveaxis(tables[-1] - inside, 0, -1)
    n_outside = outside.sum(axis=-1)
    p_outside = outside / np.maximum(n_outside, 1)[..., None]
    p_outside[n_outside == 0] = 1.0 / N_CHOICES
    for number in range(n_draws):
        random = np.random.default_rng([seed, CELLS, number])
        groups = random.multinomial(seen[:-1], shares[:-1])
        others = random.multinomial(n_outside, p_outside)
        everybody = groups.sum(axis=0) + others
        yield np.moveaxis(np.concatenate([groups, everybody[None]]), -1, 1), sizes
