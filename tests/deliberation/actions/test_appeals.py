"""An author's one objection, and the answer of somebody else."""

from datetime import timedelta

import pytest

from deliberation.actions import appeals, moderation, successors, voting
from deliberation.models import Appeal, AuditEvent, Decision, Moderator, Statement
from tests.factories import (
    THEN,
    ModeratorFactory,
    StatementFactory,
    UserFactory,
    VoteFactory,
)

WHY = "It holds one idea, and it is about the question."


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
        text="Tax gold and clean the rivers.",
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


def make(statement, code=None, **more):
    given = {"number": statement.number, "text": WHY, "now": THEN} | more
    return appeals.make(
        conversation=statement.conversation,
        code=code or statement.author.code,
        **given,
    )


def answer(appeal, by, outcome="upheld"):
    return appeals.answer(
        appeal=appeal,
        outcome=Appeal.Outcome(outcome),
        answer="We read it again.",
        by=by,
        now=THEN + timedelta(hours=1),
    )


def now_is(statement):
    return Statement.objects.values_list("state", "reason").get(pk=statement.pk)


# --- Objecting -----------------------------------------------------------------------


def test_make_keeps_what_the_author_objects_to(rejected):
    made = make(rejected)

    assert (made.statement, made.text, made.outcome) == (rejected, WHY, "")
    assert made.decision == Decision.objects.get()


def test_make_is_no_act_of_a_moderator(rejected):
    make(rejected)

    assert AuditEvent.objects.filter(action__startswith="appeals").count() == 0


@pytest.mark.parametrize("kind", ["reword", "split"])
def test_make_objects_to_new_words_too(statement, by, kind):
    more = {"language": "en", "by": by, "now": THEN}
    if kind == "reword":
        successors.reword(statement=statement, text="Tax gold.", **more)
    else:
        parts = ["Tax gold.", "Clean rivers."]
        successors.split(statement=statement, texts=parts, **more)

    assert make(statement).decision.kind == kind


def test_make_a_second_time_is_refused(rejected):
    make(rejected)

    with pytest.raises(appeals.ObjectedAlready) as refused:
        make(rejected)

    assert str(refused.value) == (
        "You have objected once already, and one objection is what each statement has."
    )
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize("state", ["pending", "accepted", "rejected"])
def test_make_without_a_decision_that_took_it_out_is_refused(statement, state):
    Statement.objects.update(state=state)

    with pytest.raises(appeals.NothingToObjectTo):
        make(statement)


def test_make_after_the_decision_was_taken_back_is_refused(rejected, by):
    from_ = Decision.objects.get()
    moderation.decisions.take_back(
        conversation=rejected.conversation, batch=from_.batch, by=by, now=THEN
    )

    with pytest.raises(appeals.NothingToObjectTo):
        make(rejected)


@pytest.mark.parametrize("change", [{"code": "somebody-else"}, {"number": 99}])
def test_make_by_anybody_but_the_author_finds_nothing(rejected, change):
    with pytest.raises(voting.StatementNotFound):
        make(rejected, **change)


def test_make_after_the_close_is_refused(rejected):
    rejected.conversation.state = "closed"
    rejected.conversation.save()

    with pytest.raises(voting.ConversationClosed):
        make(rejected)


def test_make_without_an_invitation_is_refused(rejected):
    rejected.conversation.entry = "link"
    rejected.conversation.save()

    with pytest.raises(voting.InvitationNeeded):
        make(rejected)


# --- Answering -----------------------------------------------------------------------


def test_answer_that_it_stands_changes_nothing_else(rejected, other):
    answer(make(rejected), other)

    kept = Appeal.objects.get()
    assert (kept.outcome, kept.answer, kept.answered_by) == (
        "upheld",
        "We read it again.",
        other,
    )
    assert now_is(rejected) == ("rejected", "several_ideas")


def test_answer_that_grants_shows_the_statement_again(rejected, other):
    answer(make(rejected), other, "granted")

    assert now_is(rejected) == ("accepted", "")
    made = Decision.objects.latest("id")
    assert (made.kind, made.is_appeal, made.decided_by) == ("accept", True, other)


def test_granted_to_a_folded_one_it_leads_nowhere_any_more(rejected, other):
    leader = StatementFactory(conversation=rejected.conversation)
    Statement.objects.filter(pk=rejected.pk).update(duplicate_of=leader)

    answer(make(rejected), other, "granted")

    rejected.refresh_from_db()
    assert (rejected.state, rejected.duplicate_of) == ("accepted", None)


def test_granted_to_a_reworded_one_it_stands_beside_the_new_words(statement, by, other):
    made = successors.reword(
        statement=statement, text="Tax gold.", language="en", by=by, now=THEN
    )
    VoteFactory(conversation=statement.conversation, statement=made)

    answer(make(statement), other, "granted")

    assert [now_is(s)[0] for s in (statement, made)] == ["accepted", "accepted"]


def test_granted_to_what_is_shown_already_is_an_answer(rejected, by, other):
    appeal = make(rejected)
    moderation.accept(
        conversation=rejected.conversation, statements=[rejected], by=by, now=THEN
    )

    answer(appeal, other, "granted")

    assert Appeal.objects.get().outcome == "granted"
    assert now_is(rejected) == ("accepted", "")


def test_an_answer_is_on_record(rejected, other):
    answer(make(rejected), other, "granted")

    events = AuditEvent.objects.filter(by_id=other.pk).order_by("id")
    assert list(events.values_list("action", "target")) == [
        ("appeals.answer", "statement 5"),
        ("moderation.accept", "statement 5"),
    ]
    assert events[0].details == {
        "outcome": "granted",
        "answer": "We read it again.",
    }


def test_a_second_answer_is_refused(rejected, other):
    appeal = make(rejected)
    answer(appeal, other)

    with pytest.raises(appeals.AnsweredAlready):
        answer(appeal, other, "granted")

    assert now_is(rejected)[0] == "rejected"


def test_who_decided_does_not_answer_where_another_moderates(rejected, by, other):
    with pytest.raises(appeals.DecidedByYou) as refused:
        answer(make(rejected), by)

    assert str(refused.value) == (
        "You made this decision yourself, so another moderator answers the objection."
    )
    assert Appeal.objects.get().outcome == ""


@pytest.mark.parametrize("role", ["observer", "translator", None])
def test_who_decided_answers_where_nobody_else_moderates(rejected, by, role):
    if role:
        ModeratorFactory(conversation=rejected.conversation, role=Moderator.Role(role))

    assert answer(make(rejected), by).answered_by == by


def test_an_account_that_is_shut_does_not_count_as_another(rejected, by):
    shut = UserFactory(is_active=False)
    ModeratorFactory(conversation=rejected.conversation, user=shut)

    assert answer(make(rejected), by).answered_by == by


def test_answers_are_given_after_the_close_too(rejected, other):
    appeal = make(rejected)
    rejected.conversation.state = "closed"
    rejected.conversation.save()

    answer(appeal, other, "granted")

    assert now_is(rejected)[0] == "accepted"
