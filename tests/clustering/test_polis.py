"""`clustering.polis` by itself: refusals, small conversations, signs, and its quirks."""

import json
from typing import Any

import numpy as np
import pytest

from clustering import InvalidVotes
from clustering.polis import clusters, k_means, math_blob, pca, proportions
from clustering.polis import votes as matrices
from tests.synthetic import two_camps

VOTES = [1, 1, 2, 2], [10, 11, 10, 11], [1, -1, 1, 1]
MEMBERS = {
    "in-conv": [1, 2],
    "base-clusters": {"id": [0, 3], "members": [[1], [2]]},
    "group-clusters": [{"id": 0, "members": [0]}, {"id": 1, "members": [3]}],
}


def table(rows: list[list[int | None]]) -> list[list[int]]:
    """Votes of a table: participants by row, statements by column, None not seen."""
    cells = [(p, t, vote) for p, row in enumerate(rows) for t, vote in enumerate(row)]
    cast = [cell for cell in cells if cell[2] is not None]
    return [list(column) for column in zip(*cast, strict=True)]


def in_groups(*groups: list[int]) -> dict[str, Any]:
    """Memberships in which everybody is a base cluster of her own, with her id."""
    people = [person for group in groups for person in group]
    return {
        "in-conv": people,
        "base-clusters": {"id": people, "members": [[person] for person in people]},
        "group-clusters": [
            {"id": number, "members": group} for number, group in enumerate(groups)
        ],
    }


@pytest.mark.parametrize(
    ("votes", "sentence"),
    [
        (([1, 2], [1], [1, 1]), "2 participants, 1 statements, 2 choices"),
        (([7, 8, 7], [5, 5, 5], [1, 1, 0]), "Participant 7 .* on statement 5"),
        (([1, 2], [1, 1], [1, 2]), r"choices\[1\] is 2"),
        (([1, 2], [1, 1], [1.0, float("nan")]), r"choices\[1\] is nan"),
        (([1, 2.5], [1, 1], [1, 1]), r"participants\[1\] is 2.5"),
        (([1, 2], [1, 1], [1.0, 0.0]), r"choices\[0\] is 1.0"),
        (([1, 2], [1, 1], [1, None]), r"choices\[1\] is None"),
        (([1, 2], [1, 1], [True, False]), r"choices\[0\] is True"),
        (([1, 2], ["1", "2"], [1, 1]), r"statements\[0\] is '1'"),
        (([1, 2**64], [1, 1], [1, 1]), r"participants\[1\] is 18446744073709551616"),
        (([[1], [2]], [1, 1], [1, 1]), "participants must be one-dimensional, not 2"),
        (([[1], [2, 3]], [1, 1], [1, 1]), "participants must be a plain list"),
    ],
)
def test_blob_refuses_votes_by_name(votes, sentence):
    with pytest.raises(InvalidVotes, match=sentence):
        math_blob(*votes)


@pytest.mark.parametrize("name", ["moderated_out", "meta"])
def test_blob_refuses_moderation_by_name(name):
    with pytest.raises(InvalidVotes, match=rf"{name}\[1\] is 'x'"):
        math_blob(*VOTES, **{name: [10, "x"]})


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("in-conv", [1, 2, 9], "in-conv: participant 9 is unknown"),
        ("in-conv", [1, 2, 2], "in-conv: participant 2 is there twice"),
        ("in-conv", [1], "base-clusters: participant 2 is unknown"),
        ("in-conv", None, "in-conv must be one-dimensional"),
        ("base-clusters", {"id": [0, 3], "members": [[1], [9]]}, "participant 9"),
        ("base-clusters", {"id": [0, 3], "members": [[1], [1]]}, "participant 1 .* tw"),
        ("base-clusters", {"id": [0, 3], "members": [[1, 2], []]}, "3 has no members"),
        ("base-clusters", {"id": [3, 3], "members": [[1], [2]]}, "3 is the id of two"),
        ("base-clusters", {"id": [0, 3], "members": [[1, 2]]}, "2 ids for 1 lists"),
        ("base-clusters", {"id": [0], "members": [[1]]}, "participant 2 is in none"),
        ("base-clusters", {"members": [[1], [2]]}, "not those of a blob: 'id'"),
        ("group-clusters", [{"id": 0, "members": [0, 4]}], "base cluster 4 is unknown"),
        ("group-clusters", [{"id": 0, "members": [0]}], "base cluster 3 is in none"),
        ("group-clusters", [{"id": 0, "members": [0, 0.5]}], r"of 0\[1\] is 0.5"),
        ("group-clusters", [7], "not those of a blob"),
    ],
)
def test_blob_refuses_memberships_by_name(key, value, sentence):
    with pytest.raises(InvalidVotes, match=sentence):
        math_blob(*VOTES, memberships={**MEMBERS, key: value})


