"""The people of a world as the search for groups sees them."""

import numpy as np

from clustering import projection
from clustering.groups import crowd
from clustering.groups.crowd import Crowd
from clustering.settings import AnalysisSettings
from clustering.votes import counts
from clustering.votes.executors import Inline
from clustering.votes.gathering import gather
from tests.synthetic import World


def crowd_of(
    world: World,
    settings: AnalysisSettings | None = None,
    is_placed: np.ndarray | None = None,
) -> Crowd:
    """Everybody, or those who are placed, on all statements."""
    settings = settings or AnalysisSettings()
    blocks = gather(world.votes, executor=Inline())
    is_mapped = np.ones(blocks.n_statements, dtype=np.bool_)
    if is_placed is None:
        is_placed = np.ones(blocks.n_participants, dtype=np.bool_)
    counted = counts.overall(blocks, is_mapped)
    sides = counted.n_agree, counted.n_disagree, is_mapped
    centred = projection.centring(*sides)
    total = projection.total_variance(*sides)
    axes = projection.of_everybody(blocks, centred, total, settings)
    return crowd.of(blocks, counted, is_placed, centred, axes, settings)
