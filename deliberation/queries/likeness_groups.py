"""Near-duplicate groups side by side, for moderators who fold: words, votes, opposites."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from deliberation import differences
from deliberation.differences import Piece
from deliberation.errors import DeliberationError
from deliberation.models import Conversation, Decision, Statement
from deliberation.queries import likeness, successors
from deliberation.tallies import Tally

PER_PAGE = 20
# So many of those that may deny it are shown beside a group, the nearest first.
MOST_OPPOSITES = 6
NO_VOTES = Tally(0, 0, 0)
CAN_LEAD = Q(state__in=[Statement.State.PENDING, Statement.State.ACCEPTED])


class NoSuchGroup(DeliberationError):
    code = "no_such_group"
    message = _(
        "There is no group of near-duplicates with this number any more. Statements"
        " have come or changed: look at the list."
    )
    http_status = 404


@dataclass(frozen=True)
class Member:
    """A statement of a group, or one that may deny it.

    pieces : from the leader's words to its own
    can_lead : it is shown or waits; such a one is also what is left to fold
    """

    statement: Statement
    tally: Tally
    pieces: list[Piece]
    can_lead: bool


@dataclass(frozen=True)
class Folding:
    """Statements that were folded together, as the batch that takes it back."""

    batch: str
    into: int
    n: int
    by_name: str
    decided_at: datetime


@dataclass(frozen=True)
class Group:
    """leader : which of `members` is proposed to lead: the most voted of those that are
    accepted, else the oldest; None where none can"""

    number: int
    members: list[Member]
    leader: Member | None
    opposites: list[Member]

    @property
    def n_open(self) -> int:
        """How many are shown or wait."""
        return sum(member.can_lead for member in self.members)


@dataclass(frozen=True)
class GroupCounts:
    """`n_open` groups have two or more that are shown or wait."""

    n_open: int
    n_all: int


def counts(conversation: Conversation) -> GroupCounts:
    rows = _rows(conversation)
    return GroupCounts(rows.filter(n_open__gt=1).count(), rows.count())


def page(
    conversation: Conversation, *, only_open: bool, number: int | str
) -> Page[Group]:
    """The largest first. A handful of queries, whatever the size."""
    rows = _rows(conversation).order_by("-n_open", "likeness_group")
    found = Paginator(
        rows.filter(n_open__gt=1) if only_open else rows, PER_PAGE
    ).get_page(number)
    numbers = [row["likeness_group"] for row in found.object_list]
    groups = _groups(conversation, numbers)
    return Page([groups[each] for each in numbers], found.number, found.paginator)


def group(conversation: Conversation, number: int) -> Group:
    """One group whole. Raises NoSuchGroup."""
    found = _groups(conversation, [number]).get(number)
    if found is None:
        raise NoSuchGroup
    return found


def foldings(group: Group) -> list[Folding]:
    """Of the group's statements, those that can be taken back, the latest first."""
    folded = [m.statement.pk for m in group.members if m.statement.duplicate_of_id]
    made = (
        Decision.objects.filter(
            statement__in=folded, kind=Decision.Kind.FOLD, undone_by_decision=None
        )
        .order_by("-id")
        .select_related("decided_by")
    )
    latest: dict[int, Decision] = {}
    for decision in made:
        latest.setdefault(decision.statement_id, decision)
    batches: dict[str, list[Decision]] = {}
    for decision in latest.values():
        batches.setdefault(decision.batch, []).append(decision)
    return [
        Folding(
            batch,
            each[0].other_number or 0,
            len(each),
            each[0].decided_by.username,
            each[0].decided_at,
        )
        for batch, each in batches.items()
    ]


def _rows(conversation: Conversation) -> QuerySet[Any, Any]:
    """A row for each group, of two or more."""
    return (
        _members(conversation)
        .order_by()
        .values("likeness_group")
        .annotate(n=Count("pk"), n_open=Count("pk", filter=CAN_LEAD))
        .filter(n__gt=1)
    )


def _members(conversation: Conversation) -> QuerySet[Statement]:
    mine = Statement.objects.filter(
        conversation=conversation, likeness_group__isnull=False
    )
    return mine.exclude(state=Statement.State.REPLACED)


def _groups(conversation: Conversation, numbers: Iterable[int]) -> dict[int, Group]:
    rows = _members(conversation).filter(likeness_group__in=list(numbers))
    statements = list(
        rows.select_related("duplicate_of").order_by("likeness_group", "number", "id")
    )
    opposites = likeness.opposites(conversation, [row.pk for row in statements])
    shown = {row.pk for row in statements}
    shown |= {near.statement.pk for found in opposites.values() for near in found}
    tallies = successors.tallies(shown)
    together: dict[int, list[Statement]] = {}
    for row in statements:
        together.setdefault(row.likeness_group or 0, []).append(row)
    return {
        number: _group(number, members, opposites, tallies)
        for number, members in together.items()
        if len(members) > 1
    }


def _group(
    number: int,
    statements: list[Statement],
    opposites: Mapping[int, list[likeness.Near]],
    tallies: Mapping[int, Tally],
) -> Group:
    leader = _leader(statements, tallies)
    words = (leader or statements[0]).text
    near = [one for row in statements for one in opposites.get(row.pk, [])]
    ranked = sorted(near, key=lambda one: (-one.score, one.statement.number))
    against = {one.statement.pk: one.statement for one in ranked}
    members = [_member(row, words, tallies) for row in statements]
    return Group(
        number=number,
        members=members,
        leader=next((m for m in members if m.statement is leader), None),
        opposites=[
            _member(row, words, tallies)
            for row in list(against.values())[:MOST_OPPOSITES]
        ],
    )


def _member(row: Statement, words: str, tallies: Mapping[int, Tally]) -> Member:
    return Member(
        statement=row,
        tally=tallies.get(row.pk, NO_VOTES),
        pieces=differences.between(words, row.text),
        can_lead=likeness.can_lead(row),
    )


def _leader(
    statements: list[Statement], tallies: Mapping[int, Tally]
) -> Statement | None:
    able = [row for row in statements if likeness.can_lead(row)]
    accepted = [row for row in able if row.state == Statement.State.ACCEPTED]
    # Of equal ones the first, and they come the oldest first.
    return max(
        accepted or able[:1],
        key=lambda row: tallies.get(row.pk, NO_VOTES).n,
        default=None,
    )
