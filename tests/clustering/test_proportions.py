"""Shares and how surprising they are, on numbers small enough to check by hand."""

import numpy as np
import pytest

from clustering import proportions


def test_smoothed_share_is_one_half_without_votes():
    assert proportions.smoothed([0, 3], [0, 3]).tolist() == [0.5, 0.8]


def test_z_of_one_share_follows_its_formula():
    # 2 sqrt(16) ((12 + 1) / 16 - 1/2)
    assert proportions.z_one(12, 15) == pytest.approx(2.5)


def test_z_grows_with_the_votes_behind_a_share():
    few, many = proportions.z_one([6, 60], [10, 100])

    assert 0.0 < few < many


def test_z_of_half_the_votes_is_about_nothing():
    np.testing.assert_allclose(proportions.z_one(5_000, 10_000), 0.01, atol=1e-4)
