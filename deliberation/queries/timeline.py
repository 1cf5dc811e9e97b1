"""Participation over time: counted by the worker, drawn by pages."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min
from django.db.models.functions import TruncDay, TruncHour, TruncWeek

from deliberation.models import AnalysisRun, Conversation, Vote

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
# Up to three days are told by the hour, and up to ninety bars are told apart.
HOURLY_UP_TO, DAILY_UP_TO = timedelta(days=3), timedelta(days=90)
UNITS = {
    "hour": (HOUR, TruncHour),
    "day": (DAY, TruncDay),
    "week": (WEEK, TruncWeek),
}
# The drawing, in its own units.
WIDTH, HEIGHT, GAP = 900.0, 160.0, 0.2


@dataclass(frozen=True)
class Bar:
    """Votes cast from `begins_at` on, and by how many people; where to draw it."""

    begins_at: datetime
    n_votes: int
    n_people: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Timeline:
    """Each bar is an hour, a day or a week: `unit`."""

    bars: list[Bar]
    unit: str

    @property
    def busiest(self) -> Bar:
        return max(self.bars, key=lambda bar: bar.n_votes)

    @property
    def told(self) -> list[Bar]:
        """Those with a vote, newest first."""
        return [bar for bar in reversed(self.bars) if bar.n_votes]


# --- The worker's part -----------------------------------------------------------------


def counted(conversation: Conversation) -> dict[str, Any]:
    """Votes and voters of each hour, day or week with a vote, in UTC, oldest first.

    A changed vote counts when it was last cast. Excluded people are left out. Empty
    while there is no vote.
    """
    votes = Vote.objects.counted().filter(conversation=conversation).order_by()
    ends = votes.aggregate(first=Min("cast_at"), last=Max("cast_at"))
    if ends["first"] is None:
        return {}
    unit = _unit(ends["last"] - ends["first"])
    truncated = UNITS[unit][1]
    rows = (
        votes.values(begins_at=truncated("cast_at", tzinfo=UTC))
        .annotate(n_votes=Count("pk"), n_people=Count("participant", distinct=True))
        .order_by("begins_at")
        .values_list("begins_at", "n_votes", "n_people")
    )
    return {
        "unit": unit,
        "rows": [[begins_at.isoformat(), *counts] for begins_at, *counts in rows],
    }


def _unit(span: timedelta) -> str:
    if span <= HOURLY_UP_TO:
        return "hour"
    return "day" if span <= DAILY_UP_TO else "week"


# --- The pages' part -------------------------------------------------------------------


def drawn(run: AnalysisRun | None) -> Timeline | None:
    """Also the hours, days or weeks without a vote; None before a vote is counted."""
    stored = run.summary.get("timeline") if run else None
    if not stored:
        return None
    unit = UNITS[stored["unit"]][0]
    rows = {datetime.fromisoformat(at): counts for at, *counts in stored["rows"]}
    first, last = min(rows), max(rows)
    n_bars = (last - first) // unit + 1
    step, most = WIDTH / n_bars, max(n_votes for n_votes, _n in rows.values())
    bars = []
    for at in range(n_bars):
        n_votes, n_people = rows.get(first + at * unit, (0, 0))
        height = HEIGHT * n_votes / most
        bars.append(
            Bar(
                begins_at=first + at * unit,
                n_votes=n_votes,
                n_people=n_people,
                x=(at + GAP / 2) * step,
                y=HEIGHT - height,
                width=step * (1 - GAP),
                height=height,
            )
        )
    return Timeline(bars, stored["unit"])