def test_blob_refuses_memberships_that_lack_a_key():
    with pytest.raises(InvalidVotes, match="not those of a blob: 'in-conv'"):
        math_blob(*VOTES, memberships={})


def test_blob_of_no_votes_is_empty():
    blob = math_blob([], [], [])

    assert (blob["n"], blob["n-cmts"], blob["math_tick"]) == (0, 0, 0)
    assert blob["zid"] is blob["lastVoteTimestamp"] is blob["lastModTimestamp"] is None
    assert blob["group-clusters"] == blob["in-conv"] == blob["tids"] == []
    assert blob["consensus"] == {"agree": [], "disagree": []}
    assert blob["repness"] == blob["comment-priorities"] == {}


@pytest.mark.parametrize(
    "rows",
    [
        [[1]],
        [[1, -1, 0]],
        [[1], [-1], [0], [1]],
        [[1, 1], [1, 1], [1, 1]],
        [[0, 0], [0, 0]],
        [[1, None], [None, -1]],
    ],
    ids=["one vote", "one person", "one statement", "all agree", "pass", "apart"],
)
def test_blob_of_a_conversation_without_two_positions_has_one_group(rows):
    blob = math_blob(*table(rows))

    assert blob["in-conv"] == list(range(len(rows)))
    assert blob["base-clusters"]["members"] == [blob["in-conv"]]
    assert blob["group-clusters"] == [{"id": 0, "members": [0], "center": [0.0, 0.0]}]
    assert "NaN" not in json.dumps(blob)


def test_quirk_8_one_column_projects_nothing():
    found = math_blob(*table([[1], [-1], [-1]]))["pca"]

    assert found["comps"] == [[1.0]]
    assert found["comment-projection"] == [[0.0], [0.0]]
    assert found["comment-extremity"] == [0.0]


def test_component_beyond_the_rank_is_zero():
    first, second = pca.components(np.array([[1.0, -3.0], [-1.0, 3.0], [3.0, -9.0]]))

    assert second.tolist() == [0.0, 0.0]
    assert first == pytest.approx(np.array([-1.0, 3.0]) / 10**0.5)


@pytest.mark.parametrize("moderation", [{}, {"moderated_out": [0, 99], "meta": [1]}])
def test_blob_is_plain_and_survives_json(moderation):
    blob = math_blob(*two_camps().votes, **moderation)

    # Of NumPy's numbers some are floats to JSON, too; their repr gives them away.
    assert repr(json.loads(json.dumps(blob, allow_nan=False))) == repr(blob)


def test_agree_is_minus_one_in_coordinates_and_itself_in_counts():
    rows = [[1, 1, 1]] * 3 + [[1, -1, 0]] * 3
    blob = math_blob(*table(rows), memberships=in_groups([0, 1, 2], [3, 4, 5]))

    assert blob["pca"]["center"] == [-1.0, 0.0, -0.5]
    assert blob["group-votes"]["0"]["votes"]["0"] == {"A": 3, "D": 0, "S": 3}
    assert blob["group-votes"]["1"]["votes"]["1"] == {"A": 0, "D": 3, "S": 3}
    assert blob["votes-base"]["2"]["A"] == [1, 1, 1, 0, 0, 0]
    assert blob["votes-base"]["2"]["S"] == [1] * 6


def test_statement_is_projected_like_somebody_who_only_agrees_with_it():
    people, statements, choices = map(list, two_camps().votes)
    lone = [*people, 999], [*statements, 5], [*choices, 1]

    blob = math_blob(*lone, memberships=in_groups([999]))

    place = [values[5] for values in blob["pca"]["comment-projection"]]
    assert blob["group-clusters"][0]["center"] == pytest.approx(place, abs=1e-12)


def test_blob_does_not_depend_on_the_order_of_votes():
    votes = np.array(two_camps().votes)
    order = np.random.default_rng(5).permutation(votes.shape[1])

    assert math_blob(*votes[:, order]) == math_blob(*votes)


def test_blob_depends_on_ids_by_their_order_only():
    people, statements, choices = two_camps().votes
    blob = math_blob(people, statements, choices)

    other = math_blob(people * 3 - 50, statements * 2 + 7, choices)

    assert other["in-conv"] == [person * 3 - 50 for person in blob["in-conv"]]
    for key in ("pca", "group-clusters"):
        assert other[key] == blob[key]


def test_memberships_of_a_cold_start_in_any_order_give_the_same_blob():
    votes = two_camps().votes
    cold = math_blob(*votes, meta=[3])
    base = {key: values[::-1] for key, values in cold["base-clusters"].items()}
    turned = {key: cold[key][::-1] for key in ("in-conv", "group-clusters")}

    again = math_blob(*votes, meta=[3], memberships={**turned, "base-clusters": base})

    assert again == cold


