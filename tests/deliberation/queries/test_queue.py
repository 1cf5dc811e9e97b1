"""What the queue holds, in what order, and what it tells of each statement."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deliberation.queries import queue, queue_rows
from deliberation.queries.queue import Filters
from tests.factories import (
    THEN,
    AppealFactory,
    DecisionFactory,
    LikenessFactory,
    ParticipantFactory,
    StatementFactory,
    UserFactory,
    VoteFactory,
)

pytestmark = pytest.mark.django_db


def numbers(conversation, now=THEN, **asked):
    page = queue.page(conversation, Filters(**{"state": "all"} | asked), 1, now)
    return [row.statement.number for row in page]


@pytest.fixture
def write(conversation):
    def write(number, **given):
        return StatementFactory(conversation=conversation, number=number, **given)

    return write


# --- Filters -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("pending", [1, 5]),
        ("accepted", [2]),
        ("rejected", [3]),
        ("replaced", [4]),
        ("flagged", [5]),
        ("all", [1, 2, 3, 4, 5]),
    ],
)
def test_queue_holds_one_state_of_one_conversation(conversation, write, state, found):
    for number, its in enumerate(("pending", "accepted", "rejected", "replaced"), 1):
        write(number, state=its)
    write(5, state="pending", flagged_at=THEN, flagged_by=UserFactory())
    StatementFactory(number=6, state=state if state in its else "pending")

    assert numbers(conversation, state=state) == found


def test_queue_is_of_one_language(conversation, write):
    write(1, language="es")
    write(2, language="en")

    assert numbers(conversation, language="es") == [1]
    assert queue.languages(conversation) == ["en", "es"]


def test_queue_is_of_an_author_without_a_name(conversation, write):
    author = ParticipantFactory(conversation=conversation)
    write(1, author=author)
    write(2, author=author)
    write(3, author=ParticipantFactory(conversation=conversation))
    write(4, author=None)

    assert numbers(conversation, author_of=2) == [1, 2]
    assert numbers(conversation, author_of=4) == []
    assert numbers(conversation, author_of=99) == []


def test_queue_is_of_what_is_similar_but_not_of_opposites(conversation, write):
    one, near, far = write(1), write(2), write(3)
    given = {"conversation": conversation, "one": one}
    LikenessFactory(other=near, kind="similar", **given)
    LikenessFactory(other=far, kind="opposite", **given)

    assert numbers(conversation, similar_to=1) == [2]
    assert numbers(conversation, similar_to=99) == []


def test_queue_is_of_a_group(conversation, write):
    write(1, likeness_group=1)
    write(2, likeness_group=1)
    write(3)

    assert numbers(conversation, group=1) == [1, 2]


@pytest.mark.parametrize(
    ("waits", "found"), [("1h", [1, 2]), ("1d", [1]), ("3d", []), ("7d", [])]
)
def test_queue_is_of_what_has_waited(conversation, write, waits, found):
    write(1, created_at=THEN - timedelta(days=2))
    write(2, created_at=THEN - timedelta(hours=1))
    write(3, created_at=THEN)

    assert numbers(conversation, waits=waits) == found


def test_queue_is_of_a_reason(conversation, write):
    write(1, state="rejected", reason="spam")
    write(2, state="rejected", reason="unclear")

    assert numbers(conversation, reason="spam") == [1]


def test_queue_is_of_what_has_votes_or_none(conversation, write):
    VoteFactory(conversation=conversation, statement=write(1))
    write(2)

    assert numbers(conversation, votes="some") == [1]
    assert numbers(conversation, votes="none") == [2]


def test_queue_is_of_seeds_or_of_others(conversation, write):
    write(1, is_seed=True)
    write(2)

    assert numbers(conversation, seed="yes") == [1]
    assert numbers(conversation, seed="no") == [2]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("The AI must protect privacy.", "PRIVACY protect"),
        ("La IA debe proteger la educación.", "educacion"),
        ("Il faut être prêt.", "PRET etre"),
        ("Die Straße ist frei.", "strasse"),
        ("يجب أن يُحافِظ", "يحافظ"),
        ("AI는 정직해야 한다.", "정직"),
        ("एआई को ईमानदार होना चाहिए", "ईमानदार"),
        ("AIは正直であるべきだ", "正直"),
        ("ШІ має бути чесним", "ЧЕСНИМ"),
        ("Half a word is enough", "hal wor"),
    ],
)
def test_search_finds_all_words_in_any_order_and_script(
    conversation, write, text, asked
):
    write(1, text=text)
    write(2, text="Something else entirely")

    assert numbers(conversation, words=asked) == [1]


def test_search_wants_every_word(conversation, write):
    write(1, text="Protect the privacy of children.")

    assert numbers(conversation, words="privacy adults") == []


def test_filters_hold_together(conversation, write):
    write(1, text="Be kind.", language="en")
    write(2, text="Be kind.", language="es")
    write(3, text="Be quick.", language="en")

    assert numbers(conversation, words="kind", language="en") == [1]


# --- Order ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("oldest", [1, 2, 3, 4, 5]),
        ("newest", [5, 4, 3, 2, 1]),
        ("alike", [2, 4, 5, 1, 3]),
        ("votes", [3, 1, 2, 4, 5]),
        ("author", [2, 1, 3, 4, 5]),
    ],
)
def test_queue_has_an_order(conversation, write, sort, found):
    reader = ParticipantFactory(conversation=conversation)
    groups = {1: None, 2: 2, 3: 1, 4: 2, 5: 2}
    rows = {
        number: write(
            number, likeness_group=group, author=reader if number == 2 else None
        )
        for number, group in groups.items()
    }
    VoteFactory(conversation=conversation, statement=rows[3], participant=reader)
    VoteFactory(conversation=conversation, statement=rows[3])
    VoteFactory(conversation=conversation, statement=rows[1], participant=reader)
    if sort == "alike":
        rows[3].likeness_group = None
        rows[3].save()

    assert numbers(conversation, sort=sort) == found


def test_page_holds_forty(conversation):
    StatementFactory.create_batch(41, conversation=conversation, state="pending")

    first = queue.page(conversation, Filters(), 1, THEN)
    last = queue.page(conversation, Filters(), "99", THEN)

    assert (len(first), first.paginator.count, len(last)) == (40, 41, 1)


# --- Rows ----------------------------------------------------------------------------


def row_of(conversation, statement):
    (row,) = queue_rows.rows(conversation, [statement.pk])
    return row


def test_row_counts_votes_of_the_statement_and_of_its_author(conversation, write):
    author = ParticipantFactory(conversation=conversation)
    statement, _other = write(1, author=author), write(2, author=author)
    VoteFactory(conversation=conversation, participant=author, statement=statement)
    VoteFactory(conversation=conversation, participant=author)
    VoteFactory(conversation=conversation, statement=statement)

    found = row_of(conversation, statement).statement

    assert (found.n_votes, found.n_author_votes, found.n_author_statements) == (2, 2, 2)


def test_row_tells_how_many_say_nearly_the_same(conversation, write):
    one = write(1, state="pending", likeness_group=1)
    write(2, state="pending", likeness_group=1)
    write(3, state="accepted", likeness_group=1)

    row = row_of(conversation, one)

    assert (row.n_alike, row.n_others, row.n_to_fold) == (3, 2, 1)


def test_row_of_one_alone_has_no_group(conversation, write):
    row = row_of(conversation, write(1))

    assert (row.n_alike, row.n_others, row.n_to_fold) == (0, 0, 0)


def test_row_warns_of_opposites(conversation, write):
    one, other = write(1), write(2)
    LikenessFactory(conversation=conversation, one=one, other=other, kind="opposite")

    (near,) = row_of(conversation, one).opposites

    assert near.statement == other


def test_row_tells_the_last_decision_and_what_became_of_it(conversation, write):
    one = write(1, state="replaced")
    DecisionFactory(statement=one)
    last = DecisionFactory(statement=one, kind="reword")
    write(7, predecessor=one, lineage="split")
    write(5, predecessor=one, lineage="split")

    row = row_of(conversation, one)

    assert (row.last, row.successors) == (last, [5, 7])


def test_rows_cost_the_same_whatever_their_number(conversation):
    author = ParticipantFactory(conversation=conversation)
    rows = StatementFactory.create_batch(
        3, conversation=conversation, author=author, likeness_group=1
    )
    for row in rows:
        AppealFactory(decision=DecisionFactory(statement=row))

    with CaptureQueriesContext(connection) as one:
        queue_rows.rows(conversation, [rows[0].pk])
    with CaptureQueriesContext(connection) as three:
        queue_rows.rows(conversation, [row.pk for row in rows])

    assert (len(one), len(three)) == (5, 5)
