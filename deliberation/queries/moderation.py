"""What moderators look up: statements by number, how many wait, accounts and views."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from deliberation.errors import DeliberationError
from deliberation.models import Conversation, SavedView, Statement


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
    n_replaced: int = 0
    n_flagged: int = 0

    @property
    def n_all(self) -> int:
        return self.n_pending + self.n_accepted + self.n_rejected + self.n_replaced


def statement(conversation: Conversation, number: int) -> Statement:
    """Raises NoSuchStatement."""
    mine = Statement.objects.filter(conversation=conversation, number=number)
    found = mine.first()
    if found is None:
        raise NoSuchStatement(number=number)
    return found


def statements(conversation: Conversation, numbers: Collection[int]) -> list[Statement]:
    """Those of these numbers that there are, the oldest first."""
    mine = Statement.objects.filter(conversation=conversation, number__in=numbers)
    return list(mine.order_by("number", "id"))


def saved_views(conversation: Conversation, user: User) -> list[SavedView]:
    """A moderator's own, by their names."""
    mine = SavedView.objects.filter(conversation=conversation, user=user)
    return list(mine.order_by("name", "id"))


def counts(conversation: Conversation) -> QueueCounts:
    rows = Statement.objects.filter(conversation=conversation).order_by()
    states = {
        state: (n, n_flagged)
        for state, n, n_flagged in rows.values_list("state").annotate(
            n=Count("pk"), n_flagged=Count("flagged_at")
        )
    }
    nothing = (0, 0)
    return QueueCounts(
        n_pending=states.get(Statement.State.PENDING, nothing)[0],
        n_accepted=states.get(Statement.State.ACCEPTED, nothing)[0],
        n_rejected=states.get(Statement.State.REJECTED, nothing)[0],
        n_replaced=states.get(Statement.State.REPLACED, nothing)[0],
        n_flagged=sum(n_flagged for _n, n_flagged in states.values()),
    )


def account(name: str) -> User:
    """A moderator's account, for the command line. Raises NoSuchAccount."""
    found = User.objects.filter(username=name).first()
    if found is None:
        raise NoSuchAccount(name=name)
    return found
