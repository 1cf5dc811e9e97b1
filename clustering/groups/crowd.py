"""The people among whom groups are sought: all who voted enough, or a sample of them."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy import sparse

from clustering import projection
from clustering.arrays import BoolArray, FloatArray
from clustering.groups import likelihood
from clustering.groups.starts import Labels
from clustering.projection import Axes, Centring
from clustering.settings import AnalysisSettings
from clustering.votes.ballots import pulled, take, with_columns
from clustering.votes.blocks import VoteBlocks
from clustering.votes.counts import Counts
from clustering.votes.sampling import sampled

# Axes of a part begin at those of the whole, so a few products find them.
N_PASSES = 3


@dataclass(frozen=True, eq=False)
class Crowd:
    """The people among whom groups are sought: all who voted enough, or a sample.

    sides : (a, 2s) their agreements and disagreements with s statements, one-hot
    statements : (s,) which these are: mapped, and voted on by two people at least
    n_sides : (a,) votes of each that took a side
    centred, before : of these statements, over the whole conversation
    directions : (s, q) leading axes of the whole conversation
    rows : (a,) their rows among all participants
    is_sample : whether others might have been in it as well
    """

    sides: sparse.csr_array
    statements: Labels
    n_sides: FloatArray
    centred: Centring
    before: FloatArray
    directions: FloatArray
    rows: Labels
    is_sample: bool

    def __len__(self) -> int:
        return int(self.sides.shape[0])

    def part(self, rows: Labels) -> "Crowd":
        """These people only, with axes of their own."""
        part = replace(
            self,
            sides=self.sides[rows],
            n_sides=self.n_sides[rows],
            rows=self.rows[rows],
        )
        return part.with_own_axes()

    def voting(self, sides: sparse.csr_array) -> "Crowd":
        """The same people with other votes on the same statements."""
        return replace(self, sides=sides).with_own_axes()

    def with_own_axes(self) -> "Crowd":
        """Axes of these votes, sought near those of the whole conversation."""
        product = projection.by_matrix(self.sides, self.centred)
        width = self.directions.shape[1]
        axes = projection.find_axes(product, self.directions, width, 0.0, N_PASSES)
        return replace(self, directions=axes.directions)

    @cached_property
    def votes(self) -> FloatArray:
        """(2s,) of all of them together."""
        return np.asarray(self.sides.sum(axis=0))

    def votes_by_group(self, belongs: FloatArray) -> FloatArray:
        """(2s, k) votes of each group, from memberships (a, k) whose rows sum to 1.

        The first group has what the others leave: a product less.
        """
        tables = np.empty((belongs.shape[1], len(self.votes)))
        tables[1:] = pulled(self.sides, belongs[:, 1:]).T
        np.maximum(self.votes - tables[1:].sum(axis=0), 0.0, out=tables[0])
        return tables.T

    def positions(self) -> FloatArray:
        """(a, q) points in all leading axes; many votes count for more, not fully."""
        pulls = self.sides @ self.centred.spread(self.directions)
        return np.asarray(pulls / np.sqrt(self.n_sides)[:, None])


def of(
    blocks: VoteBlocks,
    counted: Counts,
    is_placed: BoolArray,
    centred: Centring,
    axes: Axes,
    settings: AnalysisSettings,
) -> Crowd:
    """Those who are placed, or a sample of ``sample_size`` of them."""
    chosen = sampled(
        blocks.participant_ids, is_placed, settings.sample_size, settings.seed
    )
    rows = np.flatnonzero(chosen)
    agree, disagree = counted.n_agree, counted.n_disagree
    statements = np.flatnonzero(centred.is_mapped & (agree + disagree > 1))
    columns = np.concatenate([statements, blocks.n_statements + statements])
    return Crowd(
        sides=with_columns(take(blocks, chosen), columns),
        statements=statements,
        n_sides=counted.n_sides[rows].astype(np.float64),
        centred=centred.among(statements),
        before=likelihood.prior(
            agree[statements], disagree[statements], settings.prior_votes
        ),
        directions=axes.directions[statements],
        rows=rows,
        is_sample=len(rows) < int(is_placed.sum()),
    )
