"""Who took part on each of the last days: counted by the worker, drawn on the dashboard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Max, Min
from django.db.models.functions import TruncDay

from deliberation.models import AnalysisRun, Conversation, Vote

# So many days are told, or those since the opening; the results page has all of them.
N_DAYS, MIN_DAYS = 28, 7


@dataclass(frozen=True)
class Day:
    """In UTC. Newcomers are those whose first vote was cast on it."""

    on: date
    n_votes: int
    n_newcomers: int


@dataclass(frozen=True)
class Turnout:
    """`days` ends with today, the oldest first; `median_votes` is of one person."""

    days: list[Day]
    median_votes: float | None

    @property
    def today(self) -> Day:
        return self.days[-1]

    @property
    def yesterday(self) -> Day:
        return self.days[-2]

    @property
    def n_votes(self) -> int:
        return sum(day.n_votes for day in self.days)


def counted(conversation: Conversation) -> dict[str, Any]:
    """The worker's part: two queries over all votes; empty while there is none.

    A changed vote counts when it was last cast. Excluded people are left out.
    """
    votes = Vote.objects.counted().filter(conversation=conversation).order_by()
    people = votes.values_list("participant").annotate(n=Count("pk"), at=Min("cast_at"))
    rows = list(people.values_list("n", "at"))
    if not rows:
        return {}
    latest = votes.aggregate(at=Max("cast_at"))["at"]
    since = datetime.combine(latest.date(), datetime.min.time(), UTC) - timedelta(
        days=N_DAYS - 1
    )
    per_day = (
        votes.filter(cast_at__gte=since)
        .values_list(TruncDay("cast_at", tzinfo=UTC))
        .annotate(n=Count("pk"))
    )
    n_votes = {at.date().isoformat(): n for at, n in per_day}
    n_newcomers: dict[str, int] = {}
    for _n, at in rows:
        if at >= since:
            on = at.astimezone(UTC).date().isoformat()
            n_newcomers[on] = n_newcomers.get(on, 0) + 1
    return {
        "median_votes": median(n for n, _at in rows),
        "days": [
            [on, n_votes.get(on, 0), n_newcomers.get(on, 0)]
            for on in sorted(n_votes.keys() | n_newcomers.keys())
        ],
    }


def days_of(conversation: Conversation, *, now: datetime) -> list[date]:
    """In UTC, the oldest first, today last."""
    today = now.astimezone(UTC).date()
    began = (conversation.opened_at or conversation.created_at).astimezone(UTC).date()
    n_days = min(N_DAYS, max(MIN_DAYS, (today - began).days + 1))
    return [today - timedelta(days=ago) for ago in reversed(range(n_days))]


def of(run: AnalysisRun | None, days: Sequence[date]) -> Turnout:
    """The pages' part: these days, those without a vote as well."""
    stored = run.summary.get("turnout", {}) if run else {}
    known = {on: counts for on, *counts in stored.get("days", [])}
    return Turnout(
        days=[Day(on, *known.get(on.isoformat(), (0, 0))) for on in days],
        median_votes=stored.get("median_votes"),
    )
