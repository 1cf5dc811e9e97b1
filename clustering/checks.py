"""What a result must stand: its figures recounted, its groups held against chance.

Made for the mistake of 2023, when opinion groups were attached to the wrong people: the
shares of such groups are those of groups drawn by lot, and no recount from the votes
gives the figures that were published.
"""

import numpy as np
import numpy.typing as npt
from scipy import sparse

from clustering.arrays import NOT_GROUPED, BoolArray, IntArray
from clustering.findings import Check
from clustering.groups import chance
from clustering.groups.crowd import Crowd
from clustering.results import Analysis
from clustering.settings import AnalysisSettings
from clustering.votes import executors
from clustering.votes.ballots import take, with_columns
from clustering.votes.blocks import VoteBlocks
from clustering.votes.counts import by_group, by_product
from clustering.votes.gathering import gather
from clustering.votes.reading import Votes
from clustering.votes.sampling import sampled

RECOUNT = "recounted votes of the groups equal the stored ones"
APART = "groups lie further apart than groups drawn by lot"
# Whoever verifies draws so many: of a thousand results with labels on the wrong people
# and figures counted from these labels, one slips through.
N_DEALT = 999


def within(
    blocks: VoteBlocks,
    crowd: Crowd,
    group_of: npt.NDArray[np.int8],
    tables: IntArray,
    settings: AnalysisSettings,
) -> tuple[Check, ...]:
    """What a run asks of itself before it hands its result out.

    The votes of the groups (g, 3, m) were counted one by one; here they are counted as
    a product of matrices, from the same labels (n,).
    """
    again = by_product(blocks, group_of, len(tables))
    n_wrong = int((again != tables).sum())
    checks = [Check(RECOUNT, n_wrong == 0, float(n_wrong), 0.0)]
    if len(tables) > 1:
        labels = group_of[crowd.rows].astype(np.intp)
        n_random, seed = settings.n_null, settings.seed
        checks.append(apart(crowd.sides, labels, len(tables), n_random, seed))
    return tuple(checks)


def apart(
    ballots: sparse.csr_array,
    group_of: npt.NDArray[np.intp],
    n_groups: int,
    n_random: int,
    seed: int,
) -> Check:
    """Hold the gap between groups (a,) against that of the same labels dealt out anew.

    ``value``: the gap; ``bound``: the widest that chance gave, see `chance.gap`. Groups
    that were found in these very votes pass by far; groups attached to the wrong
    people do not.
    """
    gap, by_chance = chance.gap(ballots, group_of, n_groups, n_random, seed)
    widest = float(by_chance.max())
    return Check(APART, gap > widest, gap, widest)


def verify(found: Analysis, votes: Votes) -> tuple[Check, ...]:
    """Check a stored or published result against the votes, from nothing.

    Labels are looked up by participant id, so it does not matter in which order either
    came. Votes of people or on statements that the analysis does not know are left out:
    they were excluded from it, or are newer.

    Raises
    ------
    InvalidVotes
        As `clustering.analyse` does.
    """
    blocks = gather(votes, executor=executors.Inline())
    _, row, place = np.intersect1d(
        blocks.participant_ids, found.participant_ids, return_indices=True
    )
    group_of = np.full(blocks.n_participants, NOT_GROUPED, dtype=np.int8)
    group_of[row] = found.group_of[place]
    counted = by_group(blocks, group_of, len(found.groups))
    _, column, known = np.intersect1d(
        blocks.statement_ids, found.statement_ids, return_indices=True
    )
    stored = stored_counts(found)[:, :, known]
    n_wrong = int((counted[:, :, column] != stored).sum())
    checks = [Check(RECOUNT, n_wrong == 0, float(n_wrong), 0.0)]
    if len(found.groups) > 1:
        seed, n_groups = found.settings.seed, len(found.groups)
        size = found.settings.sample_size
        chosen = sampled(blocks.participant_ids, group_of >= 0, size, seed)
        sides = _sides(blocks, chosen, column[found.is_mapped[known]])
        labels = group_of[chosen].astype(np.intp)
        checks.append(apart(sides, labels, n_groups, N_DEALT, seed))
    return tuple(checks)


def _sides(
    blocks: VoteBlocks, is_taken: BoolArray, statements: npt.NDArray[np.intp]
) -> sparse.csr_array:
    columns = np.concatenate([statements, blocks.n_statements + statements])
    return with_columns(take(blocks, is_taken), columns)


def stored_counts(found: Analysis) -> IntArray:
    """(g, 3, m) agree, disagree and pass of a result, as `by_group` counts them."""
    passed = found.n_seen - found.n_agree - found.n_disagree
    return np.stack([found.n_agree, found.n_disagree, passed], axis=1)
