"""All statements compared with each other: pairs, and groups without chains."""

import random

import numpy as np
import pytest

from deliberation.similarity import Index, Kind, comparison, fingerprints, groups
from tests.deliberation.similarity import labels

FILLING = [
    "Buses should run at night.",
    "Schools need gardens.",
    "The museum costs too much.",
    "More trees in the old town.",
    "Dogs must be on a lead in the park.",
]


def compare(*texts, language="en"):
    made = fingerprints((text, language) for text in texts)
    return comparison.compare(enumerate(made))


def kinds(found):
    return {(pair.one, pair.other): pair.kind for pair in found.pairs}


def test_nothing_is_like_nothing():
    assert comparison.compare([]) == comparison.Compared([], [])
    assert compare("", "!", "?") == comparison.Compared([], [])
    assert compare("Cars must go.") == comparison.Compared([], [])


def test_the_same_words_are_one_group_in_any_language():
    found = compare("Ĉu ni povas?", "ĉu ni povas", "Ne!", language="eo")

    assert found.groups == [[0, 1]]
    assert kinds(found) == {(0, 1): Kind.SAME}


def test_near_ones_and_opposite_ones_are_told_apart():
    found = compare(
        "The city should close the old bridge.",
        "The city should close the old bridge soon.",
        "The city should not close the old bridge.",
        *FILLING,
    )

    assert found.groups == [[0, 1]]
    assert kinds(found)[0, 1] in (Kind.SAME, Kind.SIMILAR)
    assert kinds(found)[0, 2] == kinds(found)[1, 2] == Kind.OPPOSITE


def test_different_numbers_are_never_one_group():
    found = compare("Close the bridge for 2 years.", "Close the bridge for 3 years.")

    assert found.groups == []
    assert kinds(found) == {(0, 1): Kind.OPPOSITE}


def test_in_a_language_whose_no_is_not_known_nothing_is_said_to_be_near():
    found = compare("Ni volas la ponton.", "Ni ne volas la ponton.", language="eo")

    assert found == comparison.Compared([], [])


def test_without_a_language_model_words_alone_are_compared():
    texts = [
        "The city should close the old bridge.",
        "The city should close the very old bridge.",
        *FILLING,
    ]
    made = fingerprints((text, "en") for text in texts)
    bare = [one._replace(vector=b"") for one in made]

    found = comparison.compare(enumerate(bare))

    assert [(pair.one, pair.other) for pair in found.pairs] == [(0, 1)]


# --- Groups ----------------------------------------------------------------------------


def grouped(scores, opposite=()):
    def score(one, other):
        return scores.get((min(one, other), max(one, other)), 0.0)

    def may_agree(one, other):
        return (min(one, other), max(one, other)) not in opposite

    near = {pair: value for pair, value in scores.items() if pair not in opposite}
    return groups.grouped(near, score, may_agree)


def test_a_chain_of_ideas_is_not_one_group():
    assert grouped({(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.5}) == [[0, 1]]


def test_where_every_two_are_near_they_are_one_group():
    assert grouped({(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.7}) == [[0, 1, 2]]


def test_no_two_of_a_group_may_deny_each_other():
    scores = {(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.95}

    assert grouped(scores, opposite={(0, 2)}) == [[0, 1]]


def test_a_group_has_no_more_wordings_than_can_be_read(monkeypatch):
    monkeypatch.setattr(groups, "MOST_WORDINGS", 2)

    assert grouped({(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.7}) == [[0, 1]]


# --- A real conversation ---------------------------------------------------------------

on_a_real_one = pytest.mark.skipif(
    not labels.COMMENTS.exists(), reason="no shared data: set FOLKMOOT_SHARED_DATA"
)


@pytest.fixture(scope="module")
def prints():
    return labels.printed()


@pytest.fixture(scope="module")
def found(prints):
    return comparison.compare(prints.items())


@on_a_real_one
def test_pairs_score_what_they_score_one_by_one(prints, found):
    index = Index(sorted(prints.items()))
    near = [pair for pair in found.pairs if pair.kind is Kind.SIMILAR][::40]

    for pair in near:
        matches = index.similar_to(prints[pair.one], 40, {pair.one})
        scores = {match.key: match.score for match in matches}
        # No wording is offered twice, so another copy may stand for it.
        if pair.other in scores:
            assert np.isclose(scores[pair.other], pair.score, atol=1e-3)


@on_a_real_one
def test_the_order_of_the_rows_changes_nothing(prints, found):
    shuffled = list(prints.items())
    random.Random(1).shuffle(shuffled)

    assert comparison.compare(shuffled) == found


@on_a_real_one
def test_no_group_holds_opposites(found):
    group_of = {key: at for at, group in enumerate(found.groups) for key in group}
    marked = [pair for part in labels.PARTS for pair in labels.read(part).opposites]
    told = [(p.one, p.other) for p in found.pairs if p.kind is Kind.OPPOSITE]

    together = [
        (one, other)
        for one, other in [*marked, *told]
        if one in group_of and group_of[one] == group_of.get(other)
    ]

    assert together == []


@on_a_real_one
@pytest.mark.parametrize("part", labels.PARTS)
def test_groups_hold_one_meaning_but_for_few(found, part):
    pure, n = labels.pure_groups(found.groups, part)

    assert pure >= 0.85 * n
    assert n >= 40


@on_a_real_one
def test_each_statement_has_a_handful_of_rows(prints, found):
    assert len(found.pairs) < 6 * len(prints)
