"""Objecting to what was decided about one's statement, once; and answering it.

Somebody else answers than the one who decided, where there is somebody else. Granted,
the statement is shown again: one that was reworded or split stands beside what came of
it, since people have voted on that. The close ends objecting, not answering.
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from deliberation import queries
from deliberation.actions import audit, conversations, decisions, voting
from deliberation.errors import DeliberationError
from deliberation.models import Appeal, Conversation, Decision, Statement


class NothingToObjectTo(DeliberationError):
    code = "nothing_to_object_to"
    message = _(
        "There is no decision to object to: the statement waits, or is shown, or its"
        " decision is older than the log of decisions."
    )
    http_status = 409


class ObjectedAlready(DeliberationError):
    code = "objected_already"
    message = _(
        "You have objected once already, and one objection is what each statement has."
    )
    http_status = 409


class AnsweredAlready(DeliberationError):
    code = "answered_already"
    message = _("This objection has been answered already, and the answer stands.")
    http_status = 409


class DecidedByYou(DeliberationError):
    code = "decided_by_you"
    message = _(
        "You made this decision yourself, so another moderator answers the objection."
    )
    http_status = 403


@transaction.atomic
def make(
    *, conversation: Conversation, code: str, number: int, text: str, now: datetime
) -> Appeal:
    """Object as the author of the statement with this number.

    Raises InvitationNeeded, ConversationClosed, StatementNotFound, ObjectedAlready,
    NothingToObjectTo.
    """
    voting.require_invited(conversation, code)
    voting.require_open(conversation, now)
    conversations.lock(conversation)
    mine = Statement.objects.filter(conversation=conversation, author__code=code)
    statement = mine.filter(number=number).first()
    if statement is None:
        raise voting.StatementNotFound
    if Appeal.objects.filter(statement=statement).exists():
        raise ObjectedAlready
    decision = queries.appeals.objectionable([statement]).get(statement.pk)
    if decision is None:
        raise NothingToObjectTo
    return Appeal.objects.create(
        conversation=conversation,
        statement=statement,
        decision=decision,
        text=text,
        made_at=now,
    )


@transaction.atomic
def answer(
    *,
    appeal: Appeal,
    outcome: Appeal.Outcome,
    answer: str,
    by: User,
    now: datetime,
) -> Appeal:
    """Let the decision stand, or show the statement again; `answer` is for its author.

    Raises AnsweredAlready, DecidedByYou.
    """
    conversation = appeal.conversation
    conversations.lock(conversation)
    held = Appeal.objects.select_related("decision", "statement").get(pk=appeal.pk)
    if held.outcome:
        raise AnsweredAlready
    if queries.appeals.is_anothers(held, by.pk):
        raise DecidedByYou
    held.outcome, held.answer = outcome, answer
    held.answered_at, held.answered_by = now, by
    held.save(update_fields=["outcome", "answer", "answered_at", "answered_by"])
    audit.record(
        conversation=conversation,
        action="appeals.answer",
        by=by,
        target=f"statement {held.statement.number}",
        outcome=outcome,
        answer=answer,
    )
    if outcome == Appeal.Outcome.GRANTED:
        _show_again(held, by, now)
    return held


def _show_again(appeal: Appeal, by: User, now: datetime) -> None:
    """Whatever was decided since: this is the answer. An event of its own records it."""
    decisions.decide(
        conversation=appeal.conversation,
        statements=[appeal.statement],
        kind=Decision.Kind.ACCEPT,
        to={
            "state": Statement.State.ACCEPTED.value,
            "reason": "",
            "reason_note": "",
            "duplicate_of_id": None,
        },
        by=by,
        now=now,
        is_appeal=True,
    )
