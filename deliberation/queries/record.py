"""Every statement that was ever shown, and what was done with it: for files and programs.

Nothing of authors is in it. Of a statement that was taken out, what was done is told
and the words are not; votes are told to whoever may see results now.
"""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import datetime

from django.db.models import Q

from deliberation.formats.tables import Cell
from deliberation.models import Conversation, Statement
from deliberation.queries import successors, visibility
from deliberation.queries.visibility import Sight

# In the order of Line.
HEADER = (
    "number",
    "text",
    "language",
    "state",
    "reason",
    "lineage",
    "predecessor",
    "duplicate_of",
    "created_at",
    "decided_at",
    "n_agree",
    "n_disagree",
    "n_pass",
)
CHUNK = 2000


@dataclass(frozen=True)
class Line:
    """One statement; others by their numbers.

    text : None where it is withheld
    n_agree, n_disagree, n_pass : as cast, of people who are counted; None where
        results are not to be seen
    """

    number: int
    text: str | None
    language: str
    state: str
    reason: str
    lineage: str
    predecessor: int | None
    duplicate_of: int | None
    created_at: datetime
    decided_at: datetime | None
    n_agree: int | None
    n_disagree: int | None
    n_pass: int | None


def lines(conversation: Conversation, sight: Sight) -> Iterator[Line]:
    """By number; read in parts, each with its votes."""
    shown = Q(pk__in=Statement.objects.shown(conversation).values("pk"))
    rows = Statement.objects.filter(
        shown | successors.was_shown(), conversation=conversation
    )
    rows = rows.annotate(is_readable=successors.readable(conversation))
    rows = rows.select_related("predecessor", "duplicate_of").order_by("number")
    found: list[Statement] = []
    for row in rows.iterator(chunk_size=CHUNK):
        found.append(row)
        if len(found) == CHUNK:
            yield from _lines(found, sight)
            found = []
    yield from _lines(found, sight)


def public_lines(conversation: Conversation) -> list[Line]:
    """As somebody sees them of whom nothing is known."""
    return list(lines(conversation, visibility.sight(conversation, None)))


def rows(conversation: Conversation, sight: Sight) -> Iterator[tuple[Cell, ...]]:
    """For the file, as HEADER says."""
    for line in lines(conversation, sight):
        yield tuple(
            cell.isoformat() if isinstance(cell, datetime) else cell
            for cell in astuple(line)
        )


def _lines(statements: list[Statement], sight: Sight) -> Iterator[Line]:
    pks = [statement.pk for statement in statements]
    votes = successors.tallies(pks) if sight.is_open else {}
    for row in statements:
        tally = votes.get(row.pk, successors.NO_VOTES) if sight.is_open else None
        is_readable: bool = row.is_readable  # type: ignore[attr-defined]
        yield Line(
            number=row.number,
            text=row.text if is_readable else None,
            language=row.language,
            state=row.state,
            reason=row.reason,
            lineage=row.lineage,
            predecessor=row.predecessor.number if row.predecessor else None,
            duplicate_of=row.duplicate_of.number if row.duplicate_of else None,
            created_at=row.created_at,
            decided_at=row.decided_at,
            n_agree=tally.n_agree if tally else None,
            n_disagree=tally.n_disagree if tally else None,
            n_pass=tally.n_pass if tally else None,
        )
