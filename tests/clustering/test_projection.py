"""The axes of the map against a dense decomposition, however they are computed."""

import numpy as np
import pytest

from clustering import placing, projection
from clustering.settings import AnalysisSettings
from clustering.votes import assembly, ballots, counts
from clustering.votes.executors import Inline
from clustering.votes.gathering import gather
from tests import synthetic

SETTINGS = AnalysisSettings()
WORLDS = {
    "camps": synthetic.three_camps(),
    "noise": synthetic.noise(1),
    "planted": synthetic.planted([0.7, 0.3], 1.0, seed=2, n_people=300),
}


def prepared(votes, meta=()):
    """Blocks, the centring, and the centred votes Y as one dense matrix."""
    blocks = gather(votes, executor=Inline())
    is_mapped = ~np.isin(blocks.statement_ids, [*meta])
    counted = counts.overall(blocks, is_mapped)
    centred = projection.centring(counted.n_agree, counted.n_disagree, is_mapped)
    rating = np.full((blocks.n_participants, blocks.n_statements), np.nan)
    row = np.searchsorted(blocks.participant_ids, votes[0])
    column = np.searchsorted(blocks.statement_ids, votes[1])
    rating[row, column] = np.where(votes[2] == 0, np.nan, votes[2])
    dense = np.nan_to_num(rating - centred.center) * is_mapped
    total = projection.total_variance(counted.n_agree, counted.n_disagree, is_mapped)
    return blocks, centred, dense, total


@pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS)
@pytest.mark.parametrize("n_rows", [40, 1_000], ids=["blocks", "one block"])
def test_axes_are_those_of_a_dense_decomposition(world, n_rows, monkeypatch):
    monkeypatch.setattr(assembly, "ROWS", n_rows)
    blocks, centred, dense, total = prepared(world.votes, meta=[3, 4])

    axes = projection.of_everybody(blocks, centred, total, SETTINGS)

    _, sizes, directions = np.linalg.svd(dense, full_matrices=False)
    turn = np.sign((axes.on_the_map * directions[:2].T).sum(axis=0))
    np.testing.assert_allclose(axes.on_the_map * turn, directions[:2].T, atol=1e-6)
    np.testing.assert_allclose(axes.variances[:2], sizes[:2] ** 2, rtol=1e-9)
    np.testing.assert_allclose(axes.p_explained, sizes[:2] ** 2 / (dense**2).sum())
    assert total == pytest.approx((dense**2).sum())


def test_axes_beyond_the_map_are_near_enough_to_tell_groups_apart():
    blocks, centred, dense, total = prepared(WORLDS["camps"].votes)

    axes = projection.of_everybody(blocks, centred, total, SETTINGS)

    sizes = np.linalg.svd(dense, compute_uv=False)
    spread = (dense @ axes.directions).var(axis=0) * len(dense)
    assert axes.directions.shape == (60, SETTINGS.max_groups + 1)
    np.testing.assert_allclose(
        axes.directions.T @ axes.directions, np.eye(6), atol=1e-9
    )
    assert (spread > 0.8 * sizes[:6] ** 2).all()


def test_axes_face_the_way_their_largest_weight_points():
    blocks, centred, _, total = prepared(WORLDS["camps"].votes)

    axes = projection.of_everybody(blocks, centred, total, SETTINGS)
    other = projection.of_everybody(blocks, centred, total, AnalysisSettings(seed=9))

    largest = np.abs(axes.on_the_map).argmax(axis=0)
    assert (axes.on_the_map[largest, [0, 1]] > 0).all()
    np.testing.assert_allclose(other.on_the_map, axes.on_the_map, atol=1e-5)


def test_votes_along_one_line_have_one_axis():
    camp_of, statements = np.divmod(np.arange(20 * 8), 8)
    choices = np.where(camp_of < 8, 1, -1) * np.where(statements < 3, 1, -1)
    blocks, centred, _, total = prepared((camp_of, statements, choices))

    axes = projection.of_everybody(blocks, centred, total, SETTINGS)

    np.testing.assert_allclose(axes.p_explained, [1.0, 0.0])
    np.testing.assert_allclose(np.abs(axes.on_the_map[:, 0]), 1 / np.sqrt(8))
    assert not axes.directions[:, 1:].any()


@pytest.mark.parametrize(
    "votes",
    [([], [], []), ([1, 2], [1, 1], [1, 1]), ([1, 2], [1, 2], [0, 0])],
    ids=["none", "all agree", "all pass"],
)
def test_votes_that_do_not_differ_have_no_axis(votes):
    blocks, centred, _, total = prepared(tuple(np.array(v, dtype=int) for v in votes))

    axes = projection.of_everybody(blocks, centred, total, SETTINGS)

    assert (total, axes.p_explained.tolist()) == (0.0, [0.0, 0.0])
    assert not axes.directions.any()


def test_places_equal_dense_ridge_regressions():
    world = WORLDS["planted"]
    blocks, centred, dense, total = prepared(world.votes, meta=[3])
    loadings = projection.of_everybody(blocks, centred, total, SETTINGS).on_the_map

    [whole] = blocks.map(ballots.one_hot, blocks.n_statements)
    weights = ballots.of_sides(projection.place_weights(centred, loadings))
    places = placing.placed(whole @ weights, damping=0.04)

    for row in range(0, blocks.n_participants, 17):
        seen = loadings[dense[row] != 0.0]
        gram = seen.T @ seen + 0.04 * np.eye(2)
        expected = np.linalg.solve(gram, loadings.T @ dense[row])
        np.testing.assert_allclose(places[row], expected, atol=1e-10)


def test_map_is_mirrored_where_it_would_turn_away_from_the_last():
    ids, before = np.array([1, 2, 3]), np.array([2, 3, 4])
    now = np.array([[1.0, 1.0], [1.0, 1.0], [0.5, -0.2]])
    last = np.array([[-1.0, 1.0], [1.0, 1.0], [9.0, -9.0]])

    facing = projection.orientation(ids, now, before, last)

    # Statements 2 and 3 are known to both: -1 + 0.5 and 1 - 0.2.
    assert facing.tolist() == [-1.0, 1.0]


def test_map_without_a_common_statement_stays_as_it_is():
    facing = projection.orientation(
        np.array([1]), np.ones((1, 2)), np.array([2]), -np.ones((1, 2))
    )

    assert facing.tolist() == [1.0, 1.0]


def test_extremity_is_the_length_of_the_loading_by_hand():
    centred = projection.Centring(np.zeros(3), np.array([True, True, False]))

    extremity = projection.statement_extremity(
        centred, np.array([[0.3, 0.4], [0.0, 0.0], [0.0, 0.0]])
    )

    np.testing.assert_allclose(extremity, [np.sqrt(2) * 0.5, 0.0, 0.0])
