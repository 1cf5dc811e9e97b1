"""Votes in any order, any cut and any integers become the same blocks, or a refusal."""

import weakref
from collections.abc import Iterator

import numpy as np
import pytest

from clustering.votes import assembly, reading, staging
from clustering.votes.blocks import Block, VoteBlocks
from clustering.votes.executors import Inline
from clustering.votes.gathering import gather

BIG = 2**63 - 1
Triple = tuple[np.ndarray, np.ndarray, np.ndarray]


def some_votes(seed: int = 7, n_votes: int = 2_000) -> Triple:
    """Votes of 150 people on 90 statements, in no order."""
    chance = np.random.default_rng(seed)
    cells = chance.choice(150 * 90, n_votes, replace=False)
    choices = chance.integers(-1, 2, n_votes).astype(np.int8)
    return 1_000 + cells // 90, 50 - cells % 90, choices


def pieces(votes: Triple, size: int) -> Iterator[Triple]:
    people, seen, cast = votes
    for start in range(0, len(cast), size):
        part = slice(start, start + size)
        yield people[part], seen[part], cast[part]


def gathered(votes: object, **excluded: object) -> VoteBlocks:
    return gather(votes, executor=Inline(), **excluded)


def contents(votes: VoteBlocks) -> list[object]:
    """All of it, types included."""
    arrays = [votes.participant_ids, votes.statement_ids]
    for block in votes.blocks:
        arrays += [np.array(block.first), block.row_starts]
        arrays += [block.statements, block.choices]
    return [votes.n_votes, *((a.dtype.str, a.tolist()) for a in arrays)]


def triples(votes: VoteBlocks) -> list[tuple[int, int, int]]:
    """The votes in their order, by id."""
    return [
        (votes.participant_ids[block.first + row], votes.statement_ids[s], choice)
        for block in votes.blocks
        for row in range(block.n_rows)
        for s, choice in zip(*row_of(block, row), strict=True)
    ]


def row_of(block: Block, row: int) -> tuple[np.ndarray, np.ndarray]:
    part = slice(*block.row_starts[row : row + 2])
    return block.statements[part], block.choices[part]


