"""Decisions of moderators: each with its audit event, none half-done."""

import pytest

from deliberation.actions import moderation
from deliberation.models import AuditEvent
from tests.factories import (
    THEN,
    ConversationFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

LATER = THEN.replace(year=2027)


@pytest.fixture
def by():
    return UserFactory(username="mira")


def events():
    fields = ("action", "by_name", "target", "details")
    return list(AuditEvent.objects.order_by("id").values_list(*fields))


def revision(conversation):
    conversation.refresh_from_db()
    return conversation.moderation_revision


def accept(statement, *, by, now):
    return moderation.accept(
        conversation=statement.conversation, statements=[statement], by=by, now=now
    )


def reject(statement, reason, note, *, by):
    return moderation.reject(
        conversation=statement.conversation,
        statements=[statement],
        reason=reason,
        note=note,
        by=by,
        now=THEN,
    )


# --- Accept and reject -----------------------------------------------------------------


def test_accept_shows_a_pending_statement(by):
    statement = StatementFactory(state="pending", number=7)

    outcome = accept(statement, by=by, now=THEN)

    statement.refresh_from_db()
    assert [made.statement for made in outcome.decisions] == [statement]
    assert (statement.state, statement.decided_by, statement.decided_at) == (
        "accepted",
        by,
        THEN,
    )
    ((*event, details),) = events()
    assert event == ["moderation.accept", "mira", "statement 7"]
    (told,) = details["statements"]
    assert (told["before"]["state"], told["after"]["state"]) == ("pending", "accepted")
    assert revision(statement.conversation) == 1


def test_accept_again_changes_nothing(by):
    statement = StatementFactory(state="pending")
    accept(statement, by=by, now=THEN)

    again = accept(statement, by=UserFactory(), now=LATER)

    statement.refresh_from_db()
    assert (again.decisions, again.unchanged) == ([], [statement])
    assert (statement.decided_at, statement.decided_by) == (THEN, by)
    assert AuditEvent.objects.count() == 1
    assert revision(statement.conversation) == 1


def test_reject_hides_an_accepted_statement_for_a_reason(by):
    statement = StatementFactory(state="accepted", number=7)

    reject(statement, "off_topic", "Another time.", by=by)

    statement.refresh_from_db()
    assert (statement.state, statement.reason, statement.reason_note) == (
        "rejected",
        "off_topic",
        "Another time.",
    )
    ((*event, details),) = events()
    assert event == ["moderation.reject", "mira", "statement 7"]
    (told,) = details["statements"]
    assert told["before"]["state"] == "accepted"
    assert (told["after"]["reason"], told["after"]["reason_note"]) == (
        "off_topic",
        "Another time.",
    )
    assert revision(statement.conversation) == 1


def test_reject_for_another_reason_is_recorded_and_analyses_nothing_anew(by):
    statement = StatementFactory(state="rejected", reason="spam")

    reject(statement, "unclear", "", by=by)

    statement.refresh_from_db()
    assert statement.reason == "unclear"
    assert AuditEvent.objects.count() == 1
    assert revision(statement.conversation) == 0


def test_reject_for_the_same_reason_changes_nothing(by):
    statement = StatementFactory(state="rejected", reason="spam")

    same = reject(statement, "spam", "", by=by)

    assert same.unchanged == [statement]
    assert events() == []


def test_accept_takes_a_rejection_and_its_reason_back(by):
    statement = StatementFactory(state="rejected", reason="spam", reason_note="Ad.")

    accept(statement, by=by, now=THEN)

    statement.refresh_from_db()
    assert (statement.state, statement.reason, statement.reason_note) == (
        "accepted",
        "",
        "",
    )
    assert revision(statement.conversation) == 1


@pytest.mark.parametrize(
    "decide",
    [
        lambda statement, by: accept(statement, by=by, now=THEN),
        lambda statement, by: reject(statement, "spam", "", by=by),
    ],
)
def test_what_was_replaced_is_not_decided_on(by, decide):
    statement = StatementFactory(state="replaced", number=7)

    with pytest.raises(moderation.Replaced) as refused:
        decide(statement, by)

    assert str(refused.value) == (
        "Statement 7 was replaced by a better wording: decide on that one."
    )
    assert events() == []


def test_what_was_replaced_since_it_was_seen_is_a_clash(by):
    statement = StatementFactory(state="replaced", revision=1)

    outcome = moderation.accept(
        conversation=statement.conversation,
        statements=[statement],
        by=by,
        now=THEN,
        seen={statement.pk: 0},
    )

    assert (outcome.decisions, outcome.clashes) == ([], [statement])


@pytest.mark.parametrize(
    ("is_meta", "action"), [(True, "moderation.meta"), (False, "moderation.not_meta")]
)
def test_meta_is_marked_or_not_and_counted_anew(by, is_meta, action):
    statement = StatementFactory(is_meta=not is_meta)

    moderation.mark_meta(
        conversation=statement.conversation,
        statements=[statement],
        is_meta=is_meta,
        by=by,
        now=THEN,
    )

    statement.refresh_from_db()
    assert (statement.is_meta, statement.state) == (is_meta, "accepted")
    assert [event[0] for event in events()] == [action]
    assert revision(statement.conversation) == 1


@pytest.mark.parametrize(("shown", "n_changes"), [("before", 0), ("after", 1)])
def test_rejecting_what_is_pending_counts_where_it_was_shown(by, shown, n_changes):
    conversation = ConversationFactory(moderation=shown)
    statement = StatementFactory(conversation=conversation, state="pending")

    reject(statement, "spam", "", by=by)

    assert revision(conversation) == n_changes


@pytest.mark.parametrize(("shown", "n_changes"), [("before", 1), ("after", 0)])
def test_accepting_what_is_pending_counts_where_it_was_not_shown(by, shown, n_changes):
    conversation = ConversationFactory(moderation=shown)
    statement = StatementFactory(conversation=conversation, state="pending")

    accept(statement, by=by, now=THEN)

    assert revision(conversation) == n_changes
