"""Which statements say nearly the same as which, as the worker found; a person decides.

All of it is read from stored rows, so it costs the same in a conversation of ten and
of ten thousand statements. What was written in the last moments is not in it yet.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from deliberation.models import Conversation, Likeness, Statement


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
