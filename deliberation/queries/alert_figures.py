"""What raises an alert about moderators' work, about voting or about the worker.

Each look gives the figures to tell, or None where all is well.
"""

from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from deliberation.models import (
    AnalysisRun,
    Conversation,
    Participant,
    ParticipationSign,
    Vote,
)
from deliberation.queries import analysis, backlog, dashboard

Figures = dict[str, object]

# Of those who take part: fewer are left to the page that lists them.
MIN_SHARE, MIN_PEOPLE = 0.05, 5
# So many newcomers of one day who were noticed are a matter of this day.
MIN_NEWLY, NEWLY = 10, timedelta(days=1)
# An analysis of the largest conversations takes minutes.
LATE_AFTER = timedelta(minutes=10)
N_FAILED_IN_A_ROW = 3


def backlog_of(conversation: Conversation, *, now: datetime) -> Figures | None:
    """Somebody waits for more than a day, or some will be undecided at the close."""
    if not conversation.takes_votes(now):
        return None
    waiting = dashboard.waiting(conversation, now=now)
    ahead = backlog.of(conversation, n_pending=waiting.n, now=now)
    matters = ahead is not None and ahead.matters
    if not waiting.n_long and not matters:
        return None
    figures: Figures = {"n_waiting": waiting.n, "n_long": waiting.n_long}
    if ahead is not None and matters:
        figures["n_undecided"] = ahead.n_undecided
    return figures


def suspicious_voting(conversation: Conversation, *, now: datetime) -> Figures | None:
    """Of those who are counted many were noticed, or many of one day's newcomers."""
    if not conversation.is_public:
        return None
    noticed = ParticipationSign.objects.filter(
        conversation=conversation, participant__is_excluded=False
    ).aggregate(
        n=Count("participant", distinct=True),
        n_newly=Count(
            "participant",
            distinct=True,
            filter=Q(participant__joined_at__gt=now - NEWLY),
        ),
    )
    if noticed["n"] < MIN_PEOPLE:
        return None
    people = Participant.objects.counted().filter(conversation=conversation)
    n_people = people.count()
    share = noticed["n"] / n_people
    if share < MIN_SHARE and noticed["n_newly"] < MIN_NEWLY:
        return None
    return {
        "n_noticed": noticed["n"],
        "n_newly": noticed["n_newly"],
        "n_people": n_people,
        "share": round(share, 4),
    }


def worker_behind(conversation: Conversation, *, now: datetime) -> Figures | None:
    """Votes wait for their analysis longer than one takes, or the last ones failed."""
    if not conversation.is_public:
        return None
    runs = AnalysisRun.objects.filter(
        conversation=conversation, layout=AnalysisRun.LAYOUT
    )
    ended = runs.exclude(state=AnalysisRun.State.RUNNING).order_by("-id")
    states = list(ended.values_list("state", flat=True)[:N_FAILED_IN_A_ROW])
    if states == [AnalysisRun.State.FAILED] * N_FAILED_IN_A_ROW:
        return {"n_failed": N_FAILED_IN_A_ROW}
    since = _waits_since(conversation, now)
    if since is None or now - since < LATE_AFTER:
        return None
    return {"minutes": (now - since) // timedelta(minutes=1)}


def _waits_since(conversation: Conversation, now: datetime) -> datetime | None:
    """When the first vote was cast that no analysis knows; None where all are known.

    Only where something has changed is it looked for: votes have no order by time.
    """
    if analysis.is_current(conversation):
        return None
    run = analysis.latest_run(conversation)
    votes = Vote.objects.filter(conversation=conversation, cast_at__lte=now)
    if run is not None:
        votes = votes.filter(cast_at__gt=run.started_at)
    found: datetime | None = votes.aggregate(at=Min("cast_at"))["at"]
    return found
