"""A letter belongs to people, not to a rank."""

import numpy as np

from clustering import Analysis, analyse
from clustering.groups.letters import letters
from tests import synthetic
from tests.clustering.examining import QUICK
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


def found(
    world: World, *, without: np.ndarray | None = None, previous=None
) -> Analysis:
    gone = [] if without is None else without
    return analyse(
        *world.votes, excluded_participants=gone, settings=QUICK, previous=previous
    )


def sizes(analysis: Analysis) -> list[tuple[str, int]]:
    return [(group.letter, group.size) for group in analysis.groups]


def test_letters_go_by_size_on_a_first_run():
    world = synthetic.camps([30, 60], seed=6)

    analysis = found(world)

    assert sizes(analysis) == [("A", 60), ("B", 30)]
    assert letters_of(analysis, world) == {0: {"B"}, 1: {"A"}}


def test_letters_stay_with_their_people_when_sizes_turn():
    world = synthetic.camps([60, 50], seed=7)
    before = found(world, without=members(world, 0, 30))

    after = found(world, previous=before)

    assert sizes(before) == [("A", 50), ("B", 30)]
    assert sizes(after) == [("A", 50), ("B", 60)]
    assert letters_of(after, world) == letters_of(before, world)


def test_figures_go_with_the_letters():
    world = synthetic.camps([60, 50], seed=7)
    alone, before = found(world), found(world, without=members(world, 0, 30))

    after = found(world, previous=before)

    assert sizes(alone) == [("A", 60), ("B", 50)]
    np.testing.assert_array_equal(after.n_agree, alone.n_agree[::-1])
    assert after.representative == alone.representative[::-1]
    assert [g.center for g in after.groups] == [g.center for g in alone.groups][::-1]
    np.testing.assert_array_equal(
        np.sort(after.base_clusters.sizes[after.base_clusters.group_of == 0]),
        np.sort(alone.base_clusters.sizes[alone.base_clusters.group_of == 1]),
    )


def test_new_group_gets_the_next_unused_letter():
    world = synthetic.three_camps()
    before = found(world, without=members(world, 0))

    after = found(world, previous=before)

    assert [g.letter for g in before.groups] == ["A", "B"]
    assert letters_of(after, world) == {0: {"C"}, 1: {"A"}, 2: {"B"}}


def test_remaining_groups_keep_their_letters_when_another_goes():
    world = synthetic.three_camps()
    before = found(world)

    after = found(world, without=members(world, 0), previous=before)

    assert sizes(after) == [("B", 50), ("C", 40)]


def test_letter_of_a_group_that_went_is_free_for_the_run_after():
    world = synthetic.three_camps()
    between = found(world, without=members(world, 0), previous=found(world))

    after = found(world, previous=between)

    assert letters_of(after, world) == {0: {"A"}, 1: {"B"}, 2: {"C"}}


def test_strangers_get_letters_nobody_had():
    world = synthetic.two_camps()
    before = found(world)
    people, statements, choices = world.votes

    after = analyse(people + 1000, statements, choices, settings=QUICK, previous=before)

    assert sizes(after) == [("C", 60), ("D", 40)]


def test_after_a_run_without_groups_letters_begin_anew():
    world = synthetic.two_camps()
    nothing = analyse([], [], [])

    after = found(world, previous=nothing)

    assert sizes(after) == [("A", 60), ("B", 40)]


def test_equal_groups_go_by_their_smallest_id():
    ids, group_of = np.array([3, 5, 7, 9]), np.array([1, 0, 0, 1])

    assert letters(ids, group_of, 2, previous=None) == ("B", "A")


def test_map_keeps_facing_the_same_way():
    world = synthetic.three_camps()
    before = found(world)
    mirrored = Analysis.from_bytes(before.to_bytes())
    mirrored.loadings[:, 0] *= -1.0

    after = found(world, previous=mirrored)

    turn = np.array([-1.0, 1.0])
    np.testing.assert_array_equal(after.positions, before.positions * turn)
    np.testing.assert_array_equal(after.loadings, mirrored.loadings)
    assert after.groups[0].x == -before.groups[0].x


def test_stored_previous_gives_the_same_letters_as_a_fresh_one():
    world = synthetic.camps([60, 50], seed=7)
    before = found(world, without=members(world, 0, 30))

    fresh = found(world, previous=before)
    stored = found(world, previous=Analysis.from_bytes(before.to_bytes()))

    assert fresh.to_bytes() == stored.to_bytes()
