"""Statements that are mostly spam, too many at once, or one thing again and again."""

import numpy as np

from clustering.quality import Thresholds, Written
from clustering.quality.spam import signs

LIMITS = Thresholds()


def noticed(n, *, refused=0, apart=86_400.0, group=-1):
    """Of an author with n statements, so many of them refused."""
    written = Written(
        np.full(n, 4),
        np.arange(n) * apart,
        np.arange(n) < refused,
        np.full(n, group),
    )
    return [sign.figures for sign in signs(written, LIMITS)]


def test_mostly_spam_is_noticed():
    assert noticed(5, refused=3) == [
        {"n_statements": 5, "n_refused": 3, "n_in_an_hour": 1, "n_repeats": 0}
    ]


def test_some_spam_among_much_else_is_not():
    assert noticed(7, refused=3) == []


def test_two_that_were_refused_are_not_enough():
    assert noticed(2, refused=2) == []


def test_dozens_in_an_hour_are_noticed():
    assert (len(noticed(20, apart=60.0)), len(noticed(19, apart=60.0))) == (1, 0)


def test_the_same_thing_six_times_is_noticed():
    assert (len(noticed(6, group=2)), len(noticed(5, group=2))) == (1, 0)
