"""A letter belongs to people, not to a rank."""

import numpy as np

from clustering import Analysis, analyse
from tests import synthetic
from tests.synthetic import World


def letters_of(analysis: Analysis, world: World) -> dict[int, set[str]]:
    """The letters that the people of each camp carry."""
    found: dict[int, set[str]] = {}
    for person, group in zip(analysis.participant_ids, analysis.group_of, strict=True):
        if group >= 0:
            letter = analysis.groups[group].letter
            found.setdefault(int(world.camp_of[person]), set()).add(letter)
    return found


def members(world: World, camp: int, n: int | None = None) -> np.ndarray:
    return np.flatnonzero(world.camp_of == camp)[:n]


def analyse_without(gone: np.ndarray, world: World, previous=None) -> Analysis:
    return analyse(*world.votes, excluded_participants=gone, previous=previous)


def test_letters_go_by_size_on_a_first_run():
    world = synthetic.camps([30, 60], seed=6)

    analysis = analyse(*world.votes)

    assert [(g.letter, g.size) for g in analysis.groups] == [("A", 60), ("B", 30)]
    assert letters_of(analysis, world) == {0: {"B"}, 1: {"A"}}


def test_letters_stay_with_their_people_when_sizes_turn():
    world = synthetic.camps([60, 50], seed=7)
    before = analyse_without(members(world, 0, 30), world)

    after = analyse(*world.votes, previous=before)

    assert [(g.letter, g.size) for g in before.groups] == [("A", 50), ("B", 30)]
    assert [(g.letter, g.size) for g in after.groups] == [("A", 50), ("B", 60)]
    assert letters_of(after, world) == letters_of(before, world)


def test_new_group_gets_the_next_unused_letter():
    world = synthetic.three_camps()
    before = analyse_without(members(world, 0), world)

    after = analyse(*world.votes, previous=before)

    assert [g.letter for g in before.groups] == ["A", "B"]
    assert letters_of(after, world) == {0: {"C"}, 1: {"A"}, 2: {"B"}}


def test_remaining_groups_keep_their_letters_when_another_goes():
    world = synthetic.three_camps()
    before = analyse(*world.votes)

    after = analyse_without(members(world, 0), world, before)

    assert [(g.letter, g.size) for g in after.groups] == [("B", 50), ("C", 40)]


def test_strangers_get_letters_nobody_had():
    world = synthetic.two_camps()
    before = analyse(*world.votes)
    people, statements, choices = world.votes

    after = analyse(people + 1000, statements, choices, previous=before)

    assert [(g.letter, g.size) for g in after.groups] == [("C", 60), ("D", 40)]


def test_map_keeps_facing_the_same_way():
    people, statements, choices = synthetic.three_camps().votes
    before = analyse(people, statements, choices)
    mirrored = Analysis.from_bytes(before.to_bytes())
    mirrored.loadings[:, 0] *= -1.0

    after = analyse(people, statements, choices, previous=mirrored)

    turn = np.array([-1.0, 1.0])
    np.testing.assert_array_equal(after.positions, before.positions * turn)
    np.testing.assert_array_equal(after.loadings, mirrored.loadings)
    assert after.groups[0].x == -before.groups[0].x
    np.testing.assert_array_equal(
        after.base_clusters.centers, before.base_clusters.centers * turn
    )


def test_stored_previous_gives_the_same_letters_as_a_fresh_one():
    world = synthetic.camps([60, 50], seed=7)
    before = analyse_without(members(world, 0, 30), world)

    fresh = analyse(*world.votes, previous=before)
    stored = analyse(*world.votes, previous=Analysis.from_bytes(before.to_bytes()))

    assert fresh.to_bytes() == stored.to_bytes()
