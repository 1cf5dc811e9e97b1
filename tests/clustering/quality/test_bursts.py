"""Newcomers from one network within minutes."""

import numpy as np

from clustering.quality import Joined, Thresholds
from clustering.quality.bursts import signs

LIMITS = Thresholds(burst_people=5, burst_minutes=10)


def noticed(seconds, networks):
    joined = Joined(np.arange(len(seconds)), np.array(seconds), np.array(networks))
    return {sign.person: sign.figures["n_people"] for sign in signs(joined, LIMITS)}


def test_a_crowd_from_one_network_is_noticed():
    seconds = [0.0, 60.0, 120.0, 180.0, 240.0, 4000.0]

    assert noticed(seconds, [1] * 6) == dict.fromkeys(range(5), 5)


def test_the_same_crowd_from_five_networks_is_not():
    assert noticed([0.0, 60.0, 120.0, 180.0, 240.0], [1, 2, 3, 4, 5]) == {}


def test_the_same_crowd_over_an_hour_is_not():
    assert noticed([0.0, 900.0, 1800.0, 2700.0, 3600.0], [1] * 5) == {}


def test_who_comes_from_nowhere_known_is_not():
    assert noticed([0.0] * 6, [-1] * 6) == {}


def test_everybody_is_told_of_the_fullest_minutes_she_was_in():
    seconds = [0.0, *[300.0 + n for n in range(6)], 850.0]

    assert noticed(seconds, [1] * 8) == {0: 7} | dict.fromkeys(range(1, 8), 7)
