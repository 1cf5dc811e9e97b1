"""How a conversation stands, for those who run it, from what is cheap to know.

What votes tell comes from the latest analysis, so that a page costs the same for a
million votes; what moderators do is counted as it is now.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.db.models.functions import TruncDay
from django.utils.translation import get_language_info

from deliberation.models import (
    AnalysisRun,
    Appeal,
    Conversation,
    OpinionGroup,
    Participant,
    ParticipationSign,
    Statement,
)
from deliberation.queries import (
    analysis,
    backlog,
    charts,
    decisions,
    findings,
    listings,
    missing,
    overview,
    phases,
    second_looks,
    turnout,
)
from deliberation.queries.agreement import Agreement
from deliberation.queries.backlog import Forecast
from deliberation.queries.charts import Bars
from deliberation.queries.decisions import Summary
from deliberation.queries.figures import SharedView
from deliberation.queries.findings import FindingView
from deliberation.queries.phases import Schedule
from deliberation.queries.turnout import Turnout

N_AGREED = 3
# Authors who wait for longer are what moderators should know of first.
LONG_WAIT = timedelta(days=1)


@dataclass(frozen=True)
class GroupSize:
    letter: str
    n_members: int
    p_members: float


@dataclass(frozen=True)
class Waiting:
    """Statements nobody has decided on; `oldest_at` is None where there is none."""

    n: int
    n_long: int
    oldest_at: datetime | None

    def since(self, now: datetime) -> timedelta:
        return now - self.oldest_at if self.oldest_at else timedelta(0)


@dataclass(frozen=True)
class Work:
    """One day of moderators' work, in UTC."""

    on: date
    n_written: int
    n_decided: int


@dataclass(frozen=True)
class LanguageCount:
    """`name` is its own, where it is known."""

    code: str
    name: str
    n: int
    share: float


@dataclass(frozen=True)
class Charts:
    """Each over the same days; `written` goes up and `decided` down from one ground."""

    votes: Bars
    newcomers: Bars
    written: Bars
    decided: Bars


@dataclass(frozen=True)
class Dashboard:
    """Everything the page shows.

    signs : kinds of noticed ways of taking part in words, and how many people each
    waited : how long the oldest statement waits
    """

    schedule: Schedule
    analysed_at: datetime | None
    n_people: int
    n_votes: int
    n_grouped: int
    finding: FindingView
    groups: list[GroupSize]
    agreed: list[SharedView]
    turnout: Turnout
    moderation: Summary
    waiting: Waiting
    waited: timedelta
    forecast: Forecast | None
    work: list[Work]
    charts: Charts
    languages: list[LanguageCount]
    signs: list[tuple[str, int]]
    n_noticed: int
    n_appeals: int
    n_second_looks: int
    agreement: Agreement


def of(conversation: Conversation, *, now: datetime) -> Dashboard:
    """Two dozen queries at most, whatever the size."""
    run = analysis.latest_run(conversation)
    groups = analysis.described_groups(run)
    known = waiting(conversation, now=now)
    days = turnout.days_of(conversation, now=now)
    took_part = turnout.of(run, days)
    work = _work(conversation, days)
    signs, n_noticed = _signs(conversation)
    return Dashboard(
        schedule=phases.of(conversation, now=now),
        analysed_at=run.finished_at if run else None,
        n_people=_n_people(conversation),
        n_votes=run.n_votes if run else missing.n_votes(conversation),
        n_grouped=run.n_grouped if run else 0,
        finding=findings.told(run, groups),
        groups=_sizes(run, groups),
        agreed=_agreed(conversation, run, groups),
        turnout=took_part,
        moderation=decisions.summary(conversation),
        waiting=known,
        waited=known.since(now),
        forecast=backlog.of(conversation, n_pending=known.n, now=now),
        work=work,
        charts=_charts(took_part, work),
        languages=_languages(conversation),
        signs=signs,
        n_noticed=n_noticed,
        n_appeals=Appeal.objects.filter(
            conversation=conversation, answered_at=None
        ).count(),
        n_second_looks=second_looks.waiting(conversation).count(),
        agreement=second_looks.agreement(conversation),
    )


