"""Votes as a matrix of ones: its columns, its rows, and products with it."""

import numpy as np
import pytest

from clustering.votes import assembly, ballots
from clustering.votes.executors import Inline
from clustering.votes.gathering import gather
from tests import synthetic

WORLD = synthetic.two_camps()


@pytest.fixture(params=[9, 1_000], ids=["blocks", "one block"])
def blocks(request, monkeypatch):
    monkeypatch.setattr(assembly, "ROWS", request.param)
    return gather(WORLD.votes, executor=Inline())


def dense() -> np.ndarray:
    """(100, 120) agreements, disagreements and passes side by side."""
    matrix = np.zeros((100, 3 * 40))
    part = {1: 0, -1: 1, 0: 2}
    for person, statement, choice in zip(*WORLD.votes, strict=True):
        matrix[person, 40 * part[choice] + statement] = 1.0
    return matrix


def test_each_choice_has_its_own_columns(blocks):
    parts = blocks.map(ballots.one_hot, blocks.n_statements)

    np.testing.assert_array_equal(
        np.vstack([part.toarray() for part in parts]), dense()
    )


def test_rows_are_taken_from_all_blocks_in_their_order(blocks):
    is_taken = np.arange(100) % 7 == 2

    taken = ballots.take(blocks, is_taken)

    np.testing.assert_array_equal(taken.toarray(), dense()[is_taken])


def test_nobody_taken_is_no_row(blocks):
    taken = ballots.take(blocks, np.zeros(100, dtype=np.bool_))

    assert taken.shape == (0, 120)


def test_columns_come_in_the_order_asked_for(blocks):
    whole = ballots.take(blocks, np.ones(100, dtype=np.bool_))
    columns = np.array([50, 3, 119])

    some = ballots.with_columns(whole, columns)

    np.testing.assert_array_equal(some.toarray(), dense()[:, columns])


def test_no_columns_are_no_votes(blocks):
    whole = ballots.take(blocks, np.ones(100, dtype=np.bool_))

    some = ballots.with_columns(whole, np.zeros(0, dtype=np.intp))

    assert (some.shape, some.nnz) == ((100, 0), 0)


def test_a_pass_weighs_nothing():
    weights = ballots.of_sides(np.ones((80, 2)))

    assert weights.shape == (120, 2)
    assert (weights[:80] == 1.0).all()
    assert not weights[80:].any()


@pytest.mark.parametrize("n_columns", [0, 1, 5, 6, 20])
def test_products_are_those_of_dense_matrices(blocks, n_columns):
    whole = ballots.take(blocks, np.ones(100, dtype=np.bool_))
    weights = np.random.default_rng(0).standard_normal((120, n_columns))

    found = ballots.times(whole, weights)

    assert found.shape == (100, n_columns)
    np.testing.assert_allclose(found, dense() @ weights)


@pytest.mark.parametrize("n_columns", [0, 1, 2, 3, 20])
def test_products_with_the_transpose_are_those_of_dense_matrices(blocks, n_columns):
    whole = ballots.take(blocks, np.ones(100, dtype=np.bool_))
    points = np.random.default_rng(0).standard_normal((100, n_columns))

    found = ballots.pulled(whole, points)

    assert found.shape == (120, n_columns)
    np.testing.assert_allclose(found, dense().T @ points)
