"""An author is erased: what was decided about her statements stays true without her."""

from datetime import timedelta

import pytest

from deliberation.actions import appeals, moderation, privacy, successors, wording
from deliberation.models import (
    Appeal,
    AuditEvent,
    Decision,
    Statement,
    Wording,
)
from tests.factories import THEN, ModeratorFactory, StatementFactory

WHY = "It holds one idea, and it is about the question."
SAID = "Tax gold and clean the rivers."


@pytest.fixture
def by(conversation):
    return ModeratorFactory(conversation=conversation, user__username="mo").user


@pytest.fixture
def other(conversation):
    return ModeratorFactory(conversation=conversation, user__username="ada").user


@pytest.fixture
def statement(participant):
    return StatementFactory(
        conversation=participant.conversation,
        author=participant,
        number=5,
        text=SAID,
        state="pending",
    )


@pytest.fixture
def rejected(statement, by):
    moderation.reject(
        conversation=statement.conversation,
        statements=[statement],
        reason="several_ideas",
        note="",
        by=by,
        now=THEN,
    )
    return statement


def make(statement):
    return appeals.make(
        conversation=statement.conversation,
        code=statement.author.code,
        number=statement.number,
        text=WHY,
        now=THEN,
    )


def answer(appeal, by):
    return appeals.answer(
        appeal=appeal,
        outcome=Appeal.Outcome.UPHELD,
        answer="We read it again.",
        by=by,
        now=THEN + timedelta(hours=1),
    )


@pytest.mark.parametrize("with_statements", [False, True])
def test_erasure_empties_the_objection_and_leaves_the_decisions_true(
    rejected, other, with_statements
):
    answer(make(rejected), other)
    before = list(Decision.objects.values("kind", "before", "after", "decided_by"))
    events = list(AuditEvent.objects.values("action", "details"))

    privacy.erase(
        conversation=rejected.conversation,
        code=rejected.author.code,
        with_statements=with_statements,
    )

    kept = Appeal.objects.get()
    assert (kept.text, kept.outcome, kept.answer) == ("", "upheld", "We read it again.")
    assert kept.statement.author is None
    assert (
        list(Decision.objects.values("kind", "before", "after", "decided_by")) == before
    )
    assert list(AuditEvent.objects.values("action", "details")) == events


def test_erasure_keeps_a_place_that_the_log_tells_of(rejected, by):
    """One whose rejection was taken back waits again, and is not deleted whole."""
    batch = Decision.objects.get().batch
    moderation.decisions.take_back(
        conversation=rejected.conversation, batch=batch, by=by, now=THEN
    )

    privacy.erase(
        conversation=rejected.conversation,
        code=rejected.author.code,
        with_statements=True,
    )

    assert Decision.objects.count() == 2
    assert Statement.objects.get(number=5).text == "[…]"


def test_erasure_takes_the_words_before_an_edit_too(statement, by):
    wording.edit(statement=statement, text="Tax gold.", language="en", by=by, now=THEN)
    moderation.accept(
        conversation=statement.conversation, statements=[statement], by=by, now=THEN
    )

    privacy.erase(
        conversation=statement.conversation,
        code=statement.author.code,
        with_statements=True,
    )

    assert not Wording.objects.exists()
    assert Statement.objects.get().text == "[…]"


def test_erasure_leaves_what_moderators_worded(statement, by):
    made = successors.reword(
        statement=statement, text="Tax gold.", language="en", by=by, now=THEN
    )

    privacy.erase(
        conversation=statement.conversation,
        code=statement.author.code,
        with_statements=True,
    )

    made.refresh_from_db()
    assert (made.text, made.state, made.predecessor.text) == (
        "Tax gold.",
        "accepted",
        "[…]",
    )
    assert Decision.objects.get().kind == "reword"
    assert SAID not in str(list(AuditEvent.objects.values()))
