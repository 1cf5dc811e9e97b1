"""Counts of everybody and of groups, against counting one by one."""

import numpy as np
import pytest

from clustering.votes import assembly, counts
from clustering.votes.executors import Inline
from clustering.votes.gathering import gather
from tests import synthetic

WORLD = synthetic.loud_minority()


@pytest.fixture(params=[7, 1_000], ids=["blocks", "one block"])
def blocks(request, monkeypatch):
    monkeypatch.setattr(assembly, "ROWS", request.param)
    return gather(WORLD.votes, executor=Inline())


def by_hand(choice: int, is_counted: np.ndarray, m: int) -> list[int]:
    """(m,) how often the choice was made in the votes that are counted."""
    made = (WORLD.choices == choice) & is_counted
    return [int((made & (WORLD.statements == t)).sum()) for t in range(m)]


def test_everybody_is_counted_by_choice(blocks):
    counted = counts.overall(blocks, np.ones(80, dtype=np.bool_))

    everybody = np.ones(len(WORLD.choices), dtype=bool)
    assert counted.n_agree.tolist() == by_hand(1, everybody, 80)
    assert counted.n_disagree.tolist() == by_hand(-1, everybody, 80)
    assert counted.n_pass.tolist() == by_hand(0, everybody, 80)
    np.testing.assert_array_equal(counted.by_choice.sum(axis=0), counted.n_seen)


def test_sides_are_votes_on_mapped_statements_that_are_no_pass(blocks):
    is_mapped = np.arange(80) % 3 > 0

    counted = counts.overall(blocks, is_mapped)

    took_side = (WORLD.choices != 0) & is_mapped[WORLD.statements]
    ids = blocks.participant_ids
    n_sides = [
        int((took_side & (WORLD.participants == person)).sum()) for person in ids
    ]
    assert counted.n_sides.tolist() == n_sides
    assert counted.n_votes.tolist() == np.bincount(WORLD.participants)[ids].tolist()


def test_groups_are_counted_by_choice_and_the_rest_left_out(blocks):
    camp_of = WORLD.camp_of[blocks.participant_ids].astype(np.int8)
    camp_of[::5] = -1

    tables = counts.by_group(blocks, camp_of, 2)

    group_of_vote = np.full(len(WORLD.camp_of), -1)
    group_of_vote[blocks.participant_ids] = camp_of
    own = group_of_vote[WORLD.participants]
    for group in (0, 1):
        for row, choice in enumerate((1, -1, 0)):
            assert tables[group, row].tolist() == by_hand(choice, own == group, 80)


@pytest.mark.parametrize("n_groups", [0, 1, 2, 5])
def test_both_roads_lead_to_the_same_counts(blocks, n_groups):
    random = np.random.default_rng(n_groups)
    labels = random.integers(-1, n_groups, blocks.n_participants).astype(np.int8)

    counted = counts.by_group(blocks, labels, n_groups)
    product = counts.by_product(blocks, labels, n_groups)

    assert counted.shape == product.shape == (n_groups, 3, 80)
    np.testing.assert_array_equal(counted, product)
