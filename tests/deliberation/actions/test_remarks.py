"""What people add to a vote."""

import pytest

from deliberation.actions import remarks, voting
from deliberation.models import (
    Conversation,
    Participant,
    Vote,
    VoteReason,
)
from tests.deliberation.casting import AGREE, CODE, DISAGREE, NOON


def remark(statement, **more):
    return remarks.remark_on_vote(
        conversation=statement.conversation,
        code=CODE,
        statement_id=statement.pk,
        **{"now": NOON} | more,
    )


@pytest.fixture
def asking(statement):
    """A statement of a conversation that asks for reasons and for what matters."""
    statement.conversation.takes_reasons = True
    statement.conversation.takes_importance = True
    return statement


def reasons():
    return list(VoteReason.objects.values_list("text", "written_at"))


def test_the_last_remark_counts(cast, asking):
    cast("first-key")

    remark(asking, matters=True, reason="At first.")
    assert remark(asking, reason="In the end.").matters is True

    assert (Vote.objects.get().matters, reasons()) == (True, [("In the end.", NOON)])


def test_a_remark_is_taken_away(cast, asking):
    cast("first-key")
    remark(asking, matters=True, reason="So.")

    remark(asking, matters=False, reason="")

    assert (Vote.objects.get().matters, reasons()) == (False, [])


def test_a_reason_goes_with_the_choice_it_was_for(cast, asking):
    cast("first-key", AGREE)
    remark(asking, reason="So.", matters=True)

    cast("second-key", DISAGREE)

    assert (Vote.objects.get().matters, reasons()) == (True, [])


@pytest.mark.parametrize("what", [{"matters": True}, {"reason": "So."}])
def test_a_remark_is_refused_where_it_is_not_asked_for(cast, statement, what):
    cast("first-key")

    with pytest.raises(remarks.RemarkNotTaken):
        remark(statement, **what)

    assert (Vote.objects.get().matters, reasons()) == (False, [])


def test_a_remark_is_refused_without_a_vote(asking):
    with pytest.raises(remarks.VoteNotFound) as refused:
        remark(asking, reason="So.")

    assert (refused.value.http_status, Participant.objects.count()) == (404, 0)


def test_a_remark_is_refused_after_the_close(cast, asking):
    cast("first-key")
    Conversation.objects.update(state="closed")

    with pytest.raises(voting.ConversationClosed):
        remark(asking, reason="So.")
