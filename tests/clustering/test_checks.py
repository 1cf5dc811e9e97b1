"""A result that was attached to the wrong people is noticed; a right one is not."""

from dataclasses import replace

import numpy as np
import pytest

from clustering import Analysis, InvalidVotes, analyse
from clustering.checks import APART, RECOUNT, stored_counts, verify
from clustering.findings import Finding
from clustering.votes.counts import by_group
from clustering.votes.executors import Inline
from clustering.votes.gathering import gather
from tests import synthetic
from tests.clustering.examining import FEW_DRAWS, QUICK

WORLDS = {
    "two camps": synthetic.two_camps(),
    "three camps": synthetic.three_camps(),
    "loud minority": synthetic.loud_minority(),
    "planted": synthetic.planted([0.6, 0.4], 1.2, seed=5, n_people=400),
}
NAMES = [RECOUNT, APART]


@pytest.fixture(scope="module", params=WORLDS)
def world(request) -> synthetic.World:
    return WORLDS[request.param]


@pytest.fixture(scope="module")
def found(world) -> Analysis:
    return analyse(*world.votes, settings=QUICK)


def shuffled(found: Analysis, seed: int) -> Analysis:
    labels = np.random.default_rng(seed).permutation(found.group_of)
    return replace(found, group_of=labels)


def passed(found: Analysis, votes) -> list[bool]:
    checks = verify(found, votes)
    assert [check.name for check in checks] == NAMES
    return [check.is_passed for check in checks]


def test_a_run_checks_itself(found):
    recount, apart = found.checks

    assert [recount.name, apart.name] == NAMES
    assert (recount.is_passed, recount.value, recount.bound) == (True, 0.0, 0.0)
    assert apart.is_passed
    assert apart.value > 2 * apart.bound
    assert found.is_sound


def test_a_result_passes_on_its_own_votes(world, found):
    assert passed(found, world.votes) == [True, True]


def test_a_stored_result_passes(world, found):
    assert passed(Analysis.from_bytes(found.to_bytes()), world.votes) == [True, True]


@pytest.mark.parametrize("seed", range(5))
def test_shuffled_labels_are_flagged_by_both(world, found, seed):
    assert passed(shuffled(found, seed), world.votes) == [False, False]


@pytest.mark.parametrize("seed", range(5))
def test_shuffled_labels_are_flagged_with_figures_counted_from_them(world, found, seed):
    wrong = shuffled(found, seed)
    blocks = gather(world.votes, executor=Inline())
    tables = by_group(blocks, wrong.group_of.astype(np.int8), len(wrong.groups))
    n_agree, n_disagree, n_pass = np.moveaxis(tables, 1, 0)
    n_seen = n_agree + n_disagree + n_pass
    wrong = replace(wrong, n_agree=n_agree, n_disagree=n_disagree, n_seen=n_seen)

    assert passed(wrong, world.votes) == [True, False]


def test_ids_in_another_order_than_labels_are_flagged(world, found):
    ids = np.random.default_rng(1).permutation(found.participant_ids)

    assert passed(replace(found, participant_ids=ids), world.votes)[0] is False


def test_people_and_labels_may_change_their_order_together(world, found):
    order = np.random.default_rng(1).permutation(len(found.participant_ids))

    moved = replace(
        found,
        participant_ids=found.participant_ids[order],
        group_of=found.group_of[order],
    )

    assert passed(moved, world.votes) == [True, True]


def test_votes_may_come_in_another_order(world, found):
    order = np.random.default_rng(2).permutation(len(world.participants))

    assert passed(found, [column[order] for column in world.votes]) == [True, True]


def test_one_wrong_figure_is_flagged(world, found):
    n_agree = found.n_agree.copy()
    n_agree[0, 3] += 1

    recount, apart = verify(replace(found, n_agree=n_agree), world.votes)

    # One agreement too many, and so one pass too few.
    assert (recount.is_passed, recount.value) == (False, 2.0)
    assert apart.is_passed


def test_two_groups_that_change_their_letters_are_flagged(world, found):
    first, second, *others = range(len(found.groups))
    swapped = np.array([second, first, *others, -1])[found.group_of]

    assert passed(replace(found, group_of=swapped), world.votes) == [False, True]


def test_newer_people_and_statements_do_not_matter(world, found):
    people, statements, choices = (column.tolist() for column in world.votes)

    later = people + [5_000, 5_000, 0], statements + [0, 900, 900], choices + [1, -1, 1]

    assert passed(found, later) == [True, True]


def test_what_was_excluded_does_not_matter(world):
    found = analyse(
        *world.votes,
        excluded_statements=[0, 7],
        excluded_participants=[3, 4],
        meta_statements=[9],
        settings=QUICK,
    )

    assert passed(found, world.votes) == [True, True]


def test_votes_of_another_conversation_are_flagged(found):
    other = synthetic.noise(3)

    assert passed(found, other.votes)[0] is False


def test_one_group_is_recounted_and_compared_with_nothing():
    world = synthetic.noise(1)
    found = analyse(*world.votes, settings=FEW_DRAWS)

    assert found.finding == Finding.ONE_GROUP
    assert [check.name for check in found.checks] == [RECOUNT]
    assert [check.is_passed for check in verify(found, world.votes)] == [True]


def test_no_votes_pass():
    assert [check.is_passed for check in verify(analyse([], [], []), ([], [], []))] == [
        True
    ]


def test_bad_votes_are_refused(found):
    with pytest.raises(InvalidVotes, match="^Vote 0: choice 3 is not -1, 0 or"):
        verify(found, ([1], [1], [3]))


def test_stored_counts_are_agree_disagree_and_pass(found):
    tables = stored_counts(found)

    np.testing.assert_array_equal(tables[:, 0], found.n_agree)
    np.testing.assert_array_equal(tables[:, 1], found.n_disagree)
    np.testing.assert_array_equal(tables.sum(axis=1), found.n_seen)
