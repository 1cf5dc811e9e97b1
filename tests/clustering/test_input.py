"""Votes that cannot be are refused by name; votes that are few are no error."""

import io

import numpy as np
import pytest

from clustering import Analysis, AnalysisSettings, InvalidVotes, analyse, archive

BIG = 2**63 - 1


@pytest.mark.parametrize(
    ("votes", "sentence"),
    [
        (
            ([1, 2], [1], [1]),
            "Votes need equally long arrays: 2 participants, 1 statements, 1 choices.",
        ),
        (([1, 2], [1, 1], [1, 2]), "Vote 1: choice 2 is not -1, 0 or +1."),
        (([1], [1], [-128]), "Vote 0: choice -128 is not -1, 0 or +1."),
        (
            ([4, 5, 4], [9, 9, 9], [1, 1, -1]),
            "Participant 4 has more than one vote on statement 9.",
        ),
        (([1], [1], [np.nan]), "choices must be integers, not float64."),
        (([1.0], [1], [1]), "participants must be integers, not float64."),
        (([1], ["1"], [1]), "statements must be integers, not <U1."),
        (([[1]], [1], [1]), "participants must be one-dimensional, not 2."),
        (([BIG + 1], [1], [1]), "participants must fit into 64 bits with a sign."),
    ],
)
def test_bad_votes_are_refused_by_name(votes, sentence):
    with pytest.raises(InvalidVotes) as refusal:
        analyse(*votes)

    assert str(refusal.value) == sentence


def test_bad_exclusions_are_refused_by_name():
    with pytest.raises(InvalidVotes, match="^excluded_statements must be integers"):
        analyse([1], [1], [1], excluded_statements=[1.5])


def test_no_votes_make_an_empty_analysis():
    analysis = analyse([], [], [])

    assert (len(analysis.participant_ids), analysis.n_columns) == (0, 0)
    assert (analysis.groups, analysis.representative) == ((), ())
    assert analysis.group_n_agree.shape == (0, 0)
    assert analysis.project([1], [1]) == (0.0, 0.0)
    assert Analysis.from_bytes(analysis.to_bytes()) == analysis


@pytest.mark.parametrize(
    "votes",
    [
        ([1], [1], [1]),
        ([1, 1, 1], [1, 2, 3], [1, 0, -1]),
        ([1, 2, 3], [1, 1, 1], [1, 1, 1]),
        ([1, 2, 3], [1, 2, 3], [0, 1, -1]),
    ],
    ids=["one vote", "one participant", "all equal", "no overlap"],
)
def test_votes_without_difference_make_one_group(votes):
    analysis = analyse(*votes)

    assert [(g.letter, g.size) for g in analysis.groups] == [("A", len({*votes[0]}))]
    assert analysis.positions.tolist() == [[0.0, 0.0]] * len({*votes[0]})
    assert analysis.representative == ((),)
    assert analysis.silhouettes == ()


def test_one_statement_tells_its_two_sides_apart():
    analysis = analyse([1, 2, 3], [5, 5, 5], [1, 1, -1])

    assert [(g.letter, g.size) for g in analysis.groups] == [("A", 2), ("B", 1)]
    assert analysis.group_of.tolist() == [0, 0, 1]


def test_only_neutral_statements_make_one_group():
    analysis = analyse([1, 2, 3], [5, 5, 5], [1, 1, -1], excluded_statements=[5])

    assert [(g.letter, g.size) for g in analysis.groups] == [("A", 3)]
    assert (analysis.n_agree.tolist(), analysis.majority.agree) == ([2], ())


def test_ids_near_the_end_of_64_bits_survive():
    analysis = analyse([BIG, -BIG - 1], [BIG - 1, BIG], [1, 1])

    restored = Analysis.from_bytes(analysis.to_bytes())

    assert restored.participant_ids.tolist() == [-BIG - 1, BIG]
    assert restored.statement_ids.tolist() == [BIG - 1, BIG]


def test_narrow_and_unsigned_integers_are_votes_too():
    people, statements = np.array([1, 2], np.uint16), np.array([3, 3], np.int32)

    narrow = analyse(people, statements, np.array([1, -1], np.int8))

    assert narrow == analyse([1, 2], [3, 3], [1, -1])


def one_array() -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, np.arange(3))
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"an apple", one_array(), archive.pack({"apples": np.arange(3)})],
    ids=["nothing", "text", "one array", "other arrays"],
)
def test_bytes_of_something_else_are_refused(data):
    with pytest.raises(ValueError, match="^These bytes are not a stored analysis.$"):
        Analysis.from_bytes(data)


def test_projecting_unequal_lengths_is_refused():
    with pytest.raises(InvalidVotes, match="^2 statements came with 1 choices.$"):
        analyse([1], [1], [1]).project([1, 2], [1])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("min_votes", 0),
        ("max_groups", 14),
        ("p_majority", 1.0),
        ("center_tolerance", 0),
    ],
)
def test_senseless_settings_are_refused(field, value):
    with pytest.raises(ValueError, match=f"^{field} must be "):
        AnalysisSettings(**{field: value})
