"""Votes that cannot be are refused by name; votes that are few are no error.

Warnings are errors in all tests, so none of what is analysed here gives one.
"""

import io

import numpy as np
import pytest

from clustering import Analysis, AnalysisSettings, InvalidVotes, analyse, archive
from clustering.findings import Finding
from tests.clustering.examining import is_finite

BIG = 2**63 - 1
TWENTY_ON_TWELVE = np.repeat(np.arange(20), 12), np.tile(np.arange(12), 20)


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
        (([np.nan], [1], [1]), "participants must be integers, not float64."),
        (([1.0], [1], [1]), "participants must be integers, not float64."),
        (([1], ["1"], [1]), "statements must be integers, not <U1."),
        (([[1]], [1], [1]), "participants must be one-dimensional, not 2."),
        (([BIG + 1], [1], [1]), "participants must fit into 64 bits with a sign."),
        (([1], [-BIG - 2], [1]), "statements must fit into 64 bits with a sign."),
    ],
)
def test_bad_votes_are_refused_by_name(votes, sentence):
    with pytest.raises(InvalidVotes) as refusal:
        analyse(*votes)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        (([1, 2], [1, 1], [1, 2]), "Block 1: Vote 1: choice 2 is not -1, 0 or +1."),
        (([1], [1], [np.nan]), "Block 1: choices must be integers, not float64."),
        (([8], [9], [1]), "Participant 8 has more than one vote on statement 9."),
    ],
)
def test_bad_blocks_are_refused_by_name(block, sentence):
    blocks = iter([([8], [9], [-1]), block])

    with pytest.raises(InvalidVotes) as refusal:
        analyse(blocks)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize("name", ["excluded_statements", "excluded_participants"])
def test_bad_exclusions_are_refused_by_name(name):
    with pytest.raises(InvalidVotes, match=f"^{name} must be integers"):
        analyse([1], [1], [1], **{name: [1.5]})


@pytest.mark.parametrize("votes", [([], [], []), (iter([]),)], ids=["arrays", "blocks"])
def test_no_votes_make_an_empty_analysis(votes):
    analysis = analyse(*votes)

    assert analysis.finding == Finding.TOO_FEW
    assert (len(analysis.participant_ids), len(analysis.statement_ids)) == (0, 0)
    assert (analysis.groups, analysis.representative) == ((), ())
    assert analysis.n_agree.shape == (0, 0)
    assert len(analysis.base_clusters.sizes) == 0
    assert analysis.project([1], [1]) == (0.0, 0.0)
    assert is_finite(analysis)


@pytest.mark.parametrize(
    ("votes", "n_placed"),
    [
        (([1], [1], [1]), 1),
        (([1, 1, 1], [1, 2, 3], [1, 0, -1]), 0),
        ((np.full(9, 5), np.arange(9), np.ones(9, int)), 1),
        ((np.arange(50), np.arange(50) % 10, np.ones(50, int)), 0),
        (([1, 2, 3], [1, 2, 3], [0, 1, -1]), 0),
        ((*TWENTY_ON_TWELVE, np.zeros(240, int)), 0),
    ],
    ids=["one vote", "a pass", "one person", "few votes", "no overlap", "all passed"],
)
def test_too_few_votes_say_so(votes, n_placed):
    analysis = analyse(*votes)

    assert analysis.finding == Finding.TOO_FEW
    assert analysis.is_placed.sum() == n_placed
    assert (analysis.groups, analysis.candidates) == ((), ())
    assert (analysis.group_of == -1).all()
    assert is_finite(analysis)


def test_votes_that_are_all_equal_make_one_group():
    analysis = analyse(*TWENTY_ON_TWELVE, np.ones(240, int))

    assert analysis.finding == Finding.ONE_GROUP
    assert [(g.letter, g.size) for g in analysis.groups] == [("A", 20)]
    assert analysis.positions.tolist() == [[0.0, 0.0]] * 20
    assert analysis.representative == ((),)
    assert is_finite(analysis)


def test_one_statement_is_no_ground_for_groups():
    analysis = analyse(range(40), [3] * 40, [1, -1] * 20)

    assert analysis.finding == Finding.ONE_GROUP
    assert (analysis.n_agree.tolist(), analysis.n_disagree.tolist()) == ([[20]], [[20]])
    assert is_finite(analysis)


def test_nothing_but_meta_statements_is_counted_and_not_grouped():
    choices = np.tile([1, -1, 0], 80)

    analysis = analyse(*TWENTY_ON_TWELVE, choices, meta_statements=range(12))

    assert analysis.finding == Finding.TOO_FEW
    assert analysis.overall_n_agree.sum() == 80
    assert not analysis.loadings.any()
    assert analysis.majority.agree == analysis.majority.disagree == ()
    assert is_finite(analysis)


def test_nothing_left_is_no_votes():
    votes = *TWENTY_ON_TWELVE, np.ones(240, int)

    assert analyse(*votes, excluded_statements=range(12)) == analyse([], [], [])


def test_ids_near_the_end_of_64_bits_survive():
    analysis = analyse([BIG, -BIG - 1], [BIG - 1, BIG], [1, 1])

    restored = Analysis.from_bytes(analysis.to_bytes())

    assert restored.participant_ids.tolist() == [-BIG - 1, BIG]
    assert restored.statement_ids.tolist() == [BIG - 1, BIG]
    assert is_finite(analysis)


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


@pytest.mark.parametrize(
    ("votes", "sentence"),
    [
        (([1, 2], [1]), "2 statements came with 1 choices."),
        (([1, 2], [1, -128]), "Vote 1: choice -128 is not -1, 0 or +1."),
        (([1, 2], [1, np.nan]), "choices must be integers, not float64."),
        (([1.5], [1]), "statements must be integers, not float64."),
        (([7, 8, 7], [1, 1, -1]), "There is more than one vote on statement 7."),
    ],
)
def test_bad_votes_are_not_put_on_the_map(votes, sentence):
    with pytest.raises(InvalidVotes) as refusal:
        analyse([1], [1], [1]).project(*votes)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("seed", -1),
        ("min_votes", 0),
        ("max_groups", 0),
        ("max_groups", 14),
        ("sample_size", 99),
        ("min_group_share", 1.0),
        ("p_majority", 1.0),
        ("p_resampled", 0.0),
        ("min_found_again", 1.1),
        ("min_beyond_readiness", float("nan")),
        ("prior_votes", 0.0),
        ("position_votes", -1.0),
    ],
)
def test_senseless_settings_are_refused(field, value):
    with pytest.raises(ValueError, match=f"^{field} must be "):
        AnalysisSettings(**{field: value})
