"""The organisers' own statements: those there are, and what new ones would repeat."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from django.core.paginator import Page
from django.db.models import Count, F, Q

from deliberation import similarity
from deliberation.models import Conversation, Statement
from deliberation.queries import likeness, paging, successors
from deliberation.queries.moderation import NoSuchStatement
from deliberation.similarity import Kind
from deliberation.tallies import Tally

PER_PAGE = 50
# So many that are near are shown beside a line.
MOST = 3
NO_VOTES = Tally(0, 0, 0)
# What an index knows a text by: a statement's id, or the place of a given line.
Key = tuple[str, int]


class Given(Protocol):
    """A line as somebody gives it; `problem` is empty where nothing is wrong with it."""

    @property
    def number(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def problem(self) -> str: ...


class Verdict(StrEnum):
    """The worst there is to say of a line."""

    FINE = "fine"
    WRONG = "wrong"
    REPEATED = "repeated"
    NEAR = "near"
    OPPOSITE = "opposite"


@dataclass(frozen=True)
class Other:
    """What a line repeats or denies: a statement, or a line before it.

    statement : its number; None where it is a line
    line : its number; None where it is a statement
    """

    text: str
    language: str
    kind: str
    statement: int | None = None
    line: int | None = None


@dataclass(frozen=True)
class Looked:
    """A given line, looked at."""

    line: Given
    verdict: Verdict
    others: list[Other]

    @property
    def can_be_added(self) -> bool:
        return self.verdict not in (Verdict.WRONG, Verdict.REPEATED)

    @property
    def is_proposed(self) -> bool:
        """Both sides of a question are welcome; the same twice is not."""
        return self.verdict in (Verdict.FINE, Verdict.OPPOSITE)


@dataclass(frozen=True)
class SeedRow:
    """`can_edit`: in place, since nobody but its author has voted."""

    statement: Statement
    tally: Tally
    can_edit: bool


def seeds(conversation: Conversation, page: int | str) -> Page[SeedRow]:
    """All there are, the newest first; a page costs the same for one and for fifty."""
    rows = Statement.objects.filter(conversation=conversation, is_seed=True)
    others = Q(votes__isnull=False) & ~Q(votes__participant=F("author"))
    counted = rows.annotate(n_others=Count("votes", filter=others))

    def tell(found: Sequence[Statement]) -> list[SeedRow]:
        tallies = successors.tallies(row.pk for row in found)
        return [_row(row, tallies.get(row.pk, NO_VOTES)) for row in found]

    shown = counted.select_related("duplicate_of").order_by("-number", "-id")
    return paging.told_together(shown, page, PER_PAGE, tell)


def seed(conversation: Conversation, number: int) -> Statement:
    """Raises NoSuchStatement, also for one that a participant wrote."""
    mine = Statement.objects.filter(conversation=conversation, is_seed=True)
    found = mine.filter(number=number).first()
    if found is None:
        raise NoSuchStatement(number=number)
    return found


def preview(conversation: Conversation, lines: Sequence[Given]) -> list[Looked]:
    """Each line beside what is there already, in the order given. Stores nothing."""
    rows = Statement.objects.filter(conversation=conversation).order_by("number", "id")
    there = {row.pk: row for row in rows.defer("reason_note", "flag_note")}
    said = {row.text.casefold(): _of_statement(row) for row in reversed(there.values())}
    found: dict[int, Looked] = {}
    fine: dict[int, Given] = {}
    for at, line in enumerate(lines):
        earlier = said.get(line.text.casefold())
        if line.problem:
            found[at] = Looked(line, Verdict.WRONG, [])
        elif earlier is not None:
            found[at] = Looked(line, Verdict.REPEATED, [earlier])
        else:
            fine[at] = line
            said[line.text.casefold()] = _of_line(line)
    found |= _compared(conversation, there, fine)
    return [found[at] for at in range(len(lines))]


def _compared(
    conversation: Conversation, there: dict[int, Statement], lines: dict[int, Given]
) -> dict[int, Looked]:
    made = similarity.fingerprints((one.text, one.language) for one in lines.values())
    prints = dict(zip(lines, made, strict=True))
    known = likeness.comparable(conversation.pk)
    entries: list[tuple[Key, similarity.Fingerprint]] = [
        (("statement", row.statement_id), row.fingerprint) for row in known
    ]
    entries += [(("line", at), one) for at, one in prints.items()]
    index = similarity.Index(entries)
    later = {("line", at) for at in lines}
    found = {}
    for at, line in lines.items():
        matches = index.similar_to(prints[at], MOST, later, with_opposites=True)
        later.discard(("line", at))
        others = [
            _of_statement(there[key], match.kind)
            if where == "statement"
            else _of_line(lines[key], match.kind)
            for match in matches
            for where, key in [match.key]
        ]
        found[at] = Looked(line, _verdict(others), others)
    return found


def _verdict(others: Sequence[Other]) -> Verdict:
    if not others:
        return Verdict.FINE
    is_near = any(other.kind != Kind.OPPOSITE for other in others)
    return Verdict.NEAR if is_near else Verdict.OPPOSITE


def _of_statement(row: Statement, kind: str = Kind.SAME) -> Other:
    return Other(row.text, row.language, kind, statement=row.number)


def _of_line(line: Given, kind: str = Kind.SAME) -> Other:
    return Other(line.text, line.language, kind, line=line.number)


def _row(row: Statement, tally: Tally) -> SeedRow:
    n_others: int = row.n_others  # type: ignore[attr-defined]
    return SeedRow(row, tally, can_edit=not n_others)
