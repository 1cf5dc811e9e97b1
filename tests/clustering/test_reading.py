"""Votes that cannot be are refused, naming the block, the element or the ids."""

from collections.abc import Iterator

import numpy as np
import pytest

from clustering.arrays import InvalidVotes
from clustering.votes import reading
from clustering.votes.executors import Inline, threads
from clustering.votes.gathering import gather

BIG = 2**63 - 1
WRONG = [
    (
        ([1, 2], [1], [1]),
        "Votes need equally long arrays: 2 participants, 1 statements, 1 choices.",
    ),
    (([1, 2], [1, 1], [1, 2]), "Vote 1: choice 2 is not -1, 0 or +1."),
    (([1], [1], [-128]), "Vote 0: choice -128 is not -1, 0 or +1."),
    (([1], [1], np.array([255], np.uint8)), "Vote 0: choice 255 is not -1, 0 or +1."),
    (([1], [1], [np.nan]), "choices must be integers, not float64."),
    (([1], [1], [True]), "choices must be integers, not bool."),
    (([1], [1], [None]), "choices must be integers, not object."),
    (([1.0], [1], [1]), "participants must be integers, not float64."),
    (([1], ["1"], [1]), "statements must be integers, not <U1."),
    (([[1]], [1], [1]), "participants must be one-dimensional, not 2."),
    (([1], 1, [1]), "statements must be one-dimensional, not 0."),
    (([[1], [1, 2]], [1], [1]), "participants must be one-dimensional."),
    (([BIG + 1], [1], [1]), "participants must fit into 64 bits with a sign."),
    (([1], [2**70], [1]), "statements must fit into 64 bits with a sign."),
    (([1, 1], [1, -BIG - 2], [1, 1]), "statements must fit into 64 bits with a sign."),
    (
        ([BIG + 1, -1], [1, 1], [1, 1]),
        "participants must fit into 64 bits with a sign.",
    ),
    (
        ([4, 5, 4], [9, 9, 9], [1, 1, -1]),
        "Participant 4 has more than one vote on statement 9.",
    ),
    (
        ([BIG, BIG], [-BIG, -BIG], [1, 1]),
        f"Participant {BIG} has more than one vote on statement {-BIG}.",
    ),
]
GOOD = ([1, 2], [1, 2], [1, -1])


def refusal(votes: object, **options: object) -> str:
    with pytest.raises(InvalidVotes) as refused:
        gather(votes, **{"executor": Inline()} | options)
    return str(refused.value)


@pytest.mark.parametrize(("votes", "sentence"), WRONG)
def test_bad_votes_are_refused_by_name(votes, sentence):
    assert refusal(votes) == sentence


@pytest.mark.parametrize(("votes", "sentence"), WRONG[:-2])
def test_bad_votes_in_a_block_are_refused_with_its_number(votes, sentence):
    assert refusal(iter([GOOD, ([], [], []), votes])) == f"Block 2: {sentence}"


@pytest.mark.parametrize("block", [[1, 2, 3], (1,), 5, None, ([1], [1]), "abcd"])
def test_what_is_no_block_is_refused_with_its_number(block):
    assert refusal(iter([GOOD, block])).startswith("Block 1: ")


@pytest.mark.parametrize("votes", [5, None])
def test_what_is_no_votes_at_all_is_refused(votes):
    assert refusal(votes).startswith("Votes must be participants, statements and ")


def test_three_blocks_are_not_taken_for_three_arrays():
    three = [([person], [9], [1]) for person in (1, 2, 3)]

    votes = gather(three, executor=Inline())

    assert votes.participant_ids.tolist() == [1, 2, 3]


def test_bad_exclusions_are_refused_by_name():
    assert refusal(GOOD, excluded_statements=[1.5]) == (
        "excluded_statements must be integers, not float64."
    )
    assert refusal(GOOD, excluded_participants=["x"]) == (
        "excluded_participants must be integers, not <U1."
    )


def test_choices_are_counted_on_across_chunks(monkeypatch):
    monkeypatch.setattr(reading, "CHUNK", 4)
    people, choices = np.arange(20), np.ones(20, dtype=np.int64)
    choices[17] = 3

    assert refusal((people, people, choices)) == (
        "Vote 17: choice 3 is not -1, 0 or +1."
    )
    assert refusal([GOOD, (people, people, choices)]) == (
        "Block 1: Vote 17: choice 3 is not -1, 0 or +1."
    )


def test_an_excluded_vote_must_still_be_a_choice():
    votes = [1, 2], [1, 1], [1, 7]

    sentence = refusal(votes, excluded_participants=[2])

    assert sentence == "Vote 1: choice 7 is not -1, 0 or +1."


def test_an_excluded_vote_may_be_repeated():
    votes = gather(
        ([1, 2, 2], [1, 1, 1], [1, 1, -1]),
        excluded_participants=[2],
        executor=Inline(),
    )

    assert votes.n_votes == 1


@pytest.mark.parametrize("chunk", [1, 3, 1000])
def test_the_first_pair_of_the_ids_is_named_whatever_the_order(monkeypatch, chunk):
    monkeypatch.setattr(reading, "CHUNK", chunk)
    people = np.array([8, 3, 3, 8, 3, 5, 3])
    seen = np.array([1, 7, 6, 1, 6, 1, 7])
    for seed in range(10):
        order = np.random.default_rng(seed).permutation(7)
        blocks = [(people[[i]], seen[[i]], [1]) for i in order]

        sentence = refusal(blocks, executor=threads())

        assert sentence == "Participant 3 has more than one vote on statement 6."


def test_the_first_refusal_counts_whoever_does_the_work(monkeypatch):
    monkeypatch.setattr(reading, "CHUNK", 2)
    blocks = [GOOD, ([1], [1], [5]), ([1], [1], [6]), ([1.5], [1], [1])]

    assert refusal(blocks) == refusal(blocks, executor=threads())
    assert refusal(blocks) == "Block 1: Vote 0: choice 5 is not -1, 0 or +1."


def test_nothing_is_read_after_a_refusal(monkeypatch):
    monkeypatch.setattr(reading, "CHUNK", 1)
    asked = []

    def blocks() -> Iterator[tuple[list[int], list[int], list[int]]]:
        for person in range(1_000):
            asked.append(person)
            yield [person], [1], [1 if person < 5 else 2]

    assert refusal(blocks()) == "Block 5: Vote 0: choice 2 is not -1, 0 or +1."
    assert asked == [*range(6)]


def test_what_a_generator_raises_is_not_hidden():
    def blocks() -> Iterator[object]:
        yield GOOD
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="^the disk is gone$"):
        gather(blocks(), executor=Inline())
