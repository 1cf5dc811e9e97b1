"""What was folded into a statement, for everybody: each with its votes as cast."""

from dataclasses import dataclass

from django.db.models import BooleanField, Case, Value, When

from deliberation.models import Conversation, Statement
from deliberation.queries import successors
from deliberation.tallies import Tally

NO_VOTES = Tally(0, 0, 0)


@dataclass(frozen=True)
class Folded:
    """`text` is None for one that was never shown: its words stay with its author."""

    number: int
    text: str | None
    language: str
    tally: Tally


def folded_into(conversation: Conversation, statement: Statement) -> list[Folded]:
    """The oldest first: two queries, and one where there is none."""
    was_shown = Case(
        When(successors.was_shown(), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    rows = list(
        Statement.objects.filter(
            conversation=conversation,
            duplicate_of=statement,
            state=Statement.State.REJECTED,
        )
        .annotate(was_shown=was_shown)
        .order_by("number", "id")
    )
    shown = {row.pk for row in rows if row.was_shown}  # type: ignore[attr-defined]
    tallies = successors.tallies(row.pk for row in rows) if rows else {}
    return [
        Folded(
            number=row.number,
            text=row.text if row.pk in shown else None,
            language=row.language,
            tally=tallies.get(row.pk, NO_VOTES),
        )
        for row in rows
    ]
