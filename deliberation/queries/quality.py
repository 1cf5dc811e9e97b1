"""How people take part, for those who run a conversation: signs, people, exclusions"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, Max, Q, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from deliberation.errors import DeliberationError
from deliberation.models import (
    Conversation,
    Participant,
    ParticipationSign,
    Statement,
    Vote,
)
from deliberation.queries import analysis, evidence, paging
from deliberation.tallies import Tally

PER_PAGE = 30
# Gaps between votes, in seconds, by which they are counted.
GAPS = (0.5, 1, 2, 5, 10, 30, 60)


class NoSuchParticipant(DeliberationError):
    code = "no_such_participant"
    message = _("There is no participant %(number)d in this conversation.")
    http_status = 404


@dataclass(frozen=True)
class KindCount:
    """How many people show a sign."""

    kind: str
    words: str
    n: int


@dataclass(frozen=True)
class Overview:
    """The latest look: when, at how much, and what it noticed.

    looked_at : None before the first; is_current : nothing has changed since
    """

    looked_at: datetime | None
    is_current: bool
    n_people: int
    n_votes: int
    n_flagged: int
    n_excluded: int
    kinds: list[KindCount]


@dataclass(frozen=True)
class SignView:
    """A sign with its evidence in a sentence."""

    kind: str
    words: str
    strength: float
    evidence: str
    limit: str
    noticed_at: datetime


@dataclass(frozen=True)
class PersonRow:
    """Somebody who shows signs, the strongest first; known by a number alone."""

    pk: int
    is_excluded: bool
    reason: str
    n_votes: int
    signs: list[SignView]


@dataclass(frozen=True)
class Bar:
    """So many votes came so long after the one before; drawn to a height of 100.

    low, high : seconds; high is None for the last
    """

    low: float
    high: float | None
    n: int
    x: int
    height: float

    @property
    def y(self) -> float:
        return 100 - self.height


@dataclass(frozen=True)
class PersonView:
    row: PersonRow
    tally: Tally
    joined_at: datetime
    last_vote_at: datetime | None
    is_imported: bool
    gaps: list[Bar]
    statements: dict[str, int]


@dataclass(frozen=True)
class Excluded:
    """For everybody: how many people are left out, and why, in moderators' words."""

    n: int
    reasons: list[tuple[str, int]]


# --- The latest look -----------------------------------------------------------------


def state(conversation: Conversation) -> str:
    """Changes with votes, decisions, statements, newcomers and the rule."""
    people = Participant.objects.filter(conversation=conversation).count()
    written = Statement.objects.filter(conversation=conversation).count()
    rule = Conversation.objects.values_list("quality_rule", flat=True)
    kept = sorted(rule.get(pk=conversation.pk).items())
    return f"{analysis.fingerprint(conversation)}.p{people}.s{written}.{kept}"


def extent(conversation: Conversation) -> dict[str, int]:
    """At how much a look looks."""
    people = Participant.objects.filter(conversation=conversation, is_excluded=False)
    votes = Vote.objects.filter(conversation=conversation)
    return {
        "n_people": people.count(),
        "n_votes": votes.filter(participant__is_excluded=False).count(),
    }


def is_looked_at(conversation: Conversation) -> bool:
    """Whether nothing has changed since the latest look."""
    seen: str | None = conversation.quality_look.get("state")
    return seen == state(conversation)


def overview(conversation: Conversation) -> Overview:
    """What moderators see first."""
    signs = ParticipationSign.objects.filter(
        conversation=conversation, participant__is_excluded=False
    )
    counts = dict(signs.order_by().values_list("kind").annotate(n=Count("pk")))
    look: dict[str, Any] = conversation.quality_look
    people = Participant.objects.filter(conversation=conversation)
    return Overview(
        looked_at=parse_datetime(look["at"]) if look else None,
        is_current=is_looked_at(conversation),
        n_people=look.get("n_people", 0),
        n_votes=look.get("n_votes", 0),
        n_flagged=signs.order_by().values("participant").distinct().count(),
        n_excluded=people.filter(is_excluded=True).count(),
        kinds=[
            KindCount(kind.value, str(kind.label), counts.get(kind.value, 0))
            for kind in ParticipationSign.Kind
        ],
    )


# --- Lists ---------------------------------------------------------------------------


