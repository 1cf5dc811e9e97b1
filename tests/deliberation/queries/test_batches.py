"""What was decided last: one's own to take back, that of colleagues as news."""

from datetime import timedelta

import pytest

from deliberation.models import Decision
from deliberation.queries import batches
from tests.factories import THEN, DecisionFactory, StatementFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture
def decide(conversation, by):
    def decide(number, **given):
        statement = StatementFactory(conversation=conversation, number=number)
        return DecisionFactory(**{"statement": statement, "decided_by": by} | given)

    return decide


def test_recent_tells_batches_newest_first(conversation, by, decide):
    decide(1, batch="one", kind="reject", reason="spam")
    decide(2, batch="two", kind="fold", reason="duplicate", other_number=9)
    decide(3, batch="two", kind="fold", reason="duplicate", other_number=9)

    two, one = batches.recent(conversation, by, THEN)

    assert (two.kind, two.number, two.n, two.other_number) == ("fold", 2, 2, 9)
    assert (one.kind, one.reason, one.number, one.n) == ("reject", "spam", 1, 1)


def test_recent_leaves_out_what_cannot_be_taken_back(conversation, by, decide):
    undone = decide(1)
    DecisionFactory(
        statement=undone.statement, decided_by=by, kind="undo", undoes=undone
    )
    decide(2, kind="reword")
    decide(3, decided_by=UserFactory())
    decide(4, decided_at=THEN - timedelta(days=2))
    DecisionFactory(decided_by=by)

    assert batches.recent(conversation, by, THEN) == []


def test_recent_tells_five(conversation, by, decide):
    for number in range(6):
        decide(number)

    found = [batch.number for batch in batches.recent(conversation, by, THEN)]
    assert found == [5, 4, 3, 2, 1]


def test_colleagues_decisions_are_news(conversation, by, decide):
    known = decide(1, decided_by=UserFactory())
    decide(2)
    news = decide(3, decided_by=UserFactory())
    DecisionFactory()

    found = batches.of_colleagues(conversation, known.pk, but=by)

    assert found == [news]
    assert batches.newest(conversation) == news.pk


def test_newest_of_none_is_nought(conversation):
    Decision.objects.all().delete()

    assert batches.newest(conversation) == 0
