"""What is asked of stored likenesses, and groups side by side."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deliberation.actions import folding
from deliberation.models import Likeness, Statement
from deliberation.queries import likeness, likeness_groups
from deliberation.tallies import Tally
from tests.factories import (
    THEN,
    ConversationFactory,
    LikenessFactory,
    StatementFactory,
    VoteFactory,
)

OPPOSITE, SAME = Likeness.Kind.OPPOSITE, Likeness.Kind.SAME


@pytest.fixture
def write(conversation):
    def written(number, group=None, **fields):
        return StatementFactory(
            conversation=conversation, number=number, likeness_group=group, **fields
        )

    return written


def near(one, other, score, kind=Likeness.Kind.SIMILAR):
    one, other = sorted((one, other), key=lambda row: row.pk)
    LikenessFactory(
        conversation=one.conversation, one=one, other=other, score=score, kind=kind
    )


def vote(statement, n, choice=1):
    VoteFactory.create_batch(
        n,
        conversation=statement.conversation,
        statement=statement,
        choice=choice,
    )


def test_similar_ones_come_from_both_sides_the_nearest_first(conversation, write):
    one, two, three, four = map(write, (1, 2, 3, 4))
    near(two, one, 0.5)
    near(two, three, 0.9, SAME)
    near(two, four, 0.99, OPPOSITE)

    found = likeness.similar_to(conversation, two, most=5)

    assert [(n.statement, n.score, n.kind) for n in found] == [
        (three, 0.9, "same"),
        (one, 0.5, "similar"),
    ]
    assert likeness.similar_to(conversation, two, most=1) == found[:1]


def test_opposites_are_told_apart_and_replaced_ones_left_out(conversation, write):
    one, two, gone = write(1), write(2), write(3, state="replaced")
    near(one, two, 0.8, OPPOSITE)
    near(one, gone, 0.9, OPPOSITE)

    found = likeness.opposites_of(conversation, one)

    assert [n.statement for n in found] == [two]
    assert likeness.similar_to(conversation, one, most=5) == []


def test_group_members_are_those_of_the_conversation_the_oldest_first(
    conversation, write
):
    rows = [write(number, group=2) for number in (5, 2)]
    StatementFactory(conversation=ConversationFactory(), likeness_group=2)

    assert list(likeness.group_members(conversation, 2)) == rows[::-1]


def test_groups_come_largest_first_and_those_that_are_done_on_demand(
    conversation, write
):
    [write(number, group=1) for number in (1, 2)]
    [write(number, group=3) for number in (3, 4, 5)]
    [write(number, group=6, state="rejected") for number in (6, 7)]
    write(8, group=8)

    waiting = likeness_groups.page(conversation, only_open=True, number=1)
    every = likeness_groups.page(conversation, only_open=False, number=1)

    assert [(group.number, group.n_open) for group in waiting] == [(3, 3), (1, 2)]
    assert [group.number for group in every] == [3, 1, 6]
    counts = likeness_groups.counts(conversation)
    assert counts == likeness_groups.GroupCounts(n_open=2, n_all=3)


def test_the_most_voted_accepted_one_is_proposed_to_lead(conversation, write):
    rows = [
        write(1, group=1),
        write(2, group=1),
        write(3, group=1, state="pending"),
        write(4, group=1, state="rejected"),
    ]
    for row, n in zip(rows, (1, 2, 5, 9), strict=True):
        vote(row, n)

    group = likeness_groups.group(conversation, 1)

    assert group.leader.statement == rows[1]
    assert group.leader.tally == Tally(2, 0, 0)


def test_the_oldest_is_proposed_where_none_is_accepted(conversation, write):
    rows = [write(number, group=1, state="pending") for number in (1, 2)]
    vote(rows[1], 3)

    assert likeness_groups.group(conversation, 1).leader.statement == rows[0]


def test_nobody_leads_where_all_are_rejected(conversation, write):
    [write(number, group=1, state="rejected") for number in (1, 2)]

    assert likeness_groups.group(conversation, 1).leader is None


def test_words_are_compared_with_those_of_the_leader(conversation, write):
    write(1, group=1, text="Cars must go.")
    write(2, group=1, text="All cars must go.")

    _leader, other = likeness_groups.group(conversation, 1).members

    marked = [(piece.kind, piece.text) for piece in other.pieces if piece.text.strip()]
    assert marked == [
        ("removed", "Cars"),
        ("added", "All cars"),
        ("same", " must go."),
    ]


def test_a_group_shows_those_that_may_deny_it_once(conversation, write):
    one, two, against = write(1, group=1), write(2, group=1), write(3)
    near(one, against, 0.7, OPPOSITE)
    near(two, against, 0.8, OPPOSITE)

    group = likeness_groups.group(conversation, 1)

    assert [member.statement for member in group.opposites] == [against]


def test_a_group_of_one_is_none(conversation, write):
    write(1, group=1)
    write(2, group=1, state=Statement.State.REPLACED)

    with pytest.raises(likeness_groups.NoSuchGroup):
        likeness_groups.group(conversation, 1)


def test_what_was_folded_is_listed_by_what_takes_it_back(
    conversation, write, moderator
):
    leader, one, two, three = (write(number, group=1) for number in (1, 2, 3, 4))
    given = {"conversation": conversation, "into": leader, "by": moderator}
    first = folding.fold(statements=[one, two], now=THEN, **given)
    second = folding.fold(statements=[three], now=THEN, **given)

    found = likeness_groups.foldings(likeness_groups.group(conversation, 1))

    assert [(each.batch, each.into, each.n) for each in found] == [
        (second.batch, 1, 1),
        (first.batch, 1, 2),
    ]


def n_queries(conversation):
    with CaptureQueriesContext(connection) as asked:
        likeness_groups.page(conversation, only_open=True, number=1)
    return len(asked)


def test_a_page_of_groups_costs_the_same_for_one_and_for_twenty(conversation, write):
    [write(number, group=1) for number in (1, 2)]
    n_one = n_queries(conversation)
    for group in range(10, 200, 10):
        members = [write(group + n, group=group) for n in range(3)]
        near(members[0], members[1], 0.6, OPPOSITE)
        vote(members[0], 1)

    assert n_queries(conversation) == n_one


def test_similar_ones_cost_one_query(conversation, write):
    one = write(1)
    for number in range(2, 12):
        near(one, write(number), 0.6)

    with CaptureQueriesContext(connection) as asked:
        likeness.similar_to(conversation, one, most=10)

    assert len(asked) == 1
