"""Flags: set, taken away, and answered by a decision."""

import pytest

from deliberation.actions import flags, moderation
from deliberation.models import AuditEvent
from tests.factories import THEN, StatementFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def flagged():
    statement = StatementFactory(number=7, state="pending")
    return flags.flag(
        conversation=statement.conversation,
        statement=statement,
        note="Kind?",
        by=UserFactory(username="mira"),
        now=THEN,
    )


def test_flag_names_who_and_why(flagged):
    flagged.refresh_from_db()

    assert (flagged.flagged_by.username, flagged.flag_note) == ("mira", "Kind?")
    event = AuditEvent.objects.get()
    assert (event.action, event.by_name, event.target, event.details) == (
        "flags.flag",
        "mira",
        "statement 7",
        {"note": "Kind?"},
    )


def test_flag_is_no_decision(flagged):
    assert (flagged.revision, flagged.state) == (0, "pending")


@pytest.mark.parametrize(
    "decide",
    [
        lambda given: moderation.accept(**given),
        lambda given: moderation.reject(reason="spam", note="", **given),
    ],
)
def test_decision_answers_the_flag(flagged, decide):
    decide(
        {
            "conversation": flagged.conversation,
            "statements": [flagged],
            "by": UserFactory(),
            "now": THEN,
        }
    )

    flagged.refresh_from_db()
    assert (flagged.flagged_at, flagged.flagged_by, flagged.flag_note) == (
        None,
        None,
        "",
    )


def test_flag_that_is_not_there_cannot_be_taken_away(flagged):
    given = {"conversation": flagged.conversation, "statement": flagged}
    flags.unflag(by=UserFactory(), **given)

    with pytest.raises(flags.NoFlag) as refused:
        flags.unflag(by=UserFactory(), **given)

    assert str(refused.value) == "Statement 7 is not flagged any more."
    assert AuditEvent.objects.count() == 2
