"""Lists and counters for the front page, the cover and the moderators' list."""

from dataclasses import dataclass
from itertools import count

from django.contrib.auth.models import User
from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from deliberation.models import (
    Alert,
    AnalysisRun,
    Conversation,
    Participant,
    Statement,
    Vote,
)
from deliberation.queries import translations

# Of an address that gets a number, so that it stays as short as one may be.
MAX_FREE = 54


@dataclass(frozen=True)
class Figures:
    """How far a conversation has come; excluded people and their votes left out."""

    n_participants: int
    n_statements: int
    n_votes: int


def public_list() -> QuerySet[Conversation]:
    """Open conversations first, then closed ones, newest first; with counters, and in
    words that the reader understands."""
    return _counted(translations.worded(Conversation.objects.public())).order_by(
        "-state", "-created_at", "-id"
    )


def moderated_list(user: User) -> QuerySet[Conversation]:
    """The conversations this person runs, newest first, the archive last; with
    counters, and with `standing_alerts`."""
    alerts = Prefetch("alerts", Alert.objects.standing(), to_attr="standing_alerts")
    mine = Conversation.objects.filter(moderators__user=user)
    is_archived = Q(state=Conversation.State.ARCHIVED)
    found = _counted(mine.prefetch_related(alerts)).annotate(
        is_archived=is_archived, n_votes=Coalesce(_analysed_votes(), F("n_votes"))
    )
    return found.order_by("is_archived", "-created_at", "-id")


def free_address(wanted: str) -> str:
    """The address, or the first of wanted-2, wanted-3, ... that nobody has taken."""
    taken = Conversation.objects.filter(slug__startswith=wanted[:MAX_FREE])
    known = set(taken.values_list("slug", flat=True))
    free = (f"{wanted[:MAX_FREE].rstrip('-')}-{n}" for n in count(2))
    return wanted if wanted not in known else next(s for s in free if s not in known)


def figures(conversation: Conversation) -> Figures:
    return Figures(
        n_participants=Participant.objects.counted()
        .filter(conversation=conversation)
        .count(),
        n_statements=Statement.objects.shown(conversation).count(),
        n_votes=Vote.objects.counted().filter(conversation=conversation).count(),
    )


def _analysed_votes() -> Subquery:
    """What the latest analysis counted: a million votes are not counted for a list."""
    runs = AnalysisRun.objects.filter(
        conversation=OuterRef("pk"),
        layout=AnalysisRun.LAYOUT,
        state=AnalysisRun.State.SUCCEEDED,
    )
    return Subquery(runs.order_by("-id").values("n_votes")[:1])


def _counted(conversations: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """Adds n_participants, n_votes, n_statements (those shown) and n_pending."""
    pending = Statement.objects.filter(state=Statement.State.PENDING)
    shown = Q(state=Statement.State.ACCEPTED) | Q(
        state=Statement.State.PENDING,
        conversation__moderation=Conversation.Moderation.AFTER,
    )
    return conversations.annotate(
        n_participants=_count_of(Participant.objects.counted()),
        n_votes=_count_of(Vote.objects.counted()),
        n_statements=_count_of(Statement.objects.filter(shown)),
        n_pending=_count_of(pending),
    )


def _count_of(rows: QuerySet[Participant | Vote | Statement]) -> Coalesce:
    counted = (
        rows.filter(conversation=OuterRef("pk"))
        .order_by()
        .values("conversation")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return Coalesce(Subquery(counted), 0)
