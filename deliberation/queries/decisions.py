"""The log of decisions that everybody reads: nobody's name, and no words twice.

What is told of a statement is what its page tells: the words of one that was never
shown stay with its author and the moderators.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.db.models import Count, Exists, OuterRef, QuerySet

from deliberation.formats.tables import Cell
from deliberation.models import Conversation, Decision, Statement
from deliberation.queries import reasons, successors

HEADER = (
    "decision",
    "decided_at",
    "statement",
    "kind",
    "state_before",
    "state_after",
    "reason",
    "reason_words",
    "other_statement",
    "seconds_waited",
    "after_appeal",
    "takes_back",
)


@dataclass(frozen=True)
class ReasonCount:
    code: str
    words: str
    n: int


@dataclass(frozen=True)
class Summary:
    """How a conversation is moderated, in figures.

    median_wait : from a statement to the first decision on it; None before there is one
    """

    n_pending: int
    n_accepted: int
    n_rejected: int
    n_replaced: int
    median_wait: timedelta | None
    reasons: list[ReasonCount]

    @property
    def n_all(self) -> int:
        return self.n_pending + self.n_accepted + self.n_rejected + self.n_replaced


def log(conversation: Conversation, *, kind: str = "") -> QuerySet[Decision]:
    """Newest first, each with its statement and `is_readable`: whether its words are
    for everybody.

    kind : of Decision.Kind; others are all
    """
    made = Decision.objects.filter(conversation=conversation)
    if kind in Decision.Kind.values:
        made = made.filter(kind=kind)
    readable = Statement.objects.filter(successors.readable(conversation))
    return (
        made.select_related("statement")
        .annotate(is_readable=Exists(readable.filter(pk=OuterRef("statement"))))
        .order_by("-id")
    )


def summary(conversation: Conversation) -> Summary:
    rows = Statement.objects.filter(conversation=conversation).order_by()
    states = dict(rows.values_list("state").annotate(n=Count("pk")))
    rejected = rows.filter(state=Statement.State.REJECTED).exclude(reason="")
    by_reason = rejected.values_list("reason").annotate(n=Count("pk"))
    counted = [
        ReasonCount(code, reasons.words(conversation, code), n)
        for code, n in sorted(by_reason, key=lambda found: (-found[1], found[0]))
    ]
    waits = Decision.objects.filter(conversation=conversation, waited__isnull=False)
    seconds = list(waits.order_by().values_list("waited", flat=True))
    return Summary(
        n_pending=states.get(Statement.State.PENDING, 0),
        n_accepted=states.get(Statement.State.ACCEPTED, 0),
        n_rejected=states.get(Statement.State.REJECTED, 0),
        n_replaced=states.get(Statement.State.REPLACED, 0),
        median_wait=timedelta(seconds=median(seconds)) if seconds else None,  # type: ignore[type-var,arg-type]
        reasons=counted,
    )


def rows(conversation: Conversation) -> Iterator[tuple[Cell, ...]]:
    """For the file, oldest first, as HEADER says."""
    made = Decision.objects.filter(conversation=conversation)
    values = made.order_by("id").values_list(
        "id",
        "decided_at",
        "statement__number",
        "kind",
        "before",
        "after",
        "reason",
        "other_number",
        "waited",
        "is_appeal",
        "undoes",
    )
    for row in values.iterator(chunk_size=2000):
        pk, at, number, kind, before, after, reason, *rest = row
        other, waited, is_appeal, undoes = rest
        yield (
            pk,
            at.isoformat(),
            number,
            kind,
            before.get("state", ""),
            after.get("state", ""),
            reason,
            reasons.words(conversation, reason) if reason else "",
            other,
            waited,
            is_appeal,
            undoes,
        )
