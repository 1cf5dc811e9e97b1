"""Faster than one can read; and what only looks like it."""

import numpy as np
import pytest

from clustering.quality import Thresholds, ballots
from clustering.quality.speed import signs

LENGTHS = dict.fromkeys(range(40), 100)
LIMITS = Thresholds()


def people_noticed(*times):
    """By the seconds at which each cast her votes on statements of 100 characters."""
    row = np.repeat(np.arange(len(times)), [len(when) for when in times])
    column = np.concatenate([np.arange(len(when)) for when in times])
    votes = ballots(row, column, np.ones(len(row)), np.concatenate(times), LENGTHS)
    return {sign.person: sign.figures for sign in signs(votes, LIMITS)}


def test_a_vote_every_tenth_of_a_second_is_noticed():
    assert people_noticed(np.arange(40) * 0.1) == {
        0: {
            "median": 0.1,
            "needed": 1.0,
            "n_fast": 39,
            "n_votes": 40,
            "threshold": 100.0,
        }
    }


def test_reading_takes_long_enough():
    assert people_noticed(np.arange(40) * 3.0) == {}


def test_votes_that_waited_for_the_network_are_not_noticed():
    """Ten at once, after a pause in which they could be read; four times."""
    when = np.repeat(np.arange(4) * 300.0, 10) + np.tile(np.arange(10) * 0.05, 4)

    assert people_noticed(when[6:]) == {}


def test_a_first_hand_without_network_is_not_noticed():
    assert (
        people_noticed(np.concatenate([np.arange(5) * 0.1, 60 + np.arange(20) * 5]))
        == {}
    )


def test_bursts_with_too_short_a_pause_are_noticed():
    """Ten at once every two seconds: nobody reads ten in two seconds."""
    when = np.repeat(np.arange(4) * 2.0, 10) + np.tile(np.arange(10) * 0.05, 4)

    assert list(people_noticed(when)) == [0]


@pytest.mark.parametrize("n", [1, 9])
def test_of_few_votes_nothing_is_said(n):
    assert people_noticed(np.arange(n) * 0.01) == {}


def test_of_unknown_times_nothing_is_said():
    assert people_noticed(np.full(40, np.nan)) == {}


def test_others_do_not_matter():
    slow, fast = np.arange(40) * 4.0, np.arange(40) * 0.2

    assert list(people_noticed(slow, fast, slow + 9)) == [1]
