"""How many statements will be undecided at the close, if people go on as they do now.

Arrivals and decisions are taken for Poisson processes with the rates of the last days;
where days differ more than that would explain, the range is made wider by as much. It
is a sum, not a model: it knows no weekends and no campaign that begins tomorrow.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean, pvariance

from django.db.models import Count, Q

from deliberation.models import Conversation, Statement
from deliberation.tallies import Z_95

DAY = timedelta(days=1)
# The rates are those of so many days at most; fewer tell too little of how days differ.
WINDOW_DAYS, MIN_DAYS = 7, 2
# With fewer statements and decisions together the range would be wider than useful.
MIN_EVENTS = 10
# So many undecided ones are worth a sentence; fewer are the noise of one morning.
WORTH_TELLING = 5


@dataclass(frozen=True)
class Pace:
    """What came and what was decided in each of the last periods of a day, the oldest
    first; as many of the one as of the other."""

    arrivals: Sequence[int]
    decisions: Sequence[int]

    @property
    def is_enough(self) -> bool:
        n = sum(self.arrivals) + sum(self.decisions)
        return len(self.arrivals) >= MIN_DAYS and n >= MIN_EVENTS

    @property
    def arrivals_per_day(self) -> float:
        return fmean(self.arrivals) if self.arrivals else 0.0

    @property
    def decisions_per_day(self) -> float:
        return fmean(self.decisions) if self.decisions else 0.0


@dataclass(frozen=True)
class Forecast:
    """What will be undecided when decisions come too late, and what would help.

    low, high : with 95 % confidence, as far as the last days are like the next
    stop_at : statements that come until then can still be decided on; None where even
        those that wait now cannot
    needed_per_day : decisions that would leave nothing undecided
    """

    pace: Pace
    n_pending: int
    collects_until: datetime
    decides_until: datetime
    n_undecided: int
    low: int
    high: int
    stop_at: datetime | None
    needed_per_day: int

    @property
    def matters(self) -> bool:
        return self.n_undecided >= WORTH_TELLING


def forecast(
    pace: Pace,
    *,
    n_pending: int,
    collects_until: datetime,
    decides_until: datetime,
    now: datetime,
) -> Forecast | None:
    """None where too little is known, or it is too late for a forecast."""
    days_deciding = (decides_until - now) / DAY
    days_collecting = min(max(0.0, (collects_until - now) / DAY), days_deciding)
    if not pace.is_enough or days_deciding <= 0:
        return None
    coming = pace.arrivals_per_day * days_collecting
    deciding = pace.decisions_per_day * days_deciding
    left = n_pending + coming - deciding
    spread = Z_95 * math.sqrt(
        _variance(pace.arrivals, days_collecting)
        + _variance(pace.decisions, days_deciding)
    )
    return Forecast(
        pace=pace,
        n_pending=n_pending,
        collects_until=collects_until,
        decides_until=decides_until,
        n_undecided=max(0, round(left)),
        low=max(0, math.floor(left - spread)),
        # More than what waits and comes cannot be undecided, give or take what comes.
        high=max(0, math.ceil(left + spread)),
        stop_at=_stop_at(pace, n_pending, deciding, now),
        needed_per_day=math.ceil((n_pending + coming) / days_deciding),
    )


def _variance(counts: Sequence[int], days: float) -> float:
    """Of what so many days will bring: their own chance, and that of the rate, which
    was counted over few days; times how much more than Poisson the days differ."""
    n_days, rate = len(counts), fmean(counts)
    dispersion = max(1.0, pvariance(counts) / rate) if rate else 1.0
    return dispersion * (rate * days + rate * days * days / n_days)


def _stop_at(
    pace: Pace, n_pending: int, deciding: float, now: datetime
) -> datetime | None:
    spare = deciding - n_pending
    if spare <= 0 or not pace.arrivals_per_day:
        return None
    return now + DAY * (spare / pace.arrivals_per_day)


# --- From the database -----------------------------------------------------------------


def of(conversation: Conversation, *, n_pending: int, now: datetime) -> Forecast | None:
    """Of an open conversation that has an end; one query."""
    decides_until = conversation.votes_until or conversation.collects_until
    if decides_until is None or not conversation.takes_votes(now):
        return None
    collects_until = conversation.collects_until or decides_until
    return forecast(
        pace(conversation, now=now),
        n_pending=n_pending,
        collects_until=min(collects_until, decides_until),
        decides_until=decides_until,
        now=now,
    )


def pace(conversation: Conversation, *, now: datetime) -> Pace:
    """Of the last whole days before this moment since the opening; one query."""
    began = conversation.opened_at or conversation.created_at
    n_days = min(WINDOW_DAYS, max(0, (now - began) // DAY))
    if not n_days:
        return Pace([], [])
    decided = ~Q(state=Statement.State.PENDING)
    counts = {
        **_of_days("written", "created_at", Q(), n_days, now),
        **_of_days("decided", "decided_at", decided, n_days, now),
    }
    mine = Statement.objects.filter(conversation=conversation, is_seed=False)
    found = mine.aggregate(**counts)
    return Pace(
        arrivals=[found[f"written_{n}"] for n in range(n_days)],
        decisions=[found[f"decided_{n}"] for n in range(n_days)],
    )


def _of_days(
    name: str, field: str, which: Q, n_days: int, now: datetime
) -> dict[str, Count]:
    """Of each period of a day that ends with this moment, the oldest first."""
    counts = {}
    for n in range(n_days):
        until = now - (n_days - 1 - n) * DAY
        within = {f"{field}__gt": until - DAY, f"{field}__lte": until}
        counts[f"{name}_{n}"] = Count("pk", filter=which & Q(**within))
    return counts
