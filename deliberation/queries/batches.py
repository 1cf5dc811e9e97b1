"""What was decided last: by oneself, to take back; by colleagues, to be told of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import Count, Max, Min

from deliberation.models import Conversation, Decision

# What is offered to be taken back, and for how long.
MOST, RECENT = 5, timedelta(days=1)
# So many decisions of colleagues are told one by one.
MOST_NEWS = 300
# Taken back elsewhere, or never.
ELSEWHERE = (Decision.Kind.UNDO, Decision.Kind.REWORD, Decision.Kind.SPLIT)


@dataclass(frozen=True)
class Batch:
    """Decisions that were made together.

    number : of the first statement
    n : how many statements
    """

    batch: str
    kind: str
    reason: str
    other_number: int | None
    number: int
    n: int
    decided_at: datetime


def recent(conversation: Conversation, by: User, now: datetime) -> list[Batch]:
    """Her own of the last day that are not taken back, the newest first."""
    made = Decision.objects.filter(
        conversation=conversation,
        decided_by=by,
        decided_at__gte=now - RECENT,
        undone_by_decision=None,
    ).exclude(kind__in=ELSEWHERE)
    together = (
        made.order_by()
        .values("batch")
        .annotate(
            kind=Max("kind"),
            reason=Max("reason"),
            other_number=Max("other_number"),
            number=Min("statement__number"),
            n=Count("pk"),
            decided_at=Max("decided_at"),
            latest=Max("pk"),
        )
    )
    found = together.order_by("-latest")[:MOST]
    return [
        Batch(
            batch=row["batch"],
            kind=row["kind"],
            reason=row["reason"],
            other_number=row["other_number"],
            number=row["number"],
            n=row["n"],
            decided_at=row["decided_at"],
        )
        for row in found
    ]


def newest(conversation: Conversation) -> int:
    """Id of the latest decision; 0 where there is none."""
    made = Decision.objects.filter(conversation=conversation)
    return made.order_by("-id").values_list("pk", flat=True).first() or 0


def of_colleagues(
    conversation: Conversation, since: int, *, but: User
) -> Sequence[Decision]:
    """What the others have decided after the decision `since`, the oldest first."""
    made = Decision.objects.filter(conversation=conversation, pk__gt=since)
    others = made.exclude(decided_by=but).select_related("statement", "decided_by")
    return list(others.order_by("id")[:MOST_NEWS])
