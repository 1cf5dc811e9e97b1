"""A sample that depends on people's ids alone."""

import numpy as np

from clustering.votes.sampling import sampled

IDS = np.arange(1_000, dtype=np.int64)
EVERYBODY = np.ones(1_000, dtype=np.bool_)


def test_few_people_are_all_in_it():
    is_placed = IDS < 300

    assert sampled(IDS, is_placed, 300, seed=0) is is_placed


def test_sample_has_its_size_and_only_those_who_are_placed():
    is_placed = IDS % 2 == 0

    chosen = sampled(IDS, is_placed, 100, seed=0)

    assert chosen.sum() == 100
    assert not (chosen & ~is_placed).any()


def test_who_is_in_it_does_not_depend_on_the_order():
    order = np.random.default_rng(0).permutation(1_000)

    shuffled = sampled(IDS[order], EVERYBODY, 100, seed=0)

    np.testing.assert_array_equal(
        np.sort(IDS[order][shuffled]), IDS[sampled(IDS, EVERYBODY, 100, seed=0)]
    )


def test_those_who_stay_stay_in_it_when_others_go():
    is_here = IDS % 10 > 0

    before = IDS[sampled(IDS, EVERYBODY, 100, seed=0)]
    after = IDS[sampled(IDS, is_here, 100, seed=0)]

    assert set(before[before % 10 > 0]) <= set(after)


def test_another_seed_draws_other_people():
    one, other = (sampled(IDS, EVERYBODY, 100, seed=seed) for seed in (0, 2**63))

    assert (one & other).sum() < 30


def test_neighbouring_ids_are_drawn_as_often_as_any():
    chosen = sampled(IDS, EVERYBODY, 500, seed=1)

    halves, parity = chosen[:500].sum(), chosen[::2].sum()
    assert 200 < halves < 300
    assert 200 < parity < 300


def test_ids_at_both_ends_of_64_bits_are_drawn():
    ends = np.array([-(2**63), -1, 0, 2**63 - 1])

    assert sampled(ends, np.ones(4, dtype=np.bool_), 2, seed=3).sum() == 2
