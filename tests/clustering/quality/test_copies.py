"""Votes like somebody else's: beyond opinions, and not held against who came first."""

import numpy as np

from tests.clustering.quality.crowds import N_PEOPLE, Crowd

HOUR = 3600.0


def changed(given, share, seed):
    random = np.random.default_rng(seed)
    drawn = random.choice([1, 0, -1], len(given))
    return np.where(random.random(len(given)) < share, drawn, given)


def test_a_copy_is_noticed_and_its_original_is_not():
    crowd = Crowd()
    seen, given, when = crowd.votes[17]
    copy = crowd.add(seen, given, when + HOUR)

    signs = crowd.signs("copy")

    assert (copy in signs, 17 in signs) == (True, False)
    figures = signs[copy].figures
    assert (figures["like"], figures["n_same"], figures["n_shared"]) == (17, 40, 40)
    assert figures["n_expected"] < 32


def test_a_copy_that_changes_a_tenth_is_noticed():
    crowd = Crowd()
    originals = range(10, 20)
    copies = set()
    for number in originals:
        seen, given, when = crowd.votes[number]
        copies.add(crowd.add(seen, changed(given, 0.1, number), when + HOUR))

    found = set(crowd.signs("copy"))

    assert len(copies & found) >= 8
    assert set(originals) & found == set()


def test_a_ring_at_the_same_time_is_noticed_whole():
    crowd = Crowd()
    seen, given, _when = crowd.votes[30]
    random = np.random.default_rng(8)
    ring = [
        crowd.add(seen, given, 3e6 + random.normal(0, 60, len(seen))) for _ in range(6)
    ]

    signs = crowd.signs("copy")

    assert [member for member in ring if member not in signs] == []
    assert 30 not in signs


def test_few_honest_people_are_noticed():
    signs = Crowd().signs("copy")

    assert len(signs) <= 0.02 * N_PEOPLE


def test_two_who_share_few_statements_are_not_compared():
    crowd = Crowd()
    seen, given, when = crowd.votes[17]
    copy = crowd.add(seen[:9], given[:9], when[:9] + HOUR)

    assert copy not in crowd.signs("copy")
