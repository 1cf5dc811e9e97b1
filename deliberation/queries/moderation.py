"""The moderators' queue: what waits, what was decided, and by how active an author."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from deliberation.errors import DeliberationError
from deliberation.models import Conversation, Statement, Vote


class NoSuchStatement(DeliberationError):
    code = "no_such_statement"
    message = _("There is no statement %(number)d in this conversation.")
    http_status = 404


class NoSuchAccount(DeliberationError):
    code = "no_such_account"
    message = _("There is no account named “%(name)s”.")
    http_status = 404


@dataclass(frozen=True)
class QueueCounts:
    """How many statements are in each state."""

    n_pending: int
    n_accepted: int
    n_rejected: int

    @property
    def n_all(self) -> int:
        return self.n_pending + self.n_accepted + self.n_rejected


def queue(conversation: Conversation, state: str) -> QuerySet[Statement]:
    """Statements in one state, oldest first, with `n_votes` and `n_author_votes`.

    The latter is how many votes the author has cast so far: a statement by somebody
    who has read many others is rarely a repetition.
    """
    return _counted(Statement.objects.filter(conversation=conversation, state=state))


def statement(conversation: Conversation, number: int) -> Statement:
    """One statement with the counters of the queue. Raises NoSuchStatement."""
    mine = Statement.objects.filter(conversation=conversation, number=number)
    found = _counted(mine).first()
    if found is None:
        raise NoSuchStatement(number=number)
    return found


def counts(conversation: Conversation) -> QueueCounts:
    rows = Statement.objects.filter(conversation=conversation).values_list("state")
    found = dict(rows.order_by("state").annotate(n=Count("pk")))
    return QueueCounts(
        n_pending=found.get(Statement.State.PENDING, 0),
        n_accepted=found.get(Statement.State.ACCEPTED, 0),
        n_rejected=found.get(Statement.State.REJECTED, 0),
    )


def account(name: str) -> User:
    """A moderator's account, for the command line. Raises NoSuchAccount."""
    found = User.objects.filter(username=name).first()
    if found is None:
        raise NoSuchAccount(name=name)
    return found


def _counted(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    return statements.annotate(
        n_votes=_votes_where(statement=OuterRef("pk")),
        n_author_votes=_votes_where(participant=OuterRef("author")),
    ).order_by("number", "id")


def _votes_where(**link: OuterRef) -> Coalesce:
    (field,) = link
    counted = Vote.objects.filter(**link).order_by().values(field)
    return Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0)
