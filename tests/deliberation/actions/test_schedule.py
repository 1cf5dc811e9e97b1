"""The schedule at work: what is due is opened and closed, once, and on record."""

from datetime import timedelta

import pytest

from deliberation.actions import conversations, schedule, statements, voting
from deliberation.models import AuditEvent, Choice, Conversation, Statement, Vote
from tests.factories import THEN, ConversationFactory, StatementFactory, VoteFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def events():
    rows = AuditEvent.objects.order_by("id")
    return [(event.action, event.by_id, event.details) for event in rows]


def state_of(conversation):
    return Conversation.objects.get(pk=conversation.pk).state


def test_draft_opens_when_its_time_has_come():
    due = ConversationFactory(state="draft", opens_at=THEN)
    later = ConversationFactory(state="draft", opens_at=THEN + HOUR)
    unset = ConversationFactory(state="draft")

    schedule.sweep(now=THEN)

    assert [state_of(c) for c in (due, later, unset)] == ["open", "draft", "draft"]
    assert Conversation.objects.get(pk=due.pk).opened_at == THEN
    told = {"before": "draft", "scheduled": True}
    assert events() == [("conversations.open", None, told)]


def test_open_one_closes_when_voting_is_over():
    over = ConversationFactory(votes_until=THEN)
    later = ConversationFactory(votes_until=THEN + HOUR)

    schedule.sweep(now=THEN)

    assert [state_of(c) for c in (over, later)] == ["closed", "open"]
    assert Conversation.objects.get(pk=over.pk).closed_at == THEN
    told = {"before": "open", "scheduled": True}
    assert events() == [("conversations.closed", None, told)]


def test_done_twice_it_is_done_once():
    ConversationFactory(state="draft", opens_at=THEN, votes_until=THEN + HOUR)

    for now in (THEN, THEN, THEN + HOUR, THEN + HOUR):
        schedule.sweep(now=now)

    assert [action for action, *_rest in events()] == [
        "conversations.open",
        "conversations.closed",
    ]


def test_draft_whose_whole_schedule_has_passed_stays_a_draft():
    missed = ConversationFactory(state="draft", opens_at=THEN - HOUR, votes_until=THEN)

    schedule.sweep(now=THEN)

    assert (state_of(missed), events()) == ("draft", [])


def test_what_was_closed_by_hand_is_not_opened_again():
    closed = ConversationFactory(state="closed", opens_at=THEN)

    schedule.sweep(now=THEN)

    assert state_of(closed) == "closed"


def test_what_is_over_cannot_be_opened_by_hand(moderator):
    over = ConversationFactory(state="closed", votes_until=THEN)

    with pytest.raises(conversations.ScheduleOver):
        conversations.open_conversation(conversation=over, by=moderator, now=THEN)

    assert (state_of(over), events()) == ("closed", [])


# --- What is taken -----------------------------------------------------------------------


def submit(conversation, text="Rivers should be clean.", *, code="a-code", now=THEN):
    return statements.submit_statement(
        conversation=conversation, code=code, text=text, language="en", now=now
    )


def test_statements_are_taken_until_collecting_ends(conversation):
    Conversation.objects.update(collects_until=THEN)

    submit(conversation, now=THEN - HOUR)
    with pytest.raises(statements.CollectingOver):
        submit(conversation, "Lakes should be clear.")

    assert Statement.objects.count() == 1


def test_statement_is_not_reworded_once_collecting_is_over(conversation):
    said = submit(conversation)
    Conversation.objects.update(collects_until=THEN)

    with pytest.raises(statements.CollectingOver):
        statements.edit_statement(
            conversation=conversation,
            code="a-code",
            number=said.number,
            text="Lakes should be clear.",
            language="en",
            considered=(),
            now=THEN,
        )

    assert Statement.objects.get().text == "Rivers should be clean."


def test_votes_go_on_once_collecting_is_over(conversation):
    Conversation.objects.update(collects_until=THEN, votes_until=THEN + HOUR)
    statement = StatementFactory(conversation=conversation)

    vote(conversation, statement, now=THEN)

    assert Vote.objects.count() == 1


def vote(conversation, statement, now):
    return voting.cast_vote(
        conversation=conversation,
        code="a-code",
        statement_id=statement.pk,
        choice=Choice.AGREE,
        now=now,
    )


def test_votes_end_with_the_schedule_before_the_worker_comes_by(conversation):
    Conversation.objects.update(votes_until=THEN)
    statement = StatementFactory(conversation=conversation)

    with pytest.raises(voting.ConversationClosed):
        vote(conversation, statement, now=THEN)

    assert (state_of(conversation), Vote.objects.count()) == ("open", 0)


def test_one_person_writes_so_many_statements_and_no_more(conversation):
    Conversation.objects.update(max_statements=2)
    conversation.refresh_from_db()
    submit(conversation, "One thing is clear.")
    submit(conversation, "Another is as well.")

    with pytest.raises(statements.TooManyStatements) as refused:
        submit(conversation, "A third is too much.")
    again = submit(conversation, "One thing is clear.")
    other = submit(conversation, "Somebody else says so.", code="b-code")

    assert "You have written 2 statements" in str(refused.value)
    assert (again.number, other.number) == (0, 2)


def test_what_moderators_made_of_a_statement_is_none_that_she_wrote(conversation):
    Conversation.objects.update(max_statements=2)
    conversation.refresh_from_db()
    said = submit(conversation)
    StatementFactory(
        conversation=conversation,
        number=9,
        author=said.author,
        predecessor=said,
        lineage="reword",
    )

    assert submit(conversation, "Lakes should be clear.").number == 10


def test_votes_of_before_are_there_after_the_close(conversation):
    VoteFactory(conversation=conversation)
    Conversation.objects.update(votes_until=THEN)

    schedule.sweep(now=THEN)

    assert Vote.objects.count() == 1