def waiting(conversation: Conversation, *, now: datetime) -> Waiting:
    pending = Statement.objects.filter(
        conversation=conversation, state=Statement.State.PENDING
    )
    found = pending.aggregate(
        n=Count("pk"),
        n_long=Count("pk", filter=Q(created_at__lt=now - LONG_WAIT)),
        oldest_at=Min("created_at"),
    )
    return Waiting(**found)


def _n_people(conversation: Conversation) -> int:
    people = Participant.objects.counted().filter(conversation=conversation)
    return people.count()


def _sizes(run: AnalysisRun | None, groups: list[OpinionGroup]) -> list[GroupSize]:
    if run is None or not run.n_grouped:
        return []
    return [
        GroupSize(group.letter, group.n_members, group.n_members / run.n_grouped)
        for group in groups
    ]


def _agreed(
    conversation: Conversation, run: AnalysisRun | None, groups: list[OpinionGroup]
) -> list[SharedView]:
    """What is agreed on most surely in every group, with its words."""
    if run is None:
        return []
    found = overview.most_supported(conversation, run, groups, N_AGREED)
    return listings.Words.of(found).told(found)


def _languages(conversation: Conversation) -> list[LanguageCount]:
    """Of statements that are shown or wait, the most used first."""
    states = [Statement.State.ACCEPTED, Statement.State.PENDING]
    mine = Statement.objects.filter(conversation=conversation, state__in=states)
    rows = list(mine.order_by().values_list("language").annotate(n=Count("pk")))
    n_all = sum(n for _code, n in rows)
    rows.sort(key=lambda row: (-row[1], row[0]))
    return [LanguageCount(code, _name(code), n, n / n_all) for code, n in rows]


def _name(code: str) -> str:
    """An import may have brought one that nobody knows."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def _signs(conversation: Conversation) -> tuple[list[tuple[str, int]], int]:
    """People who are counted and were noticed, by kind and in all."""
    noticed = ParticipationSign.objects.filter(
        conversation=conversation, participant__is_excluded=False
    ).order_by()
    rows = dict(noticed.values_list("kind").annotate(n=Count("pk")))
    people = noticed.aggregate(n=Count("participant", distinct=True))
    kinds = ParticipationSign.Kind.choices
    return [(str(label), rows[kind]) for kind, label in kinds if kind in rows], int(
        people["n"]
    )


# --- Day by day ------------------------------------------------------------------------


def _work(conversation: Conversation, days: list[date]) -> list[Work]:
    """A statement that was decided on again counts
    on the last of these days."""
    mine = Statement.objects.filter(conversation=conversation, is_seed=False)
    decided = mine.exclude(state=Statement.State.PENDING)
    written_on = _by_day(mine, "created_at", days[0])
    decided_on = _by_day(decided, "decided_at", days[0])
    return [Work(on, written_on.get(on, 0), decided_on.get(on, 0)) for on in days]


def _by_day(statements: Any, field: str, first: date) -> dict[date, int]:
    since = datetime.combine(first, datetime.min.time(), UTC)
    rows = (
        statements.filter(**{f"{field}__gte": since})
        .order_by()
        .values_list(TruncDay(field, tzinfo=UTC))
        .annotate(n=Count("pk"))
    )
    return {at.date(): n for at, n in rows}


def _charts(took_part: Turnout, work: list[Work]) -> Charts:
    written, decided = charts.up_and_down(
        [day.n_written for day in work], [day.n_decided for day in work]
    )
    return Charts(
        votes=charts.up([day.n_votes for day in took_part.days]),
        newcomers=charts.up([day.n_newcomers for day in took_part.days]),
        written=written,
        decided=decided,
    )
