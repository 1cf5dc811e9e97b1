"""From groups found among some to everybody: shares settled, people placed."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from clustering import placing, projection
from clustering.arrays import NOT_GROUPED, BoolArray, FloatArray
from clustering.groups import likelihood
from clustering.groups.choice import Choice
from clustering.groups.crowd import Crowd
from clustering.groups.starts import Labels
from clustering.projection import Centring
from clustering.settings import AnalysisSettings
from clustering.votes.ballots import N_CHOICES, of_sides, one_hot
from clustering.votes.blocks import Block, VoteBlocks

# Rounds over everybody after a search on a sample, and when they are cut short: where
# no group's share of the votes moves by more.
N_ROUNDS = 4
SETTLED = 1e-3


@dataclass(frozen=True, eq=False)
class Placed:
    """Everybody on the map and in groups.

    positions : (n, 2); group_of : (n,) or -1; certainty : (n,) of belonging there
    """

    positions: FloatArray
    group_of: npt.NDArray[np.int8]
    certainty: npt.NDArray[np.float32]


def everybody(
    blocks: VoteBlocks,
    chosen: Choice,
    crowd: Crowd,
    is_placed: BoolArray,
    centred: Centring,
    loadings: FloatArray,
    settings: AnalysisSettings,
) -> Placed:
    """Give everybody a position, and those who are placed their likeliest group.

    Parameters
    ----------
    chosen, crowd : the grouping, and among whom it was found; if that was a sample,
        its groups are first settled on everybody
    is_placed : (n,) who may be grouped
    loadings : (m, 2)
    """
    table = chosen.table
    if crowd.is_sample and table.shape[1] > 1:
        table = settled(blocks, table, is_placed, crowd)
    parts = blocks.map(
        _place,
        of_sides(projection.place_weights(centred, loadings)),
        placing.damping(centred.is_mapped, settings.position_votes),
        _for_all(table, crowd.statements, blocks.n_statements),
        is_placed,
    )
    return Placed(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def settled(
    blocks: VoteBlocks, table: FloatArray, is_placed: BoolArray, crowd: Crowd
) -> FloatArray:
    """Refine weights (2s + 1, k) that come from a sample on everybody who is placed."""
    m = blocks.n_statements
    columns = np.concatenate([crowd.statements, m + crowd.statements])
    share = np.zeros(0)
    for _ in range(N_ROUNDS):
        whole = _for_all(table, crowd.statements, m)
        counted = blocks.total(_votes_by_group, whole, is_placed)
        sizes = counted[-1]
        table = likelihood.weights(counted[columns], sizes, crowd.before)
        last, share = share, sizes / max(sizes.sum(), 1.0)
        if len(last) and np.abs(share - last).max() < SETTLED:
            break
    return table


def _for_all(table: FloatArray, statements: Labels, n_statements: int) -> FloatArray:
    """(3m + 1, k) weights for all columns of the ballots, from those of a crowd."""
    k = table.shape[1]
    whole = np.zeros((N_CHOICES * n_statements + 1, k))
    whole[-1] = table[-1]
    if k:
        whole[statements], whole[n_statements + statements] = table[:-1].reshape(
            2, -1, k
        )
    return whole


def _votes_by_group(
    block: Block, table: FloatArray, is_placed: BoolArray
) -> FloatArray:
    """(3m + 1, k) votes of each group, in the last row its people; both in parts."""
    ballots = one_hot(block, (len(table) - 1) // N_CHOICES)
    belongs = likelihood.memberships(ballots, table)
    belongs[~is_placed[block.first : block.first + block.n_rows]] = 0.0
    return np.concatenate([ballots.T @ belongs, belongs.sum(axis=0)[None]])


def _place(
    block: Block,
    map_weights: FloatArray,
    damping: float,
    table: FloatArray,
    is_placed: BoolArray,
) -> tuple[FloatArray, npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    ballots = one_hot(block, len(map_weights) // N_CHOICES)
    positions = placing.placed(ballots @ map_weights, damping)
    here = is_placed[block.first : block.first + block.n_rows]
    group_of = np.full(block.n_rows, NOT_GROUPED, dtype=np.int8)
    certainty = np.zeros(block.n_rows, dtype=np.float32)
    if table.shape[1]:
        belongs = likelihood.memberships(ballots, table)
        group_of[here] = likelihood.likeliest(belongs)[here]
        certainty[here] = belongs.max(axis=1)[here]
    return positions + 0.0, group_of, certainty
