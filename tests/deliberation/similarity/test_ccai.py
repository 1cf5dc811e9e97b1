"""Hints on a real conversation, held to what a reader marked."""

import pytest

from deliberation.similarity import Fingerprint, Index
from tests.deliberation.similarity import labels

pytestmark = pytest.mark.skipif(
    not labels.COMMENTS.exists(), reason="no shared data: set FOLKMOOT_SHARED_DATA"
)


@pytest.fixture(scope="module")
def prints() -> dict[int, Fingerprint]:
    return labels.printed()


@pytest.fixture(scope="module")
def index(prints: dict[int, Fingerprint]) -> Index[int]:
    return Index(prints.items())


def missed(index, prints, queries):
    return [
        query.statement
        for query in queries
        if not query.wanted
        & {match.key for match in labels.offered(index, prints, query)}
    ]


@pytest.mark.parametrize("part", labels.PARTS)
def test_every_trivially_changed_statement_is_offered(index, prints, part):
    assert missed(index, prints, labels.read(part).trivial) == []


@pytest.mark.parametrize("part", labels.PARTS)
def test_half_of_the_paraphrases_are_among_three(index, prints, part):
    queries = labels.read(part).paraphrases

    assert len(missed(index, prints, queries)) <= len(queries) / 2


@pytest.mark.parametrize("part", labels.PARTS)
def test_a_fifth_at_most_of_what_stands_alone_gets_an_offer(index, prints, part):
    queries = labels.read(part).alone

    disturbed = [query for query in queries if labels.offered(index, prints, query)]

    assert len(disturbed) <= len(queries) / 5


@pytest.mark.parametrize("part", labels.PARTS)
def test_no_opposite_is_offered_however_many_are_asked_for(index, prints, part):
    offered = [
        (one, other)
        for one, other in labels.read(part).opposites
        if other in {match.key for match in index.similar_to(prints[one], most=50)}
    ]

    assert offered == []


def test_the_lists_are_as_long_as_promised():
    halves = [labels.read(part) for part in labels.PARTS]

    assert sum(len(half.trivial) + len(half.paraphrases) for half in halves) >= 150
    assert sum(len(half.alone) for half in halves) >= 150
