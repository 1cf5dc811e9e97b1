"""Among whom groups are sought: who is in it, what they voted, where they stand."""

import numpy as np

from clustering.settings import AnalysisSettings
from tests import synthetic
from tests.clustering.groups.crowds import crowd_of
from tests.synthetic import World

WORLD = synthetic.three_camps()


def test_crowd_has_everybody_who_is_placed():
    is_placed = np.arange(150) % 3 > 0

    crowd = crowd_of(WORLD, is_placed=is_placed)

    assert crowd.rows.tolist() == np.flatnonzero(is_placed).tolist()
    assert len(crowd) == 100
    assert not crowd.is_sample


def test_sides_are_what_each_agreed_and_disagreed_with():
    crowd = crowd_of(WORLD)

    sides = np.zeros((150, 120))
    for vote in zip(*WORLD.votes, strict=True):
        person, statement, choice = vote
        if choice:
            sides[person, statement + 60 * (choice < 0)] = 1.0
    np.testing.assert_array_equal(crowd.sides.toarray(), sides)
    np.testing.assert_array_equal(crowd.n_sides, sides.sum(axis=1))


def test_votes_by_group_are_shared_out_as_people_are():
    crowd = crowd_of(WORLD)
    belongs = np.random.default_rng(0).dirichlet([1.0, 1.0, 1.0], len(crowd))

    tables = crowd.votes_by_group(belongs)

    np.testing.assert_allclose(tables, crowd.sides.toarray().T @ belongs, atol=1e-9)
    assert (tables >= 0.0).all()


def test_statements_with_one_side_taken_are_left_out():
    lone = np.array([0, 1, 2]), np.array([900, 901, 901]), np.array([1, 1, -1])
    votes = (np.append(*each) for each in zip(WORLD.votes, lone, strict=True))

    crowd = crowd_of(World(*votes, WORLD.camp_of))

    assert crowd.statements.tolist() == [*range(60), 61]
    assert crowd.before.shape == (2, 61)
    assert crowd.sides.shape == (150, 122)


def test_sample_is_marked_and_has_its_size():
    crowd = crowd_of(WORLD, AnalysisSettings(sample_size=100))

    assert crowd.is_sample
    assert len(crowd) == len(np.unique(crowd.rows)) == 100


def test_part_has_the_rows_and_axes_of_its_own():
    crowd = crowd_of(WORLD)
    rows = np.arange(0, 150, 2)

    part = crowd.part(rows)

    np.testing.assert_array_equal(part.sides.toarray(), crowd.sides.toarray()[rows])
    assert part.rows.tolist() == rows.tolist()
    np.testing.assert_array_equal(part.before, crowd.before)
    # The leading axes are found to a thousandth: a start needs no more.
    dense = part.centred.spread(np.eye(60))
    _, _, axes = np.linalg.svd(part.sides.toarray() @ dense, full_matrices=False)
    likeness = np.abs((part.directions[:, :2] * axes[:2].T).sum(axis=0))
    assert (likeness > 0.999).all()


def test_positions_grow_with_the_root_of_votes_for_the_same_view():
    people = np.repeat([0, 1, 2, 3], [40, 10, 40, 10])
    statements = np.concatenate([np.arange(n) for n in (40, 10, 40, 10)])
    choices = np.where(people < 2, 1, -1)

    positions = crowd_of(World(people, statements, choices, np.zeros(4))).positions()

    many, few = np.linalg.norm(positions, axis=1)[:2]
    assert many > few > 0.0
    assert many / few < 40 / 10
