"""Better words for a statement by successors, which take its place: moderators' work.

The old words stay readable with their votes, and one statement in better words takes
their place, or several that hold one idea each. Nobody's agreement is carried over,
the author's neither: she did not say these words. Her page leads her to them.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from secrets import token_urlsafe

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from deliberation import similarity
from deliberation.actions import (
    analysis,
    conversations,
    decisions,
    fingerprints,
    wording,
)
from deliberation.actions.statements import next_number, written_in
from deliberation.errors import DeliberationError
from deliberation.models import Conversation, Decision, Statement, Vote

MIN_PARTS, MAX_PARTS = 2, 5


class PartsRepeated(DeliberationError):
    code = "parts_repeated"
    message = _("Two of the parts are in the same words.")
    http_status = 409


class WrongNumberOfParts(DeliberationError):
    code = "wrong_number_of_parts"
    message = _("Split a statement into two to five parts, each in words of its own.")
    http_status = 422


class VotingIsOver(DeliberationError):
    code = "voting_is_over"
    message = _(
        "Voting is over, so nobody could vote on other words. The statement stays as it"
        " is, with its votes."
    )
    http_status = 409


class SuccessorInUse(DeliberationError):
    code = "successor_in_use"
    message = _(
        "Statement %(number)d, which took its place, has been voted on or replaced"
        " already, so this cannot be taken back any more."
    )
    http_status = 409


@transaction.atomic
def reword(
    *,
    statement: Statement,
    text: str,
    language: str,
    by: User,
    now: datetime,
    seen: int | None = None,
) -> Statement:
    """Put a statement in better words in its place; returns the new one.

    Raises SameWords, AlreadySaid, NotAsItStands, ChangedMeanwhile, VotingIsOver.
    """
    if text == statement.text:
        raise wording.SameWords
    conversations.lock(statement.conversation)
    _require_unsaid(statement, [text], except_for={statement.pk})
    kind = Decision.Kind.REWORD
    (successor,) = _replace(statement, kind, [text], language, by, now, seen)
    return successor


@transaction.atomic
def split(
    *,
    statement: Statement,
    texts: Sequence[str],
    language: str,
    by: User,
    now: datetime,
    seen: int | None = None,
) -> list[Statement]:
    """Put two to five statements in its place, in the order given.

    Raises WrongNumberOfParts, PartsRepeated, and as `reword` does.
    """
    if not MIN_PARTS <= len(texts) <= MAX_PARTS:
        raise WrongNumberOfParts
    if len({text.casefold() for text in texts}) < len(texts):
        raise PartsRepeated
    if statement.text in texts:
        raise wording.SameWords
    conversations.lock(statement.conversation)
    _require_unsaid(statement, texts)
    return _replace(statement, Decision.Kind.SPLIT, texts, language, by, now, seen)


def _replace(
    statement: Statement,
    kind: Decision.Kind,
    texts: Sequence[str],
    language: str,
    by: User,
    now: datetime,
    seen: int | None,
) -> list[Statement]:
    conversation = statement.conversation
    is_draft = conversation.state == Conversation.State.DRAFT
    if not is_draft and not conversation.takes_votes(now):
        raise VotingIsOver
    held = wording.held_to_change(statement, seen)
    first = next_number(conversation)
    numbers = list(range(first, first + len(texts)))
    decisions.decide(
        conversation=conversation,
        statements=[held],
        kind=kind,
        to={"state": Statement.State.REPLACED.value, "reason": "", "reason_note": ""},
        by=by,
        now=now,
        other_number=first,
        event=f"successors.{kind}",
        told={"successors": numbers},
    )
    successors = [
        _successor(held, kind, number, text, language, by, now)
        for number, text in zip(numbers, texts, strict=True)
    ]
    analysis.count_anew(conversation)
    return successors


def _successor(
    held: Statement,
    kind: Decision.Kind,
    number: int,
    text: str,
    language: str,
    by: User,
    now: datetime,
) -> Statement:
    """Shown at once; nobody's words but the moderators', so without an author."""
    made = similarity.fingerprint(text, language)
    successor = Statement.objects.create(
        conversation=held.conversation,
        number=number,
        text=text,
        language=written_in(made, language),
        state=Statement.State.ACCEPTED,
        is_seed=held.is_seed,
        is_meta=held.is_meta,
        predecessor=held,
        lineage=Statement.Lineage(kind.value),
        created_at=now,
        decided_at=now,
        decided_by=by,
    )
    fingerprints.store(successor, made)
    return successor


def _require_unsaid(
    statement: Statement, texts: Sequence[str], *, except_for: Collection[int] = ()
) -> None:
    """By others; what was tried for this one and taken back may be tried again."""
    tried = Statement.objects.filter(
        predecessor=statement, state=Statement.State.REJECTED
    )
    known = {*except_for, *tried.values_list("pk", flat=True)}
    for text in texts:
        wording.require_unsaid(statement.conversation, text, except_for=known)


# --- Taking it back ------------------------------------------------------------------


@transaction.atomic
def take_back(*, statement: Statement, by: User, now: datetime) -> Statement:
    """Undo a rewording or a split while nobody has voted on what came of it.

    The statement is what it was before; its successors are taken out, and stay to be
    read in the log. Raises NoSuchDecision, SuccessorInUse.
    """
    conversation = statement.conversation
    conversations.lock(conversation)
    # Not `no_key`: a vote that is on its way is waited for, the next one waits for us.
    held = Statement.objects.select_for_update().get(pk=statement.pk)
    made = Decision.objects.filter(statement=held).order_by("id").last()
    if made is None or made.kind not in (Decision.Kind.REWORD, Decision.Kind.SPLIT):
        raise decisions.NoSuchDecision
    batch = token_urlsafe(12)
    undone = [_undoing(held, made.before, batch, by, now, undoes=made)]
    for successor in _unused_successors(held):
        out = decisions.values(successor) | {"state": Statement.State.REJECTED.value}
        undone.append(_undoing(successor, out, batch, by, now))
    decisions.carry_out(conversation, undone, by=by, event="successors.take_back")
    return undone[0].statement


def _undoing(
    statement: Statement,
    to: decisions.Values,
    batch: str,
    by: User,
    now: datetime,
    undoes: Decision | None = None,
) -> Decision:
    return Decision(
        conversation=statement.conversation,
        statement=statement,
        kind=Decision.Kind.UNDO,
        before=decisions.values(statement),
        after=to,
        batch=batch,
        undoes=undoes,
        decided_at=now,
        decided_by=by,
    )


def _unused_successors(held: Statement) -> list[Statement]:
    """Locked; those of an earlier try, which are out already, are left alone."""
    found = Statement.objects.select_for_update().filter(predecessor=held)
    found = found.exclude(state=Statement.State.REJECTED)
    voted_on = set(
        Vote.objects.filter(statement__predecessor=held).values_list(
            "statement", flat=True
        )
    )
    successors = list(found.order_by("number"))
    for successor in successors:
        if successor.pk in voted_on or successor.state == Statement.State.REPLACED:
            raise SuccessorInUse(number=successor.number)
    return successors
