"""The one way in which statements are decided on, one or many at once, and taken back.

Whoever decides names the revision of each statement that she saw. What somebody else
has decided, or the author changed, in the meantime is left alone and comes back as a
clash; the others are decided. Each decision is a row of its own; those that were made
together share a batch, and are taken back together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from deliberation import queries
from deliberation.actions import analysis, audit, conversations, second_looks
from deliberation.errors import DeliberationError
from deliberation.models import Conversation, Decision, Statement

# What a decision may change of a statement, and taking it back restores.
FIELDS = ("state", "reason", "reason_note", "is_meta", "duplicate_of_id")
Values = dict[str, object]


class NoSuchDecision(DeliberationError):
    code = "no_such_decision"
    message = _("There is no such decision to take back.")
    http_status = 404


@dataclass(frozen=True)
class Outcome:
    """What came of it, each statement in one of three places.

    decisions : those that were made, in the order of the statements' numbers
    unchanged : what was so already
    clashes : what was decided, or changed its words, since it was looked at; as it is
        now, and nothing was done to it
    """

    decisions: Sequence[Decision]
    unchanged: Sequence[Statement]
    clashes: Sequence[Statement]

    @property
    def batch(self) -> str:
        """What takes it back; empty where nothing was done."""
        return self.decisions[0].batch if self.decisions else ""


@transaction.atomic
def decide(
    *,
    conversation: Conversation,
    statements: Sequence[Statement],
    kind: Decision.Kind,
    to: Values,
    by: User,
    now: datetime,
    seen: Mapping[int, int] | None = None,
    other_number: int | None = None,
    is_appeal: bool = False,
    note: str = "",
    event: str = "",
    told: Mapping[str, object] | None = None,
    batch: str = "",
) -> Outcome:
    """Give the statements the values `to` (of FIELDS), all by one decision.

    seen : id of a statement to the revision that was looked at; one that is missing is
        decided as it is now
    note : for the author; kept with the decision
    event, told : the audit event's name, where it is not that of the kind, and what
        it tells beside the statements
    batch : of other decisions, to be taken back with them
    """
    conversations.lock(conversation)
    outcome = _sorted_out(conversation, statements, to, seen or {})
    earlier = _latest(outcome.decisions)
    batch = batch or token_urlsafe(12)
    decisions = [
        Decision(
            conversation=conversation,
            statement=statement,
            kind=kind,
            before=values(statement),
            after=values(statement) | to,
            reason=str(to.get("reason", "")),
            note=note,
            other_number=other_number,
            batch=batch,
            waited=None if statement.pk in earlier else _waited(statement, now),
            is_appeal=is_appeal,
            decided_at=now,
            decided_by=by,
        )
        for statement in outcome.decisions
    ]
    name = event or f"moderation.{kind}"
    carry_out(conversation, decisions, by=by, event=name, told=told)
    second_looks.draw(conversation=conversation, decisions=decisions, now=now)
    return Outcome(decisions, outcome.unchanged, outcome.clashes)


@transaction.atomic
def take_back(
    *, conversation: Conversation, batch: str, by: User, now: datetime
) -> Outcome:
    """Make the statements of a batch what they were before it.

    What was decided on since then is a clash. Raises NoSuchDecision where nothing of
    the batch is left to take back.
    """
    conversations.lock(conversation)
    made = _left_of(conversation, batch)
    if not made:
        raise NoSuchDecision
    latest = _latest([decision.statement for decision in made])
    again = token_urlsafe(12)
    decisions, clashes = [], []
    for decision in made:
        statement = decision.statement
        is_latest = latest[statement.pk] == decision.pk
        if not is_latest or values(statement) != decision.after:
            clashes.append(statement)
            continue
        decisions.append(
            Decision(
                conversation=conversation,
                statement=statement,
                kind=Decision.Kind.UNDO,
                before=decision.after,
                after=decision.before,
                batch=again,
                undoes=decision,
                decided_at=now,
                decided_by=by,
            )
        )
    carry_out(conversation, decisions, by=by, event="moderation.take_back")
    return Outcome(decisions, [], clashes)


@dataclass(frozen=True)
class _SortedOut:
    decisions: list[Statement]
    unchanged: list[Statement]
    clashes: list[Statement]


def _sorted_out(
    conversation: Conversation,
    statements: Sequence[Statement],
    to: Values,
    seen: Mapping[int, int],
) -> _SortedOut:
    """The statements locked, in the order in which everybody locks them."""
    mine = Statement.objects.filter(
        conversation=conversation, pk__in=[statement.pk for statement in statements]
    )
    found = _SortedOut([], [], [])
    for statement in mine.select_for_update().order_by("number", "id"):
        if all(getattr(statement, name) == value for name, value in to.items()):
            found.unchanged.append(statement)
        elif seen.get(statement.pk, statement.revision) != statement.revision:
            found.clashes.append(statement)
        else:
            found.decisions.append(statement)
    return found


def _left_of(conversation: Conversation, batch: str) -> list[Decision]:
    made = Decision.objects.filter(
        conversation=conversation, batch=batch, undone_by_decision=None
    ).exclude(kind__in=[Decision.Kind.UNDO, Decision.Kind.REWORD, Decision.Kind.SPLIT])
    pks = list(made.values_list("statement", flat=True))
    list(Statement.objects.select_for_update().filter(pk__in=pks).order_by("number"))
    return list(made.select_related("statement").order_by("statement__number", "id"))


def _latest(statements: Sequence[Statement]) -> dict[int, int]:
    """Id of a statement that was decided on, to that of its latest decision."""
    rows = Decision.objects.filter(statement__in=statements).order_by("statement")
    return dict(rows.values_list("statement").annotate(latest=Max("id")))


def carry_out(
    conversation: Conversation,
    decisions: Sequence[Decision],
    *,
    by: User,
    event: str,
    told: Mapping[str, object] | None = None,
) -> None:
    """Store the decisions, write what they say into the statements, and record them.

    The caller holds the lock of the conversation and those of the statements.
    """
    if not decisions:
        return
    changed = []
    for decision in decisions:
        statement = decision.statement
        for name, value in decision.after.items():
            setattr(statement, name, value)
        statement.revision += 1
        # Back among those that wait, it was never decided on.
        is_pending = statement.state == Statement.State.PENDING
        statement.decided_at = None if is_pending else decision.decided_at
        statement.decided_by = None if is_pending else decision.decided_by
        changed.append(statement)
    Decision.objects.bulk_create(decisions)
    written = [*FIELDS, "revision", "decided_at", "decided_by"]
    Statement.objects.bulk_update(changed, written, batch_size=200)
    if any(_counts_otherwise(conversation, decision) for decision in decisions):
        analysis.count_anew(conversation)
    _record(conversation, event, decisions, by, told or {})


def _counts_otherwise(conversation: Conversation, decision: Decision) -> bool:
    """It is shown now and was not, or the other way round, or tells of people."""

    def place(values: Values) -> tuple[bool, bool]:
        is_shown = queries.statements.is_shown(conversation, str(values["state"]))
        return is_shown, is_shown and bool(values["is_meta"])

    return place(decision.before) != place(decision.after)


def values(statement: Statement) -> Values:
    """Of the fields that a decision may change."""
    return {name: getattr(statement, name) for name in FIELDS}


def _waited(statement: Statement, now: datetime) -> int | None:
    """Seconds until a first decision; None for one made before decisions were kept."""
    if statement.decided_at is not None:
        return None
    return max(0, int((now - statement.created_at).total_seconds()))


def _record(
    conversation: Conversation,
    action: str,
    decisions: Sequence[Decision],
    by: User,
    told: Mapping[str, object],
) -> None:
    """One event, however many were decided: who, when, what, before and after."""
    numbers = [decision.statement.number for decision in decisions]
    one = f"statement {numbers[0]}"
    audit.record(
        conversation=conversation,
        action=action,
        by=by,
        target=one if len(numbers) == 1 else f"{len(numbers)} statements",
        statements=[
            {"number": number, "before": decision.before, "after": decision.after}
            for number, decision in zip(numbers, decisions, strict=True)
        ],
        **told,
    )
