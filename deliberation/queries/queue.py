"""The moderators' queue: which statements it holds, in what order, and their rows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Value,
    When,
    Window,
)

from deliberation.models import Conversation, Statement, Vote
from deliberation.queries import likeness
from deliberation.queries.contains import containing
from deliberation.queries.most_votes import by_most, votes_of_authors, votes_on
from deliberation.queries.queue_rows import Row, rows

PER_PAGE = 40
# So many statements that say nearly the same as one, at most.
MOST_SIMILAR = 200
WAITS = {
    "1h": timedelta(hours=1),
    "1d": timedelta(days=1),
    "3d": timedelta(days=3),
    "7d": timedelta(days=7),
}
FLAGGED, EVERY_STATE = "flagged", "all"
Found = QuerySet[Statement]


@dataclass(frozen=True)
class Filters:
    """What the address of the queue asks for; empty or None lets everything through.

    state : one of Statement.State, "flagged" or "all"
    author_of : number of a statement: those of its author, whoever that is
    similar_to : number of a statement: those that may say the same
    group : of near-duplicates, by its number
    waits : one of WAITS: written at least so long ago
    votes : "some" or "none"
    seed : "yes" or "no"
    sort : one of ORDERS
    """

    state: str = Statement.State.PENDING.value
    language: str = ""
    author_of: int | None = None
    similar_to: int | None = None
    group: int | None = None
    words: str = ""
    waits: str = ""
    reason: str = ""
    votes: str = ""
    seed: str = ""
    sort: str = "oldest"


def page(
    conversation: Conversation, filters: Filters, number: int | str, now: datetime
) -> Page[Row]:
    """Fifty rows; they are counted and told for this page alone, whatever the order."""
    found = matching(conversation, filters, now)
    chosen = _paginator(found, filters.sort).get_page(number)
    told = rows(conversation, list(chosen.object_list))
    return Page(told, chosen.number, chosen.paginator)


def matching(conversation: Conversation, filters: Filters, now: datetime) -> Found:
    """The statements that the filters let through, in no order."""
    found = _in_state(Statement.objects.filter(conversation=conversation), filters)
    for wanted in ("language", "reason"):
        if value := getattr(filters, wanted):
            found = found.filter(**{wanted: value})
    if filters.group is not None:
        found = found.filter(likeness_group=filters.group)
    if filters.waits:
        found = found.filter(created_at__lte=now - WAITS[filters.waits])
    if filters.seed:
        found = found.filter(is_seed=filters.seed == "yes")
    if filters.votes:
        is_voted = Exists(Vote.objects.filter(statement=OuterRef("pk")))
        found = found.filter(is_voted if filters.votes == "some" else ~is_voted)
    return _by_another(conversation, found, filters)


def pending_of_group(conversation: Conversation, one: Statement) -> list[Statement]:
    """The others of its group of near-duplicates that wait for a decision."""
    if one.likeness_group is None:
        return []
    members = likeness.group_members(conversation, one.likeness_group)
    return list(members.filter(state=Statement.State.PENDING).exclude(pk=one.pk))


def languages(conversation: Conversation) -> list[str]:
    """In which its statements are written."""
    mine = Statement.objects.filter(conversation=conversation).order_by("language")
    return list(mine.values_list("language", flat=True).distinct())


def _in_state(found: Found, filters: Filters) -> Found:
    if filters.state == FLAGGED:
        return found.filter(flagged_at__isnull=False)
    if filters.state == EVERY_STATE:
        return found
    return found.filter(state=filters.state)


def _by_another(conversation: Conversation, found: Found, filters: Filters) -> Found:
    """What another statement, or words, pick out."""
    mine = Statement.objects.filter(conversation=conversation)
    if filters.author_of is not None:
        one = mine.filter(number=filters.author_of, author__isnull=False)
        found = found.filter(author__in=one.values("author"))
    if filters.similar_to is not None:
        to = mine.filter(number=filters.similar_to).first()
        near = likeness.similar_to(conversation, to, MOST_SIMILAR) if to else []
        found = found.filter(pk__in=[other.statement.pk for other in near])
    if filters.words:
        found = found.filter(pk__in=containing(found, filters.words))
    return found


def _paginator(found: Found, sort: str) -> "_Counted":
    """Of ids in their order, counted without what only the order needs."""
    if sort in COUNTED_SORTS:
        pks = by_most(found, COUNTED_SORTS[sort](found))
        return _Counted(pks, PER_PAGE, n=len(pks))
    ordered = SORTS[sort](found).values_list("pk", flat=True)
    return _Counted(ordered, PER_PAGE, n=found.count())


def _oldest(found: Found) -> Found:
    return found.order_by("number", "id")


def _newest(found: Found) -> Found:
    return found.order_by("-number", "-id")


def _most_alike(found: Found) -> Found:
    """The largest groups first, each whole; then what stands alone."""
    together = Window(Count("pk"), partition_by=[F("likeness_group")])
    alone = When(likeness_group__isnull=True, then=Value(0))
    n_alike = Case(alone, default=together, output_field=IntegerField())
    return found.annotate(n_together=n_alike).order_by(
        "-n_together", "likeness_group", "number", "id"
    )


SORTS = {
    "oldest": _oldest,
    "newest": _newest,
    "alike": _most_alike,
}
COUNTED_SORTS = {"votes": votes_on, "author": votes_of_authors}
ORDERS = (*SORTS, *COUNTED_SORTS)


class _Counted(Paginator):  # type: ignore[type-arg]
    """A paginator that is told how many there are."""

    def __init__(
        self, pks: QuerySet[Statement, int] | list[int], per_page: int, n: int
    ) -> None:
        super().__init__(pks, per_page)
        self.count = n
