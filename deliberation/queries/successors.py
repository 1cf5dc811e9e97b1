"""What a statement was made of by moderators, and what was made of it.

The words of a statement that was never shown, or that was rejected, stay with its
author and the moderators: its number is told, and nothing more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
)

from deliberation import differences
from deliberation.differences import Piece
from deliberation.models import Choice, Conversation, Decision, Statement, Vote
from deliberation.tallies import Tally

NO_VOTES = Tally(0, 0, 0)


@dataclass(frozen=True)
class Relative:
    """One that a statement came of, or that came of it.

    text : None where it is withheld; then there are no `pieces` either
    pieces : from the older words to the newer ones
    made_at : when the newer one came of the older one
    tally : its votes as they were cast, whether or not it is shown now
    """

    number: int
    text: str | None
    language: str
    state: str
    lineage: str
    made_at: datetime
    pieces: list[Piece]
    tally: Tally


@dataclass(frozen=True)
class Family:
    predecessor: Relative | None
    successors: list[Relative]


@dataclass(frozen=True)
class Ancestor:
    """A step back: of this one came the one before in the list. `text` as above."""

    number: int
    lineage: str
    text: str | None


def was_shown() -> Q:
    """Of rows of Statement: accepted at some time, or voted on by others."""
    accepted = Decision.objects.filter(
        Q(before__state="accepted") | Q(after__state="accepted"),
        statement=OuterRef("pk"),
    )
    others = Vote.objects.filter(statement=OuterRef("pk")).exclude(
        participant=F("statement__author")
    )
    is_organisers = Q(is_seed=True) | ~Q(lineage="")
    return is_organisers | Q(Exists(accepted)) | Q(Exists(others))


def readable(conversation: Conversation) -> Q:
    """Of rows of its statements: shown now, or replaced after it was shown."""
    shown = Statement.objects.shown(conversation).filter(pk=OuterRef("pk"))
    return Q(Exists(shown)) | Q(state=Statement.State.REPLACED) & was_shown()


def family(
    conversation: Conversation, statement: Statement, *, withholds: bool = True
) -> Family:
    """A few queries. `withholds`: for everybody; without it, for moderators."""
    predecessor = None
    if statement.predecessor_id is not None:
        rows = _rows(conversation).filter(pk=statement.predecessor_id)
        votes = tallies([statement.predecessor_id])
        for row in rows:
            predecessor = _relative(row, row, statement, withholds, votes)
    made = of_many(conversation, [statement], withholds=withholds)
    return Family(predecessor, made.get(statement.pk, []))


def of_many(
    conversation: Conversation,
    statements: Iterable[Statement],
    *,
    withholds: bool = True,
) -> dict[int, list[Relative]]:
    """By id, what came of each, where something did: two queries.

    Those that were taken out again are left out.
    """
    older = {statement.pk: statement for statement in statements}
    rows = _rows(conversation).filter(predecessor__in=older)
    made = list(rows.exclude(state=Statement.State.REJECTED))
    votes = tallies([row.pk for row in made]) if made else {}
    found: dict[int, list[Relative]] = {}
    for row in made:
        was = older[row.predecessor_id]  # type: ignore[index]
        relative = _relative(row, was, row, withholds, votes)
        found.setdefault(was.pk, []).append(relative)
    return found


def _rows(conversation: Conversation) -> QuerySet[Statement]:
    rows = Statement.objects.filter(conversation=conversation)
    return rows.annotate(is_readable=readable(conversation)).order_by("number")


def _relative(
    row: Statement,
    older: Statement,
    newer: Statement,
    withholds: bool,
    votes: Mapping[int, Tally],
) -> Relative:
    """`row` is one of the two; the words of both are compared."""
    tells = not withholds or row.is_readable  # type: ignore[attr-defined]
    return Relative(
        number=row.number,
        text=row.text if tells else None,
        language=row.language,
        state=row.state,
        lineage=newer.lineage,
        made_at=newer.created_at,
        pieces=differences.between(older.text, newer.text) if tells else [],
        tally=votes.get(row.pk, NO_VOTES),
    )


def lineages(
    conversation: Conversation, statements: Iterable[Statement]
) -> dict[int, list[Ancestor]]:
    """By id, the nearest first, of those that came of another; a query for each step."""
    found: dict[int, list[Ancestor]] = {}
    # Who asks, and the row whose predecessor is looked for.
    asking = {row.pk: row for row in statements if row.predecessor_id is not None}
    while asking:
        wanted = {row.predecessor_id for row in asking.values()}
        older = _rows(conversation).in_bulk(wanted)
        following: dict[int, Statement] = {}
        for pk, row in asking.items():
            was = older[row.predecessor_id]
            text = was.text if was.is_readable else None  # type: ignore[attr-defined]
            found.setdefault(pk, []).append(Ancestor(was.number, row.lineage, text))
            if was.predecessor_id is not None:
                following[pk] = was
        asking = following
    return found


def kept(
    conversation: Conversation, statements: Iterable[Statement]
) -> dict[int, list[dict[str, object]]]:
    """The same as the sources of a constitution keep it; a withheld text is empty."""
    return {
        pk: [
            {"number": step.number, "lineage": step.lineage, "text": step.text or ""}
            for step in steps
        ]
        for pk, steps in lineages(conversation, statements).items()
    }


def tallies(statement_ids: Iterable[int]) -> dict[int, Tally]:
    """Straight from the votes, of people who are counted; none without votes."""
    rows = (
        Vote.objects.counted()
        .filter(statement__in=list(statement_ids))
        .order_by()
        .values_list("statement")
        .annotate(
            n_agree=Count("pk", filter=Q(choice=Choice.AGREE)),
            n_disagree=Count("pk", filter=Q(choice=Choice.DISAGREE)),
            n_pass=Count("pk", filter=Q(choice=Choice.PASS)),
        )
    )
    return {pk: Tally(*counts) for pk, *counts in rows}
