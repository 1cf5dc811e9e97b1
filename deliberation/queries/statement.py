"""One statement with all that is known of it: its votes, who was asked, its place."""

from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Count, F, Max, Min

from deliberation.models import (
    AnalysisRun,
    Choice,
    Conversation,
    OpinionGroup,
    Participant,
    Statement,
    Vote,
)
from deliberation.queries import divides, folding, overview, successors, visibility
from deliberation.queries.analysis import described_groups, latest_run
from deliberation.queries.figures import StatementView
from deliberation.queries.moderation import NoSuchStatement
from deliberation.queries.successors import Family
from deliberation.tallies import Tally


@dataclass(frozen=True)
class AskedView:
    """Of so many members of a group, so many have voted on the statement."""

    letter: str
    tally: Tally
    n_members: int

    @property
    def p_asked(self) -> float:
        return self.tally.n / self.n_members


@dataclass(frozen=True)
class Standing:
    """`place` counts from 1 among the `n_ranked`, the surest agreement first; None
    where it is not ranked; in `n_in_top` of the repeats it was among the surest.
    `n_median` votes has the statement in the middle of all."""

    place: int | None
    n_ranked: int
    n_repeats: int
    n_in_top: int
    n_median: float


@dataclass(frozen=True)
class Exposure:
    """`n_votes` of the `n_people` who took part, cast between two times; other than
    the rest of the page, of this moment."""

    n_people: int
    n_votes: int
    first_at: datetime | None
    last_at: datetime | None

    @property
    def p_asked(self) -> float:
        return self.n_votes / self.n_people if self.n_people else 0.0


@dataclass(frozen=True)
class StatementPage:
    """`own` is this participant's choice; `previous` and `next` are numbers.

    One that was replaced is told with its votes as they were cast, and without what
    only an analysis knows.
    """

    view: StatementView
    is_replaced: bool
    is_by_moderators: bool
    family: Family
    folded: list[folding.Folded]
    is_seed: bool
    created_at: datetime
    analysed_at: datetime | None
    groups: list[AskedView]
    dividing: divides.DividingView | None
    standing: Standing
    exposure: Exposure
    own: Choice | None
    previous: int | None
    next: int | None


def page(
    conversation: Conversation,
    number: int,
    *,
    participant: Participant | None,
    user: User | AnonymousUser | None = None,
) -> StatementPage:
    """A dozen queries, whatever the size. Raises ResultsHidden, NoSuchStatement."""
    visibility.require(conversation, participant, user=user)
    shown = Statement.objects.shown(conversation)
    readable = Statement.objects.filter(successors.readable(conversation))
    statement = readable.filter(conversation=conversation, number=number).first()
    if statement is None:
        raise NoSuchStatement(number=number)
    is_replaced = statement.state == Statement.State.REPLACED
    run = None if is_replaced else latest_run(conversation)
    groups = described_groups(run)
    view = overview.of_statement(statement, run, groups)
    dividing = [] if view.is_meta else divides.between_groups([view])
    before, after = shown.filter(number__lt=number), shown.filter(number__gt=number)
    return StatementPage(
        view=view,
        is_replaced=is_replaced,
        is_by_moderators=bool(statement.lineage),
        family=successors.family(conversation, statement),
        folded=folding.folded_into(conversation, statement),
        is_seed=statement.is_seed,
        created_at=statement.created_at,
        analysed_at=run.finished_at if run else None,
        groups=_asked(view, groups),
        dividing=dividing[0] if dividing else None,
        standing=_standing(run, statement, view),
        exposure=_exposure(conversation, statement),
        own=_own(statement, participant),
        previous=before.order_by("-number").values_list("number", flat=True).first(),
        next=after.order_by("number").values_list("number", flat=True).first(),
    )


def _standing(
    run: AnalysisRun | None, statement: Statement, view: StatementView
) -> Standing:
    if run is None:
        return Standing(place=None, n_ranked=0, n_repeats=0, n_in_top=0, n_median=0)
    rows = list(
        run.results.values_list(
            "statement_id",
            "is_ranked",
            "consensus_agree",
            F("n_agree") + F("n_disagree") + F("n_pass"),
        )
    )
    scores = {pk: score for pk, is_ranked, score, _n in rows if is_ranked}
    mine = scores.get(statement.pk)
    n_repeats = run.summary.get("stability", {}).get("n_draws", 0)
    return Standing(
        place=None if mine is None else 1 + sum(s > mine for s in scores.values()),
        n_ranked=len(scores),
        n_repeats=n_repeats,
        n_in_top=round(n_repeats * view.ranking.p_agreed_top),
        n_median=median(n for *_rest, n in rows) if rows else 0,
    )


def _asked(view: StatementView, groups: list[OpinionGroup]) -> list[AskedView]:
    """Of groups that are large enough to be described."""
    members = {group.letter: group.n_members for group in groups}
    return [
        AskedView(letter, votes, members[letter]) for letter, votes in view.by_group
    ]


def _exposure(conversation: Conversation, statement: Statement) -> Exposure:
    """Of this moment, straight from the votes."""
    people = Participant.objects.counted().filter(conversation=conversation)
    times = (
        Vote.objects.counted()
        .filter(statement=statement)
        .aggregate(n=Count("pk"), first=Min("cast_at"), last=Max("cast_at"))
    )
    return Exposure(people.count(), times["n"], times["first"], times["last"])


def _own(statement: Statement, participant: Participant | None) -> Choice | None:
    if participant is None:
        return None
    votes = Vote.objects.filter(statement=statement, participant=participant)
    choice = votes.values_list("choice", flat=True).first()
    return None if choice is None else Choice(choice)
