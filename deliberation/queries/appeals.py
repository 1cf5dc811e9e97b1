"""What authors object to, for those who answer; and whether one can object."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.core.paginator import Page
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from deliberation.errors import DeliberationError
from deliberation.models import Appeal, Conversation, Decision, Moderator, Statement
from deliberation.permissions import RIGHTS, Right
from deliberation.queries import paging, reasons, successors
from deliberation.queries.successors import Relative

PER_PAGE = 20
# What an author can object to.
KINDS = (
    Decision.Kind.REJECT,
    Decision.Kind.FOLD,
    Decision.Kind.REWORD,
    Decision.Kind.SPLIT,
)
OUT = (Statement.State.REJECTED, Statement.State.REPLACED)
MODERATING = [role for role, rights in RIGHTS.items() if Right.MODERATE in rights]


class NoSuchAppeal(DeliberationError):
    code = "no_such_appeal"
    message = _("There is no objection to statement %(number)d in this conversation.")
    http_status = 404


@dataclass(frozen=True)
class AppealView:
    """One objection with what it is about.

    reason : of the decision, in words; empty where it has none
    is_by_reader : who reads made the decision herself
    can_answer : who reads may: she did not decide, or nobody else could answer
    """

    appeal: Appeal
    reason: str
    successors: list[Relative]
    is_by_reader: bool
    can_answer: bool


def objectionable(statements: Collection[Statement]) -> dict[int, Decision]:
    """By id of the statement, the decision to object to, where there is one; a query.

    It is the last one on the statement, it took it out, and it still holds.
    """
    last = Decision.objects.filter(statement=OuterRef("statement")).order_by("-id")
    made = Decision.objects.filter(
        statement__in=statements,
        statement__state__in=OUT,
        kind__in=KINDS,
        pk=Subquery(last.values("pk")[:1]),
    )
    return {decision.statement_id: decision for decision in made}


def waiting(conversation: Conversation) -> int:
    """How many nobody has answered."""
    return Appeal.objects.filter(conversation=conversation, outcome="").count()


def n_waiting() -> Coalesce:
    """The same of a row of Conversation, with the row."""
    mine = Appeal.objects.filter(conversation=OuterRef("pk"), outcome="").order_by()
    counted = mine.values("conversation").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def page(
    conversation: Conversation, *, user_id: int | None, page: int | str = 1
) -> Page[AppealView]:
    """Those that wait first, the oldest of them first; then the answered, newest first."""
    rows = _rows(conversation).order_by(
        F("answered_at").desc(nulls_first=True), "made_at", "id"
    )
    return paging.told_together(
        rows, page, PER_PAGE, lambda found: _views(conversation, found, user_id)
    )


def view(conversation: Conversation, number: int, *, user_id: int | None) -> AppealView:
    """Of the statement with this number. Raises NoSuchAppeal."""
    found = list(_rows(conversation).filter(statement__number=number))
    if not found:
        raise NoSuchAppeal(number=number)
    return _views(conversation, found, user_id)[0]


def is_anothers(appeal: Appeal, user_id: int) -> bool:
    """Whether another moderator is there to answer what this one decided."""
    is_hers = appeal.decision.decided_by_id == user_id
    return is_hers and _others(appeal.conversation, user_id)


def _others(conversation: Conversation, user_id: int | None) -> bool:
    people = Moderator.objects.filter(
        conversation=conversation, role__in=MODERATING, user__is_active=True
    )
    return people.exclude(user=user_id).exists()


def _rows(conversation: Conversation) -> QuerySet[Appeal]:
    return Appeal.objects.filter(conversation=conversation).select_related(
        "conversation",
        "statement__duplicate_of",
        "decision__decided_by",
        "answered_by",
    )


def _views(
    conversation: Conversation, rows: Sequence[Appeal], user_id: int | None
) -> list[AppealView]:
    is_alone = not _others(conversation, user_id)
    made = successors.of_many(
        conversation, [row.statement for row in rows], withholds=False
    )
    return [
        AppealView(
            appeal=row,
            reason=_reason(conversation, row.decision.reason),
            successors=made.get(row.statement_id, []),
            is_by_reader=row.decision.decided_by_id == user_id,
            can_answer=not row.outcome
            and (is_alone or row.decision.decided_by_id != user_id),
        )
        for row in rows
    ]


def _reason(conversation: Conversation, code: str) -> str:
    return reasons.words(conversation, code) if code else ""