def test_cold_start_takes_more_groups_on_a_tie():
    one = k_means.k_means(np.zeros((1, 2)), np.ones(1), np.zeros((1, 2)), 0)
    two = k_means.k_means(np.eye(2), np.ones(2), np.eye(2), 0)

    assert clusters.best({2: (0.4, one), 3: (0.4, two), 4: (0.3, one)}) is two


def test_cold_start_finds_two_clear_camps():
    groups = math_blob(*two_camps().votes)["group-votes"].values()

    assert sorted(group["n-members"] for group in groups) == [40, 60]


@pytest.mark.parametrize(
    ("n_cast", "expected"),
    [
        ([7, 1, 3, 8] + [2] * 20, [0, 2, 3, *range(4, 16)]),
        ([7, 1, 8, 6] + [7] * 15, [0, 2, *range(4, 19)]),
        ([3, 1, 2] + [3] * 20, [0, *range(3, 23)]),
    ],
    ids=["filled up to fifteen", "seven votes", "all of three"],
)
def test_in_the_conversation_are_those_who_voted_enough(n_cast, expected):
    rows = [[1] * n + [None] * (max(n_cast) - n) for n in n_cast]

    votes = matrices.read(*table(rows), [], [])

    assert matrices.in_conv(votes).tolist() == expected


def test_rows_are_in_order_of_first_encounter_by_statement():
    votes = matrices.read([5, 3, 9, 3], [2, 2, 1, 1], [1, 1, 1, 1], [], [])

    assert (votes.pids.tolist(), votes.tids.tolist()) == ([3, 9, 5], [1, 2])


def test_quirk_2_moderated_out_columns_are_votes_of_everybody():
    world = two_camps()
    plain, moderated = (matrices.read(*world.votes, out, []) for out in ([], [4]))

    assert np.isnan(plain.rating[:, 4]).any()
    assert moderated.rating[:, 4].tolist() == [0.0] * 100
    assert moderated.n_votes.tolist() == plain.n_votes.tolist()
    assert np.array(pca.fit(moderated.rating).comps)[:, 4].tolist() == [0.0, 0.0]


def test_quirk_5_priorities_use_the_current_counts():
    blob = math_blob(*table([[1, -1]] * 4))

    # Nobody differs, so the extremity of both is 0.
    novelty = 1 + 8 * 2 ** (-4 / 5)
    assert blob["comment-priorities"] == pytest.approx(
        {"0": (5 / 6 * 5 / 6 * novelty) ** 2, "1": (5 / 6 * 1 / 6 * novelty) ** 2}
    )


def test_quirk_11_centers_are_compared_as_far_as_the_shorter_list_goes():
    points = np.array([[-0.001, 0.0], [0.9999, 0.0], [1.995, 0.0]])
    seeds = np.array([[0.0, 0.0], [2.0, 0.0], [50.0, 0.0]])

    found = k_means.k_means(points, np.array([1000.0, 0.001, 1.0]), seeds, 20)

    # One seed is lost; one step more, and the middle point would change sides.
    assert found.cluster_of.tolist() == [0, 0, 1]


def test_k_means_gives_a_tie_to_the_last_keeps_gaps_in_ids_and_weighs():
    points = np.array([[-1.0, 0.0], [0.0, 0.0], [1.0, 0.0]])
    seeds = np.array([[-1.0, 0.0], [50.0, 0.0], [1.0, 0.0]])

    found = k_means.k_means(points, np.array([1.0, 1.0, 3.0]), seeds, 0)

    assert (found.ids.tolist(), found.cluster_of.tolist()) == ([0, 2], [0, 1, 1])
    assert found.centers.tolist() == [[-1.0, 0.0], [0.75, 0.0]]


def test_quirk_14_repness_test_is_in_single_precision():
    blob = math_blob(*two_camps().votes)

    tests = [e["repness-test"] for group in blob["repness"].values() for e in group]
    assert len(tests) == 10
    assert tests == [float(np.float32(test)) for test in tests]


def test_quirk_15_two_full_shares_cannot_be_told_apart():
    assert proportions.two_shares_test(3, 3, 9, 9) == 0.0


def test_quirk_18_rejected_statements_have_consensus_and_priority():
    blob = math_blob(*two_camps().votes, moderated_out=[0], meta=[1])

    listed = [*blob["repness"].values(), *blob["consensus"].values()]
    assert {0, 1}.isdisjoint(entry["tid"] for entries in listed for entry in entries)
    assert blob["group-aware-consensus"]["0"] > 0.5
    assert 0.0 < blob["comment-priorities"]["0"] < 49.0
    assert blob["comment-priorities"]["1"] == 49.0
    assert (blob["mod-out"], blob["meta-tids"]) == ([0, 1], [1])
