"""The words of a statement as moderators work on them, and what they were before."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from deliberation import differences
from deliberation.differences import Piece
from deliberation.models import Conversation, Decision, Statement, Vote, Wording
from deliberation.models.statement import NO_WORDS
from deliberation.queries import successors
from deliberation.queries.moderation import NoSuchStatement
from deliberation.queries.successors import Relative


@dataclass(frozen=True)
class Edited:
    """What was changed in place, and when: from the words before to those after."""

    edited_at: datetime
    by_name: str
    language: str
    pieces: list[Piece]


@dataclass(frozen=True)
class WordsPage:
    """One statement for whoever works on its words.

    n_others : votes of others than its author
    can_edit : in place; where not, it can be reworded, and it can be split in both
    replaced : the decision by which others took its place, where one did
    can_take_back : nobody has voted on those others, and they stand as they came
    """

    statement: Statement
    n_others: int
    can_change: bool
    can_edit: bool
    earlier: list[Edited]
    predecessor: Relative | None
    successors: list[Relative]
    replaced: Decision | None
    can_take_back: bool


def can_change(statement: Statement) -> bool:
    """Not one that leads elsewhere already, or whose words are gone."""
    is_replaced = statement.state == Statement.State.REPLACED
    leads = is_replaced or statement.duplicate_of_id is not None
    return not leads and statement.text != NO_WORDS


def page(conversation: Conversation, number: int) -> WordsPage:
    """A dozen queries, whatever the size. Raises NoSuchStatement."""
    mine = Statement.objects.filter(conversation=conversation, number=number)
    statement = mine.select_related("author", "predecessor", "duplicate_of").first()
    if statement is None:
        raise NoSuchStatement(number=number)
    votes = Vote.objects.filter(statement=statement)
    n_others = votes.exclude(participant=statement.author_id).count()
    changeable = can_change(statement)
    replaced = _replaced_by(statement)
    family = successors.family(conversation, statement, withholds=False)
    return WordsPage(
        statement=statement,
        n_others=n_others,
        can_change=changeable,
        can_edit=changeable and not n_others,
        earlier=edits([statement]).get(statement.pk, []),
        predecessor=family.predecessor,
        successors=family.successors,
        replaced=replaced,
        can_take_back=replaced is not None
        and all(_is_unused(each) for each in family.successors),
    )


def edits(statements: Collection[Statement]) -> dict[int, list[Edited]]:
    """By id of the statement, the latest first; one query."""
    rows = Wording.objects.filter(statement__in=statements).select_related("edited_by")
    after = {statement.pk: statement.text for statement in statements}
    found: dict[int, list[Edited]] = {}
    for row in rows.order_by("-id"):
        pieces = differences.between(row.text, after[row.statement_id])
        edited = Edited(row.edited_at, row.edited_by.username, row.language, pieces)
        found.setdefault(row.statement_id, []).append(edited)
        after[row.statement_id] = row.text
    return found


def _replaced_by(statement: Statement) -> Decision | None:
    """The last decision, where it replaced the words and still holds."""
    if statement.state != Statement.State.REPLACED:
        return None
    made = Decision.objects.filter(statement=statement).select_related("decided_by")
    last = made.order_by("id").last()
    replacing = (Decision.Kind.REWORD, Decision.Kind.SPLIT)
    return last if last is not None and last.kind in replacing else None


def _is_unused(relative: Relative) -> bool:
    is_replaced = relative.state == Statement.State.REPLACED
    return not is_replaced and not relative.tally.n
