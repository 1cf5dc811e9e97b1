"""Which statements say nearly the same as which, as the worker found; a person decides.

All of it is read from stored rows, so it costs the same in a conversation of ten and
of ten thousand statements. What was written in the last moments is not in it yet.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from deliberation import similarity
from deliberation.models import (
    Conversation,
    Likeness,
    Statement,
    StatementFingerprint,
)
from deliberation.queries import fingerprints


@dataclass(frozen=True)
class Near:
    """Another statement, and how near it is; `score` orders and means nothing else."""

    statement: Statement
    score: float
    kind: str


def group_members(conversation: Conversation, number: int) -> QuerySet[Statement]:
    """Statements of the near-duplicate group with this number, the oldest first.

    Whatever their state, but replaced ones; none where there is no such group.
    """
    return Statement.objects.filter(
        conversation=conversation, likeness_group=number
    ).order_by("number", "id")


def can_lead(statement: Statement) -> bool:
    """Whether others may be folded into it: it is shown, or waits."""
    states = (Statement.State.PENDING, Statement.State.ACCEPTED)
    return statement.state in states and statement.duplicate_of_id is None


def similar_to(
    conversation: Conversation, statement: Statement, most: int
) -> list[Near]:
    """Others that may say the same, the nearest first; never one that may deny it."""
    kinds = [Likeness.Kind.SAME, Likeness.Kind.SIMILAR]
    return _near(conversation, [statement.pk], kinds).get(statement.pk, [])[:most]


def opposites_of(conversation: Conversation, statement: Statement) -> list[Near]:
    """Others in nearly the same words that may say the opposite, the nearest first."""
    found = opposites(conversation, [statement.pk])
    return found.get(statement.pk, [])


def opposites(
    conversation: Conversation, statement_ids: Iterable[int]
) -> dict[int, list[Near]]:
    """As `opposites_of` for many at once, by id; those without any are left out."""
    return _near(conversation, list(statement_ids), [Likeness.Kind.OPPOSITE])


@dataclass(frozen=True)
class Comparable:
    """A statement by what it is compared by; `is_compared` in the rows there are."""

    fingerprint_id: int
    statement_id: int
    number: int
    is_compared: bool
    fingerprint: similarity.Fingerprint


def comparable(conversation_id: int) -> list[Comparable]:
    """All that belong into the comparison: in any state but replaced."""
    rows = (
        StatementFingerprint.objects.filter(
            statement__conversation=conversation_id, version=similarity.VERSION
        )
        .exclude(statement__state=Statement.State.REPLACED)
        .order_by("statement_id")
        .values_list(
            "id", "statement_id", "statement__number", "compared", "version", "data"
        )
    )
    return [
        Comparable(
            pk,
            statement_id,
            number,
            compared == similarity.COMPARISON,
            fingerprints.unpacked(version, bytes(data)),
        )
        for pk, statement_id, number, compared, version, data in rows
    ]


def is_due(conversation_id: int) -> bool:
    """Whether a statement is not compared with the others yet, or no longer counts."""
    return _due().filter(statement__conversation=conversation_id).exists()


def conversations_due() -> list[int]:
    """Ids of conversations where statements wait to be compared."""
    ids = _due().order_by().values_list("statement__conversation", flat=True)
    return sorted(ids.distinct())


def _due() -> QuerySet[StatementFingerprint]:
    is_replaced = Q(statement__state=Statement.State.REPLACED)
    is_in = Q(compared=similarity.COMPARISON)
    of_today = StatementFingerprint.objects.filter(version=similarity.VERSION)
    return of_today.filter((is_replaced & ~Q(compared="")) | (~is_replaced & ~is_in))


def _near(
    conversation: Conversation, pks: list[int], kinds: list[Likeness.Kind]
) -> dict[int, list[Near]]:
    """One query, whatever the number."""
    asked = set(pks)
    rows = (
        Likeness.objects.filter(
            Q(one__in=pks) | Q(other__in=pks), conversation=conversation, kind__in=kinds
        )
        .select_related("one", "other")
        .order_by("-score", "one__number", "other__number", "id")
    )
    found: dict[int, list[Near]] = {}
    for row in rows:
        for mine, yours in ((row.one, row.other), (row.other, row.one)):
            if mine.pk in asked and yours.state != Statement.State.REPLACED:
                near = Near(yours, row.score, row.kind)
                found.setdefault(mine.pk, []).append(near)
    return found