@pytest.fixture
def small_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many chunks and many blocks of few votes."""
    monkeypatch.setattr(reading, "CHUNK", 300)
    monkeypatch.setattr(assembly, "ROWS", 20)
    monkeypatch.setattr(assembly, "VOTES", 300)


def test_votes_stand_by_participant_and_statement():
    votes = gathered(([7, 5, 7], [30, 20, 10], [1, -1, 0]))

    assert triples(votes) == [(5, 20, -1), (7, 10, 0), (7, 30, 1)]
    assert (votes.n_participants, votes.n_statements, votes.n_votes) == (2, 3, 3)
    [block] = votes.blocks
    assert (block.first, block.n_rows) == (0, 2)
    assert block.row_starts.tolist() == [0, 1, 3]
    assert block.statements.tolist() == [1, 0, 2]


@pytest.mark.usefixtures("small_sizes")
def test_many_blocks_hold_every_vote_once():
    people, seen, cast = some_votes()

    votes = gathered((people, seen, cast))

    assert triples(votes) == sorted(zip(people, seen, cast, strict=True))
    assert [block.n_rows for block in votes.blocks] == [18, 19, 19, 19] * 2


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.usefixtures("small_sizes")
def test_any_order_and_any_cut_give_the_same_blocks(seed):
    votes, chance = some_votes(), np.random.default_rng(seed)
    order = chance.permutation(len(votes[0]))
    shuffled = tuple(column[order] for column in votes)
    size = int(chance.integers(1, 700))

    whole, cut = gathered(shuffled), gathered(pieces(shuffled, size))

    assert contents(whole) == contents(cut) == contents(gathered(votes))


@pytest.mark.usefixtures("small_sizes")
def test_ids_far_apart_are_ranked_and_give_the_same_votes(monkeypatch):
    votes = some_votes()
    near = contents(gathered(votes))

    monkeypatch.setattr(staging, "PARTICIPANT_SPAN", 1)
    monkeypatch.setattr(staging, "STATEMENT_SPAN", 1)

    assert contents(gathered(votes)) == near
    assert contents(gathered(pieces(votes, 77))) == near


def test_large_conversations_are_cut_by_people_and_by_votes():
    people = np.repeat(np.arange(70_000), 2)
    many = gathered((people, np.tile([1, 2], 70_000), np.ones_like(people)))
    few = np.repeat(np.arange(30), 100_000)
    busy = gathered((few, np.tile(np.arange(100_000), 30), np.ones_like(few)))

    assert [block.n_rows for block in many.blocks] == [23_333, 23_333, 23_334]
    assert [block.n_rows for block in busy.blocks] == [15, 15]


@pytest.mark.parametrize(
    ("n_statements", "kind"),
    [(256, np.uint8), (257, np.uint16), (65_536, np.uint16), (65_537, np.uint32)],
)
def test_statements_take_the_smallest_type_that_holds_them(n_statements, kind):
    seen = np.arange(n_statements)

    [block] = gathered((np.ones_like(seen), seen, np.ones_like(seen))).blocks

    assert block.statements.dtype == kind
    assert np.array_equal(block.statements, seen)
    assert (block.row_starts.dtype, block.choices.dtype) == (np.int32, np.int8)


@pytest.mark.parametrize("kind", ["i1", "u1", "i2", ">i4", "u4", "i8", ">u8"])
def test_any_integers_are_votes(kind):
    people, seen = np.array([3, 1, 2], kind), np.array([9, 9, 8], kind)

    votes = gathered((people, seen, np.array([1, 0, 1], kind)))

    assert triples(votes) == [(1, 9, 0), (2, 8, 1), (3, 9, 1)]
    assert votes.participant_ids.dtype == votes.statement_ids.dtype == np.int64


def test_ids_at_both_ends_of_64_bits_survive():
    people, seen = [BIG, -BIG - 1, 0, BIG - 1], [-BIG - 1, BIG, BIG, BIG - 1]

    votes = gathered((people, seen, [1, -1, 0, 1]))

    assert triples(votes) == sorted(zip(people, seen, [1, -1, 0, 1], strict=True))


@pytest.mark.parametrize("votes", [(), [], ([], [], []), [([], [], [])] * 3, iter([])])
def test_no_votes_make_one_block_of_no_rows(votes):
    empty = gathered(votes)

    assert (empty.n_participants, empty.n_statements, empty.n_votes) == (0, 0, 0)
    assert [block.row_starts.tolist() for block in empty.blocks] == [[0]]
    assert empty.map(lambda block: len(block.choices)) == [0]


def test_excluded_votes_do_not_exist():
    people, seen = [1, 1, 2, 3, 3, 3], [10, 11, 10, 10, 12, 12]

    votes = gathered(
        (people, seen, [1, 1, -1, 1, 0, 0]),
        excluded_participants=[3, 99],
        excluded_statements=[11],
    )

    assert triples(votes) == [(1, 10, 1), (2, 10, -1)]
    assert (votes.participant_ids.tolist(), votes.statement_ids.tolist()) == (
        [1, 2],
        [10],
    )


@pytest.mark.usefixtures("small_sizes")
def test_exclusions_are_the_same_as_not_handing_the_votes_in():
    people, seen, cast = some_votes()
    people_out, seen_out = np.arange(1_000, 1_060), {-39, 0, 50}
    kept = (people >= 1_060) & ~np.isin(seen, [*seen_out])

    votes = gathered(
        (people, seen, cast),
        excluded_participants=people_out,
        excluded_statements=seen_out,
    )

    assert contents(votes) == contents(gathered((people[kept], seen[kept], cast[kept])))


def test_everything_excluded_is_no_votes():
    votes = gathered(([1, 2], [3, 3], [1, 1]), excluded_statements=iter([3]))

    assert contents(votes) == contents(gathered(()))


def test_many_tiny_blocks_are_joined():
    votes = some_votes(n_votes=5_000)

    tiny = gathered(pieces(votes, 1))

    assert contents(tiny) == contents(gathered(votes))


def test_blocks_are_let_go_before_the_next_is_asked_for():
    votes, alive, seen = some_votes(), [], []

    def handed_over() -> Iterator[Triple]:
        for people, *others in pieces(votes, 500):
            own = [people.copy()]
            alive.append(weakref.ref(own[0]))
            yield own.pop(), *others
            seen.append(sum(array() is not None for array in alive))

    gathered(handed_over())

    assert seen == [0, 0, 0, 0]


@pytest.mark.usefixtures("small_sizes")
def test_one_buffer_may_serve_every_block():
    votes = some_votes()
    buffer = tuple(np.empty(100, column.dtype) for column in votes)

    def reused() -> Iterator[Triple]:
        for piece in pieces(votes, 100):
            for into, column in zip(buffer, piece, strict=True):
                into[:] = column
            yield buffer

    assert contents(gathered(reused())) == contents(gathered(votes))


def test_what_is_handed_in_is_not_changed():
    votes = some_votes()
    before = [column.copy() for column in votes]
    for column in votes:
        column.flags.writeable = False

    gathered(votes, excluded_participants=[1_000])
    gathered([votes])

    assert all(map(np.array_equal, votes, before))


def test_nobody_can_change_a_block():
    [block] = gathered(([1], [1], [1])).blocks

    with pytest.raises(ValueError, match="read-only"):
        block.choices[0] = -1
