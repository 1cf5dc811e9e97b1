"""Taking a vote back."""

from datetime import timedelta

import pytest

from deliberation import queries
from deliberation.actions import analysis, undoing, voting
from deliberation.models import (
    Conversation,
    Participant,
    Statement,
    VoteReason,
    WithdrawnVote,
)
from tests.deliberation.casting import AGREE, CODE, DISAGREE, NOON, PASS, choices, undo
from tests.deliberation.worlds import small_world, store
from tests.factories import StatementFactory


def test_undo_takes_a_first_choice_back(cast, statement):
    vote = cast("first-key")
    VoteReason.objects.create(vote=vote, text="So.", written_at=NOON)

    assert undo(statement, "first-key") is None

    assert choices() == ([], [])
    withdrawn = WithdrawnVote.objects.values_list("client_key", "withdrawn_at")
    assert list(withdrawn) == [("first-key", NOON)]


def test_undo_goes_back_to_the_choice_before(cast, statement):
    cast("first-key", AGREE)
    cast("second-key", PASS, now=NOON + timedelta(hours=1))
    cast("third-key", DISAGREE, now=NOON + timedelta(hours=2))

    vote = undo(statement, "third-key")

    vote.refresh_from_db()
    assert (vote.choice, vote.client_key, vote.revision) == (PASS, "second-key", 2)
    assert vote.cast_at == NOON + timedelta(hours=1)
    assert choices() == ([PASS], [AGREE])


def test_undo_without_a_key_takes_back_what_holds(cast, statement):
    cast("first-key", AGREE)
    cast("second-key", PASS)

    assert undo(statement).choice == AGREE
    assert undo(statement) is None
    assert undo(statement) is None


def test_undo_twice_is_undo_once(cast, statement):
    cast("first-key", AGREE)
    cast("second-key", PASS)
    undo(statement, "second-key")

    again = undo(statement, "second-key")

    assert (again.choice, choices()) == (AGREE, ([AGREE], []))


def test_undo_of_a_choice_that_was_changed_since_changes_nothing(cast, statement):
    cast("first-key", AGREE)
    cast("second-key", PASS)

    assert undo(statement, "first-key").choice == PASS
    assert choices() == ([PASS], [AGREE])


def test_a_vote_that_was_undone_stays_undone_when_it_comes_again(cast, statement):
    cast("first-key")
    undo(statement, "first-key")

    assert cast("first-key") is None
    assert choices() == ([], [])


def test_an_undone_change_stays_undone_when_it_comes_again(cast, statement):
    cast("first-key", AGREE)
    cast("second-key", PASS)
    undo(statement, "second-key")

    assert cast("second-key", PASS).choice == AGREE
    assert choices() == ([AGREE], [])


def test_an_undo_that_comes_before_its_vote_keeps_it_from_being_stored(cast, statement):
    assert undo(statement, "first-key") is None

    assert cast("first-key") is None
    assert choices() == ([], [])


def test_after_an_undo_she_may_vote_anew(cast, statement):
    cast("first-key", AGREE)
    undo(statement, "first-key")

    assert cast("second-key", DISAGREE).choice == DISAGREE


def test_undo_is_refused_after_the_close_unless_it_was_done_before(cast, statement):
    cast("first-key")
    other = StatementFactory(conversation=statement.conversation)
    cast("other-key", statement=other)
    undo(statement, "first-key")
    Conversation.objects.update(state="closed")

    assert undo(statement, "first-key") is None
    with pytest.raises(voting.ConversationClosed):
        undo(other, "other-key")


def test_undo_of_a_rejected_statements_vote_is_done(cast, statement):
    cast("first-key")
    Statement.objects.update(state="rejected")

    assert undo(statement, "first-key") is None
    assert choices() == ([], [])


def test_undo_on_another_conversations_statement_is_refused(conversation):
    foreign = StatementFactory()

    with pytest.raises(voting.StatementNotFound):
        undoing.undo_vote(
            conversation=conversation,
            code=CODE,
            statement_id=foreign.pk,
            now=NOON,
            vote_key="first-key",
        )

    assert Participant.objects.count() == 0


@pytest.mark.parametrize("n_choices", [1, 2])
def test_an_analysis_is_due_after_an_undo(db, n_choices):
    """Also where the number of votes and of revisions is what it was before."""
    conversation = store(small_world())
    statement = conversation.statements.first()
    analysis.run_analysis(conversation=conversation)
    more = {"conversation": conversation, "code": "new-here", "now": NOON}
    for n in range(n_choices):
        key = f"event-{n}"
        voting.cast_vote(statement_id=statement.pk, choice=n, key=key, **more)
    analysis.run_analysis(conversation=conversation)

    undoing.undo_vote(statement_id=statement.pk, **more)

    assert not queries.analysis.is_current(conversation)
