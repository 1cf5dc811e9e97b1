"""Words that moderators change in their place, before anybody voted."""

import pytest

from deliberation.actions import statements, wording
from deliberation.models import (
    AuditEvent,
    Statement,
    StatementFingerprint,
    StatementTranslation,
    Vote,
    Wording,
)
from tests.factories import (
    THEN,
    ParticipantFactory,
    StatementFactory,
    StatementTranslationFactory,
    UserFactory,
    VoteFactory,
)

SAID, BETTER = "Rivers shoud be clean.", "Rivers should be clean."


@pytest.fixture
def by(db):
    return UserFactory(username="mo")


@pytest.fixture
def statement(participant):
    """As its author wrote it, with her vote."""
    conversation = participant.conversation
    written = StatementFactory(
        conversation=conversation, author=participant, text=SAID, state="pending"
    )
    VoteFactory(conversation=conversation, participant=participant, statement=written)
    return written


def edit(statement, by, text=BETTER, **more):
    given = {"language": "en", "now": THEN} | more
    return wording.edit(statement=statement, text=text, by=by, **given)


def test_edit_changes_the_words_and_keeps_the_state(statement, by):
    edit(statement, by)

    statement.refresh_from_db()
    assert (statement.text, statement.state, statement.revision) == (
        BETTER,
        "pending",
        1,
    )


def test_edit_keeps_what_was_said_for_the_author(statement, by):
    edit(statement, by)

    kept = Wording.objects.get()
    assert (kept.statement, kept.text, kept.edited_at, kept.edited_by) == (
        statement,
        SAID,
        THEN,
        by,
    )


def test_edit_asks_the_author_anew(statement, by):
    """She agreed to other words."""
    edit(statement, by)

    assert not Vote.objects.filter(statement=statement).exists()


def test_edit_takes_translations_and_makes_the_fingerprint_anew(statement, by):
    StatementTranslationFactory(statement=statement)

    edit(statement, by)

    assert not StatementTranslation.objects.exists()
    assert StatementFingerprint.objects.get().statement == statement


def test_edit_is_on_record_without_the_words_of_a_participant(statement, by):
    edit(statement, by)

    event = AuditEvent.objects.get()
    assert (event.action, event.by_name, event.target) == (
        "wording.edit",
        "mo",
        f"statement {statement.number}",
    )
    assert event.details == {
        "before": {"language": "en", "length": len(SAID)},
        "after": {"language": "en", "length": len(BETTER)},
    }


def test_edit_of_the_organisers_own_words_is_on_record_with_them(conversation, by):
    seed = StatementFactory(conversation=conversation, text=SAID, is_seed=True)

    edit(seed, by)

    details = AuditEvent.objects.get().details
    assert (details["before"]["text"], details["after"]["text"]) == (SAID, BETTER)


def test_edit_in_other_capitals_is_no_repetition_of_itself(statement, by):
    assert edit(statement, by, SAID.upper()).text == SAID.upper()


def refused(refusal, statement, by, *args, **more):
    with pytest.raises(refusal) as found:
        edit(statement, by, *args, **more)
    assert Wording.objects.count() == AuditEvent.objects.count() == 0
    return str(found.value)


def test_edit_after_anothers_vote_is_refused_and_names_the_way_on(statement, by):
    VoteFactory(conversation=statement.conversation, statement=statement)

    said = refused(wording.VotedOn, statement, by)

    assert said == (
        "People have voted on these words already, so they stay as they are. Reword or"
        " split the statement instead: the old words stay readable with their votes."
    )


def test_edit_of_a_statement_without_an_author_counts_every_vote(conversation, by):
    seed = StatementFactory(conversation=conversation, text=SAID)
    VoteFactory(conversation=conversation, statement=seed)

    refused(wording.VotedOn, seed, by)


def test_edit_to_the_same_words_is_refused(statement, by):
    said = refused(wording.SameWords, statement, by, SAID)

    assert said == "These are the words that the statement has already."


def test_edit_to_words_that_are_there_is_refused(statement, by):
    StatementFactory(conversation=statement.conversation, text=BETTER.upper())

    said = refused(statements.AlreadySaid, statement, by)

    assert said == "These very words are in this conversation already."


def test_edit_of_what_was_changed_meanwhile_is_refused(statement, by):
    Statement.objects.update(revision=3)

    said = refused(wording.ChangedMeanwhile, statement, by, seen=2)

    assert said == (
        "Somebody else has decided on this statement, or changed its words, since you"
        " opened the page. It is shown as it is now, and nothing was changed."
    )


@pytest.mark.parametrize(
    "change", [{"state": "replaced"}, {"state": "rejected", "text": "[…]"}, "fold"]
)
def test_edit_of_what_leads_elsewhere_or_is_empty_is_refused(statement, by, change):
    if change == "fold":
        leader = StatementFactory(conversation=statement.conversation)
        change = {"state": "rejected", "duplicate_of": leader}
    Statement.objects.filter(pk=statement.pk).update(**change)

    said = refused(wording.NotAsItStands, statement, by)

    assert said == (
        "This statement was replaced or folded into another, or its author has taken"
        " the words back, so there is nothing to change."
    )


def test_an_author_without_a_vote_is_no_obstacle(conversation, by):
    author = ParticipantFactory(conversation=conversation)
    written = StatementFactory(conversation=conversation, author=author, text=SAID)

    assert edit(written, by).text == BETTER
