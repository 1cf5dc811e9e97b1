"""Rewording one's own statement, and being asked whether it was said already."""

from datetime import UTC, datetime

import pytest

from deliberation import queries
from deliberation.actions import fingerprints, statements, voting
from deliberation.models import (
    Conversation,
    Statement,
    StatementFingerprint,
    StatementTranslation,
)
from tests.factories import (
    ConversationFactory,
    StatementFactory,
    StatementTranslationFactory,
    UserFactory,
    VoteFactory,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SAID = "Rivers should be clean."


def submit(conversation, text=SAID, *, code="a-code", considered=(), language="en"):
    return statements.submit_statement(
        conversation=conversation,
        code=code,
        text=text,
        language=language,
        now=NOON,
        considered=considered,
    )


def edit(statement, text="Lakes should be clear.", *, code="a-code", considered=()):
    return statements.edit_statement(
        conversation=Conversation.objects.get(pk=statement.conversation_id),
        code=code,
        number=statement.number,
        text=text,
        language="en",
        considered=considered,
        now=NOON,
    )


# --- Said already --------------------------------------------------------------------


def test_submit_statement_asks_about_one_in_nearly_the_same_words(conversation):
    said = StatementFactory(conversation=conversation, text=SAID)

    with pytest.raises(statements.NearlySaid) as refused:
        submit(conversation, "The rivers should be clean!")

    assert [one.statement_id for one in refused.value.suggestions] == [said.pk]
    assert Statement.objects.count() == 1


def test_submit_statement_takes_what_was_considered(conversation):
    said = StatementFactory(conversation=conversation, text=SAID)

    submit(conversation, "The rivers should be clean!", considered={said.pk})

    assert Statement.objects.count() == 2


@pytest.mark.parametrize("text", ["Rivers should not be clean.", "Tax the rich."])
def test_submit_statement_asks_nothing_about_the_opposite_or_another(
    conversation, text
):
    StatementFactory(conversation=conversation, text=SAID)

    assert submit(conversation, text).text == text


@pytest.mark.parametrize("state", ["pending", "rejected"])
def test_submit_statement_does_not_suggest_what_is_not_shown(conversation, state):
    StatementFactory(conversation=conversation, text=SAID, state=state)

    assert submit(conversation, "The rivers should be clean!").author


def test_submit_statement_names_the_statement_with_the_very_words(conversation):
    said = StatementFactory(conversation=conversation, text=SAID)

    with pytest.raises(statements.AlreadySaid) as refused:
        submit(conversation, SAID.upper())

    assert refused.value.statement == said


def test_submit_statement_of_no_considerations_asks_nothing(conversation):
    StatementFactory(conversation=conversation, text=SAID)

    submit(conversation, "The rivers should be clean!", considered=None)

    assert Statement.objects.count() == 2


def test_submit_statement_by_link_alone_refuses_who_has_none(db):
    conversation = ConversationFactory(entry="link")

    with pytest.raises(voting.InvitationNeeded):
        submit(conversation)

    assert Statement.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "reads", "language"),
    [
        ("강은 깨끗해야 한다", "en", "ko"),
        ("Les rivières ont des droits et nous aussi", "en", "fr"),
        ("Rivers have rights and we should protect them", "en-gb", "en-gb"),
    ],
)
def test_submit_statement_is_in_the_language_that_it_shows(
    conversation, text, reads, language
):
    assert submit(conversation, text, language=reads).language == language


# --- Rewording -----------------------------------------------------------------------


def test_edit_statement_changes_the_words_and_what_it_is_compared_by(conversation):
    statement = submit(conversation)
    before = bytes(StatementFingerprint.objects.get().data)

    edit(statement)

    statement.refresh_from_db()
    assert (statement.text, statement.state) == ("Lakes should be clear.", "pending")
    assert bytes(StatementFingerprint.objects.get().data) != before


def test_edit_statement_waits_for_a_moderator_again(conversation):
    statement = submit(conversation)
    StatementTranslationFactory(statement=statement)
    Statement.objects.update(
        state="accepted", decided_at=NOON, decided_by=UserFactory()
    )

    edit(statement)

    statement.refresh_from_db()
    assert (statement.state, statement.decided_at) == ("pending", None)
    assert StatementTranslation.objects.count() == 0
    assert Conversation.objects.get().moderation_revision == 1


def test_edit_statement_of_a_rejected_one_asks_anew(conversation):
    statement = submit(conversation)
    Statement.objects.update(state="rejected", reason="unclear", reason_note="What?")

    edit(statement)

    statement.refresh_from_db()
    now = (statement.state, statement.reason, statement.reason_note)
    assert now == ("pending", "", "")


def test_edit_statement_does_not_undo_a_rejection_where_moderators_come_after(db):
    conversation = ConversationFactory(moderation="after")
    statement = submit(conversation)
    Statement.objects.update(state="rejected")

    with pytest.raises(statements.TakenOut):
        edit(statement)

    assert Statement.objects.get().text == SAID


def test_edit_statement_shown_at_once_tells_that_its_words_changed(db):
    statement = submit(ConversationFactory(moderation="after"))

    edit(statement)

    assert Conversation.objects.get().moderation_revision == 1


def test_edit_statement_that_others_voted_on_is_refused(conversation):
    statement = submit(conversation)
    VoteFactory(conversation=conversation, statement=statement)

    with pytest.raises(statements.VotedOn):
        edit(statement)

    assert Statement.objects.get().text == SAID


def test_edit_statement_of_another_does_not_exist(conversation):
    statement = submit(conversation)

    with pytest.raises(voting.StatementNotFound):
        edit(statement, code="another")


def test_edit_statement_to_anothers_very_words_is_refused(conversation):
    statement = submit(conversation)
    StatementFactory(conversation=conversation, number=7, text="Tax gold.")

    with pytest.raises(statements.AlreadySaid):
        edit(statement, "tax GOLD.")


def test_edit_statement_is_not_compared_with_itself(db):
    statement = submit(ConversationFactory(moderation="after"))

    assert edit(statement, "The rivers should be clean!").number == statement.number


def test_edit_statement_to_the_same_words_changes_nothing(conversation):
    statement = submit(conversation)
    Statement.objects.update(state="accepted")

    assert edit(statement, SAID).state == "accepted"


def test_edit_statement_after_the_close_is_refused(conversation):
    statement = submit(conversation)
    Conversation.objects.update(state="closed")

    with pytest.raises(voting.ConversationClosed):
        edit(statement)


# --- Fingerprints --------------------------------------------------------------------


def versions():
    return list(StatementFingerprint.objects.values_list("version", flat=True))


def test_catch_up_makes_what_is_missing_or_of_another_version(conversation):
    old, *_ = StatementFactory.create_batch(3, conversation=conversation)
    StatementFingerprint.objects.create(statement=old, version="0", data=b"x")

    fingerprints.catch_up(conversation_id=conversation.pk)

    assert len(set(versions())) == 1
    assert len(versions()) == 3
    assert queries.fingerprints.missing(conversation.pk, 9) == []


def test_catch_up_twice_keeps_what_is_there(conversation):
    StatementFactory(conversation=conversation)
    fingerprints.catch_up(conversation_id=conversation.pk)
    first = StatementFingerprint.objects.get()

    fingerprints.catch_up(conversation_id=conversation.pk)

    assert StatementFingerprint.objects.get() == first


def test_sweep_names_open_conversations_where_some_are_missing(conversation):
    StatementFactory(conversation=conversation)
    StatementFactory(conversation=conversation)
    StatementFactory(conversation__state="closed")

    assert queries.fingerprints.conversations_with_missing() == [conversation.pk]