def people(conversation: Conversation, kind: str, page: int | str) -> Page[PersonRow]:
    """Who is counted and shows a sign, of one kind or any, the strongest first."""
    return paging.told_together(
        flagged(conversation, kind), page, PER_PAGE, lambda rows: _rows(list(rows))
    )


def flagged(conversation: Conversation, kind: str) -> QuerySet[Participant]:
    shown = Q(signs__isnull=False)
    if kind:
        shown &= Q(signs__kind=kind)
    counted = Participant.objects.filter(conversation=conversation, is_excluded=False)

    return (
        counted.filter(shown)
        .annotate(strongest=Max("signs__strength"))
        .order_by("-strongest", "pk")
    )


def ids(conversation: Conversation, kind: str) -> list[int]:
    """All of those in the list."""
    return list(flagged(conversation, kind).values_list("pk", flat=True))


def excluded(conversation: Conversation, page: int | str) -> Page[PersonRow]:
    """Who is left out, the newest first."""
    out = Participant.objects.filter(conversation=conversation, is_excluded=True)
    return paging.told_together(
        out.order_by("-pk"), page, PER_PAGE, lambda rows: _rows(list(rows))
    )


def _rows(found: list[Participant]) -> list[PersonRow]:
    """Two queries, however many people."""
    signs: dict[int, list[SignView]] = {person.pk: [] for person in found}
    rows = ParticipationSign.objects.filter(participant__in=found)
    for sign in rows.order_by("-strength", "kind", "pk"):
        signs[sign.participant_id].append(_sign(sign))
    votes = Vote.objects.filter(participant__in=found).order_by()
    n_votes = dict(votes.values_list("participant").annotate(n=Count("pk")))
    return [
        PersonRow(
            pk=person.pk,
            is_excluded=person.is_excluded,
            reason=person.exclusion_reason,
            n_votes=n_votes.get(person.pk, 0),
            signs=signs[person.pk],
        )
        for person in found
    ]


def _sign(sign: ParticipationSign) -> SignView:
    return SignView(
        kind=sign.kind,
        words=sign.get_kind_display(),
        strength=sign.strength,
        evidence=evidence.told(sign.kind, sign.evidence),
        limit=evidence.limit(sign.kind, sign.evidence),
        noticed_at=sign.noticed_at,
    )


# --- One person ----------------------------------------------------------------------


def person(conversation: Conversation, pk: int) -> PersonView:
    """How one person takes part; never who she is. Raises NoSuchParticipant."""
    found = Participant.objects.filter(conversation=conversation, pk=pk).first()
    if found is None:
        raise NoSuchParticipant(number=pk)
    votes = Vote.objects.filter(participant=found)
    rows = list(votes.order_by("cast_at", "pk").values_list("choice", "cast_at"))
    given = Counter(choice for choice, _at in rows)
    times = [at for _choice, at in rows]
    mine = Statement.objects.filter(author=found).order_by()
    states = mine.values_list("state").annotate(n=Count("pk"))
    is_imported = found.imported_number is not None
    return PersonView(
        row=_rows([found])[0],
        tally=Tally(given[1], given[-1], given[0]),
        joined_at=found.joined_at,
        last_vote_at=times[-1] if times else None,
        is_imported=is_imported,
        gaps=[] if is_imported else _gaps(times),
        statements={str(Statement.State(state).label): n for state, n in states},
    )


def _gaps(times: list[datetime]) -> list[Bar]:
    """Votes by the seconds since the one before; nothing of a single vote."""
    between = [
        (later - earlier).total_seconds()
        for earlier, later in zip(times, times[1:], strict=False)
    ]
    if not between:
        return []
    edges = [0.0, *map(float, GAPS)]
    counts = Counter(sum(gap >= edge for edge in GAPS) for gap in between)
    most = max(counts.values())
    return [
        Bar(
            low=edge,
            high=edges[i + 1] if i + 1 < len(edges) else None,
            n=counts[i],
            x=i,
            height=100 * counts[i] / most,
        )
        for i, edge in enumerate(edges)
    ]


# --- For everybody -------------------------------------------------------------------


def left_out(conversation: Conversation) -> Excluded:
    """How many people are not counted, and the reasons that were given."""
    out = Participant.objects.filter(conversation=conversation, is_excluded=True)
    rows = out.order_by().values_list("exclusion_reason").annotate(n=Count("pk"))
    found = sorted(rows, key=lambda row: (-row[1], row[0]))
    return Excluded(sum(n for _why, n in found), [row for row in found if row[0]])
