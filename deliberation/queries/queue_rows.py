"""What the queue tells of each statement; as many queries for one as for fifty."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from deliberation.models import Conversation, Decision, Statement, Vote
from deliberation.queries import likeness


@dataclass(frozen=True)
class Row:
    """A statement with what helps to decide on it.

    statement : with n_votes, and of its author n_author_votes and n_author_statements
    n_alike : of its group of near-duplicates, itself included; 0 without a group
    n_alike_pending : of these, how many wait
    opposites : those that may say the opposite, the nearest first
    last : the latest decision on it, taken back or not
    successors : numbers of what moderators made of it
    """

    statement: Statement
    n_alike: int
    n_alike_pending: int
    opposites: Sequence[likeness.Near]
    last: Decision | None
    successors: Sequence[int]

    @property
    def n_others(self) -> int:
        return max(0, self.n_alike - 1)

    @property
    def n_to_fold(self) -> int:
        """How many wait that could be folded into this one."""
        is_pending = self.statement.state == Statement.State.PENDING
        return max(0, self.n_alike_pending - is_pending)


def rows(conversation: Conversation, pks: Sequence[int]) -> list[Row]:
    """In the order of the ids."""
    found = _counted(Statement.objects.filter(conversation=conversation, pk__in=pks))
    statements = found.in_bulk()
    alike = _alike(conversation, [one.likeness_group for one in statements.values()])
    opposites = likeness.opposites(conversation, pks)
    last = _last_decisions(pks)
    successors = _successors(pks)
    return [
        Row(
            statement=statements[pk],
            n_alike=sum(alike.get(statements[pk].likeness_group, {}).values()),
            n_alike_pending=alike.get(statements[pk].likeness_group, {}).get(
                Statement.State.PENDING, 0
            ),
            opposites=opposites.get(pk, []),
            last=last.get(pk),
            successors=successors.get(pk, []),
        )
        for pk in pks
        if pk in statements
    ]


def _counted(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    """How many votes the author has cast says something: a statement by somebody who
    has read many others is rarely a repetition."""
    written = Statement.objects.filter(author=OuterRef("author")).order_by()
    n_written = written.values("author").annotate(n=Count("pk")).values("n")
    return statements.select_related(
        "decided_by", "flagged_by", "duplicate_of", "predecessor", "appeal"
    ).annotate(
        n_votes=_votes_where(statement=OuterRef("pk")),
        n_author_votes=_votes_where(participant=OuterRef("author")),
        n_author_statements=Coalesce(Subquery(n_written), 0),
    )


def _votes_where(**link: OuterRef) -> Coalesce:
    (field,) = link
    counted = Vote.objects.filter(**link).order_by().values(field)
    return Coalesce(Subquery(counted.annotate(n=Count("*")).values("n")), 0)


def _alike(
    conversation: Conversation, groups: Sequence[int | None]
) -> dict[int | None, dict[str, int]]:
    """Number of a group, to how many of it are in each state."""
    members = Statement.objects.filter(
        conversation=conversation, likeness_group__in=set(groups) - {None}
    )
    found: dict[int | None, dict[str, int]] = {}
    counted = members.order_by().values_list("likeness_group", "state")
    for group, state, n in counted.annotate(n=Count("pk")):
        found.setdefault(group, {})[state] = n
    return found


def _last_decisions(pks: Sequence[int]) -> dict[int, Decision]:
    made = Decision.objects.filter(statement__in=pks).select_related("decided_by")
    return {one.statement_id: one for one in made.order_by("id")}


def _successors(pks: Sequence[int]) -> dict[int, list[int]]:
    made = Statement.objects.filter(predecessor__in=pks).order_by("number")
    found: dict[int, list[int]] = {}
    for one in made.only("predecessor", "number"):
        if one.predecessor_id is not None:
            found.setdefault(one.predecessor_id, []).append(one.number)
    return found
