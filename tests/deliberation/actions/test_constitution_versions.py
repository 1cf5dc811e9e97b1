"""Wording and ordering a draft, and publishing it for good."""

import json

import pytest

from deliberation import queries
from deliberation.actions import constitutions
from deliberation.actions.constitutions import Direction
from deliberation.models import (
    AuditEvent,
    ConstitutionVersion,
    Provenance,
    Statement,
)
from deliberation.queries.constitutions import NoSuchPrinciple
from tests.deliberation.judgements import analysed, judged
from tests.factories import (
    THEN,
    ConversationFactory,
    StatementFactory,
    UserFactory,
    VoteFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory(username="mira")


@pytest.fixture
def three(conversation):
    """A draft of three principles, by number of their statement."""
    run = analysed(conversation, A=10, B=6)
    for number in (1, 2, 3):
        judged(run, number, A=(9, 0, 0), B=(6, 0, 0))
    return queries.constitutions.principles(draft(conversation))


def draft(conversation):
    return constitutions.draft_from_consensus(
        conversation=conversation, threshold=0.6, max_principles=None, by=None
    )


def texts(conversation):
    version = queries.constitutions.draft(conversation)
    return [view.text for view in queries.constitutions.principle_views(version)]


# --- Wording and order -----------------------------------------------------------------------


def last_event():
    event = AuditEvent.objects.order_by("-id").first()
    return event.action, event.by_name


def test_reword_keeps_the_source(conversation, three, by):
    constitutions.reword(principle=three[0], text="Another wording.", by=by)

    assert texts(conversation) == ["Another wording.", "Statement 2.", "Statement 3."]
    assert three[0].provenance.get().text == "Statement 1."
    assert last_event() == ("constitutions.reword", "mira")


def test_reword_to_the_same_is_no_change(three, by):
    n_events = AuditEvent.objects.count()

    constitutions.reword(principle=three[0], text=three[0].text, by=by)

    assert AuditEvent.objects.count() == n_events


@pytest.mark.parametrize(
    ("which", "direction", "order"),
    [
        (1, Direction.UP, ["2", "1", "3"]),
        (1, Direction.DOWN, ["1", "3", "2"]),
        (0, Direction.DOWN, ["2", "1", "3"]),
    ],
)
def test_move_changes_places(conversation, three, by, which, direction, order):
    constitutions.move(principle=three[which], direction=direction, by=by)

    assert texts(conversation) == [f"Statement {number}." for number in order]
    assert last_event() == ("constitutions.move", "mira")


@pytest.mark.parametrize(
    ("which", "direction"), [(0, Direction.UP), (2, Direction.DOWN)]
)
def test_move_stops_at_the_edge(three, by, which, direction):
    n_events = AuditEvent.objects.count()

    with pytest.raises(constitutions.AtTheEdge):
        constitutions.move(principle=three[which], direction=direction, by=by)

    assert AuditEvent.objects.count() == n_events


def test_withdraw_closes_the_gap_for_readers(conversation, three, by):
    constitutions.withdraw(principle=three[1], by=by)
    constitutions.move(principle=three[2], direction=Direction.UP, by=by)

    assert texts(conversation) == ["Statement 3.", "Statement 1."]
    (event,) = AuditEvent.objects.filter(action="constitutions.withdraw")
    assert event.details == {"text": "Statement 2.", "statements": [2]}


def test_withdrawn_principle_cannot_be_changed(three, by):
    constitutions.withdraw(principle=three[0], by=by)

    with pytest.raises(NoSuchPrinciple):
        constitutions.reword(principle=three[0], text="Too late.", by=by)


# --- Publishing --------------------------------------------------------------------------------


def publish(conversation, by):
    return constitutions.publish(conversation=conversation, by=by, now=THEN)


def test_publish_freezes_the_draft_with_its_digest(conversation, three, by):
    version = publish(conversation, by)

    stored = queries.constitutions.version(conversation, 1)
    assert (version.number, stored.published_at, stored.published_by) == (1, THEN, by)
    written = json.loads(queries.constitutions.written(stored, "json"))
    assert written["digest"] == stored.digest
    assert queries.constitutions.draft(conversation) is None
    event = AuditEvent.objects.order_by("-id").first()
    assert (event.action, event.target, event.details) == (
        "constitutions.publish",
        "version 1",
        {"digest": stored.digest},
    )


def test_published_principle_cannot_be_changed(conversation, three, by):
    publish(conversation, by)

    for refused_action in (
        lambda: constitutions.reword(principle=three[0], text="No.", by=by),
        lambda: constitutions.move(principle=three[0], direction="down", by=by),
        lambda: constitutions.withdraw(principle=three[0], by=by),
    ):
        with pytest.raises(NoSuchPrinciple):
            refused_action()


def test_document_of_a_version_outlives_a_new_question(conversation, three, by):
    publish(conversation, by)
    before = queries.constitutions.written(
        queries.constitutions.version(conversation, 1), "json"
    )

    conversation.question = "Something else?"
    conversation.save()

    version = queries.constitutions.version(conversation, 1)
    assert queries.constitutions.written(version, "json") == before


def test_second_version_has_the_next_number(conversation, three, by):
    publish(conversation, by)
    draft(conversation)

    assert publish(conversation, by).number == 2
    numbers = ConstitutionVersion.objects.order_by("id").values_list("number")
    assert list(numbers) == [(1,), (2,)]


def test_publish_without_a_draft_is_refused(by):
    with pytest.raises(constitutions.NoDraft):
        publish(ConversationFactory(), by)


def test_publish_of_an_empty_draft_is_refused(conversation, three, by):
    for principle in three:
        constitutions.withdraw(principle=principle, by=by)

    with pytest.raises(constitutions.NoDraft):
        publish(conversation, by)

    assert queries.constitutions.latest_version(conversation) is None


def test_a_draft_keeps_where_the_words_come_from(conversation):
    old = StatementFactory(conversation=conversation, number=51, text="Be honest, ok?")
    VoteFactory(conversation=conversation, statement=old)
    Statement.objects.filter(pk=old.pk).update(state="replaced")
    run = analysed(conversation, A=10, B=6)
    made = judged(run, 1, A=(9, 0, 1), B=(6, 0, 0)).statement
    Statement.objects.filter(pk=made.pk).update(predecessor=old, lineage="reword")
    judged(run, 2, A=(9, 0, 1), B=(5, 1, 0))

    version = draft(conversation)

    kept = Provenance.objects.filter(principle__version=version)
    assert dict(kept.values_list("statement_number", "lineage")) == {
        1: [{"number": 51, "lineage": "reword", "text": "Be honest, ok?"}],
        2: None,
    }
    (first, second) = queries.constitutions.document(version).principles
    assert [step.statement_number for step in first.sources[0].lineage] == [51]
    assert second.sources[0].lineage == ()
