"""What became of one's own statements, and which may say the same as a text."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deliberation import queries
from deliberation.actions import fingerprints
from deliberation.models import Conversation, Statement
from tests.factories import (
    THEN,
    ConversationFactory,
    StatementFactory,
    VoteFactory,
)

SAID = "Rivers should be clean."


@pytest.fixture(autouse=True)
def nothing_kept():
    queries.fingerprints.forget()


def own(participant, **more):
    conversation = participant.conversation
    statement = StatementFactory(conversation=conversation, author=participant, **more)
    VoteFactory(conversation=conversation, participant=participant, statement=statement)
    return statement


def vote(statement, choice, **more):
    VoteFactory(
        conversation=statement.conversation, statement=statement, choice=choice, **more
    )


# --- One's own -----------------------------------------------------------------------


def test_mine_are_her_own_newest_first(participant):
    StatementFactory(conversation=participant.conversation)
    first, second = own(participant), own(participant)

    page = queries.statements.mine(participant, THEN)

    assert [row.statement for row in page] == [second, first]


def test_mine_have_their_votes_and_hers_among_them(participant):
    statement = own(participant)
    vote(statement, -1)
    vote(statement, 0, participant__is_excluded=True)

    (row,) = queries.statements.mine(participant, THEN)

    assert (row.n_others, row.can_edit) == (2, False)
    assert (row.tally.n_agree, row.tally.n_pass, row.tally.n_disagree) == (1, 0, 1)


def test_mine_tell_no_votes_while_results_are_hidden(participant):
    Conversation.objects.update(results="close")
    vote(own(participant), 1)
    participant.refresh_from_db()

    (row,) = queries.statements.mine(participant, THEN)

    assert (row.n_others, row.tally) == (1, None)


@pytest.mark.parametrize(
    ("moderation", "state", "is_shown", "can_edit"),
    [
        ("before", "pending", False, True),
        ("before", "accepted", True, True),
        ("before", "rejected", False, True),
        ("after", "pending", True, True),
        ("after", "rejected", False, False),
    ],
)
def test_mine_can_be_reworded_unless_taken_out(
    participant, moderation, state, is_shown, can_edit
):
    Conversation.objects.update(moderation=moderation)
    participant.refresh_from_db()
    own(participant, state=state)

    (row,) = queries.statements.mine(participant, THEN)

    assert (row.is_shown, row.can_edit) == (is_shown, can_edit)


def test_mine_cannot_be_reworded_after_the_close(participant):
    own(participant)
    Conversation.objects.update(state="closed")
    participant.refresh_from_db()

    assert [row.can_edit for row in queries.statements.mine(participant, THEN)] == [
        False
    ]


def test_mine_cost_the_same_for_one_and_for_three(participant):
    own(participant)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as run:
            list(queries.statements.mine(participant, THEN))
        counts.append(len(run))
        own(participant)
        own(participant)

    assert counts[0] == counts[1]


# --- Said already --------------------------------------------------------------------


def suggested(conversation, text="The rivers should be clean!", **more):
    found = queries.fingerprints.suggestions_for(conversation, text, "en", **more)
    return [suggestion.text for suggestion in found]


def test_suggestions_have_the_same_words_with_and_without_stored_fingerprints(
    conversation,
):
    StatementFactory(conversation=conversation, text=SAID)
    StatementFactory(conversation=conversation, text="Tax the rich.")
    without = suggested(conversation)

    fingerprints.catch_up(conversation_id=conversation.pk)

    assert suggested(conversation) == without == [SAID]


def test_suggestions_follow_what_is_shown(conversation):
    assert suggested(conversation) == []
    statement = StatementFactory(conversation=conversation, text=SAID)
    assert suggested(conversation) == [SAID]

    Statement.objects.update(state="rejected")

    assert suggested(conversation) == []
    assert suggested(statement.conversation) == []


def test_suggestions_are_of_the_same_conversation(conversation):
    StatementFactory(conversation=ConversationFactory(), text=SAID)

    assert suggested(conversation) == []


def test_suggestions_are_at_most_three_and_never_the_one_that_is_reworded(conversation):
    for number in range(5):
        words = ["", "clear ", "wild ", "blue ", "old "][number]
        text = f"The {words}rivers of our country should always be clean."
        StatementFactory(conversation=conversation, number=number, text=text)
    asked = "The rivers of our country should always be clean!"

    found = suggested(conversation, asked)

    assert len(found) <= 3
    assert found[0] == "The rivers of our country should always be clean."
    assert found[0] not in suggested(conversation, asked, except_for=0)


def test_suggestions_are_found_again_without_reading_all_fingerprints(conversation):
    StatementFactory(conversation=conversation, text=SAID)
    fingerprints.catch_up(conversation_id=conversation.pk)
    suggested(conversation)

    with CaptureQueriesContext(connection) as run:
        suggested(conversation)

    assert [q["sql"] for q in run if '"data"' in q["sql"]] == []


@pytest.mark.django_db(transaction=True)
def test_suggestions_among_many_are_renewed_beside_those_who_ask(monkeypatch):
    monkeypatch.setattr(queries.fingerprints, "QUICK", 0)
    conversation = ConversationFactory()
    StatementFactory(conversation=conversation, text="Tax the rich.")
    suggested(conversation)
    StatementFactory(conversation=conversation, text=SAID)

    at_once = suggested(conversation)
    with queries.fingerprints._lock:
        renewed = suggested(conversation)

    assert (at_once, renewed) == ([], [SAID])
