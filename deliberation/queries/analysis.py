"""Whether an analysis is due, and the latest one as pages draw it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.core.paginator import Page, Paginator
from django.db.models import Count, Sum

from deliberation.models import (
    AnalysisRun,
    Conversation,
    OpinionGroup,
    Participant,
    Vote,
)
from deliberation.queries import (
    figures,
    findings,
    listings,
    missing,
    opinion_map,
    overview,
    timeline,
    visibility,
)
from deliberation.queries.divides import DividingView, UnsureView
from deliberation.queries.figures import GroupView, SharedView, StatementView
from deliberation.queries.findings import FindingView
from deliberation.queries.listings import Listing, Words
from deliberation.queries.overview import Overview


def fingerprint(conversation: Conversation) -> str:
    """Changes with every vote, every changed vote and every moderator's decision.

    Two counts and a sum, so that "votes newer than the analysis" is a fact of the
    database that needs no clock and no message.
    """
    votes = Vote.objects.filter(conversation=conversation)
    counted = votes.aggregate(n=Count("pk"), revisions=Sum("revision"))
    decisions = Conversation.objects.values_list("moderation_revision", flat=True)
    revision = decisions.get(pk=conversation.pk)
    return f"v{counted['n']}.r{counted['revisions'] or 0}.m{revision}"


# --- The latest run ------------------------------------------------------------------


def latest_run(conversation: Conversation) -> AnalysisRun | None:
    """The last good one of the present layout, without its arrays."""
    return (
        AnalysisRun.objects.filter(
            conversation=conversation,
            layout=AnalysisRun.LAYOUT,
            state=AnalysisRun.State.SUCCEEDED,
        )
        .defer("arrays")
        .order_by("-id")
        .first()
    )


def is_current(conversation: Conversation) -> bool:
    run = latest_run(conversation)
    return run is not None and run.input_fingerprint == fingerprint(conversation)


# --- The results page ----------------------------------------------------------------

PER_PAGE = 25
# What the lists of a page hold.
N_SHARED, N_DIVIDING = 12, 8
SORTS = ("consensus", "agree", "disagree", "pass", "apart", "votes", "number")


@dataclass(frozen=True)
class ChosenView:
    """The statement that colours the map; `previous` and `next` are numbers."""

    statement: StatementView
    previous: int | None
    next: int | None
    legend: list[tuple[str, str]]


@dataclass(frozen=True)
class ResultsPage:
    """`n_statements` are shown in all, `statements` those that hold the `words` sought."""

    run_id: int | None
    digest: str
    analysed_at: datetime | None
    n_participants: int
    n_votes: int
    n_placed: int
    n_grouped: int
    finding: FindingView
    map: opinion_map.OpinionMap | None
    groups: list[GroupView]
    consensus: list[SharedView]
    rejected: list[SharedView]
    dividing: list[DividingView]
    split: list[StatementView]
    unsure: list[UnsureView]
    timeline: timeline.Timeline | None
    chosen: ChosenView | None
    statements: Page[StatementView]
    n_statements: int
    sort: str
    words: str
    needs: list[str]


def results_page(
    conversation: Conversation,
    *,
    participant: Participant | None,
    user: User | AnonymousUser | None = None,
    sort: str = "consensus",
    words: str = "",
    chosen: int | None = None,
    page: int | str = 1,
    per_page: int = PER_PAGE,
) -> ResultsPage:
    """Everything the page shows, from the latest good run and from the first vote on.

    A dozen queries at most, whatever the size. An unknown `sort` is taken as the first,
    and a statement to colour the map by that is not there as none. Raises ResultsHidden.
    """
    visibility.require(conversation, participant, user=user)
    run, groups, known = _findings(conversation)
    finding = findings.told(run, groups)
    listing = listings.of(conversation, known)
    sort = sort if sort in SORTS else SORTS[0]
    ordered = sorted(listing.holding(words), key=_sort_key(sort))
    statements = Paginator(ordered, per_page).get_page(page)
    colours = _chosen(listing.views, chosen)
    group_views = _group_views(run, groups, listing)
    lists: dict[str, list[Any]] = {
        "consensus": listing.first(known.supported, N_SHARED),
        "rejected": listing.first(known.rejected, N_SHARED),
        "dividing": listing.first(known.dividing, N_DIVIDING),
        "split": listing.first(known.split, N_DIVIDING),
        "unsure": listing.first(known.unsure, N_DIVIDING),
    }
    # What is shown is known: now its words, at once.
    spoken = Words.of(
        statements,
        [colours] if colours else [],
        *(group.representative for group in group_views),
        *lists.values(),
    )
    statements.object_list = spoken.told(statements)
    return ResultsPage(
        run_id=run.pk if run else None,
        digest=run.digest if run else "",
        analysed_at=run.finished_at if run else None,
        n_participants=(run.n_participants if run else missing.n_voters(conversation)),
        n_votes=run.n_votes if run else missing.n_votes(conversation),
        n_placed=run.n_placed if run else 0,
        n_grouped=run.n_grouped if run else 0,
        finding=finding,
        map=_map(run, groups, participant, colours),
        groups=[
            replace(group, representative=spoken.told(group.representative))
            for group in group_views
        ],
        **{name: spoken.told(entries) for name, entries in lists.items()},
        timeline=timeline.drawn(run),
        chosen=spoken.told([colours])[0] if colours else None,
        statements=statements,
        n_statements=len(listing.views),
        sort=sort,
        words=words,
        needs=missing.sentences(
            conversation, run, [view.tally for view in listing.views]
        ),
    )


def _group_views(
    run: AnalysisRun | None, groups: list[OpinionGroup], listing: Listing
) -> list[GroupView]:
    if run is None:
        return []
    # A statement that was decided anew since the run has no figures of groups.
    by_number = {view.number: view for view in listing.views if view.by_group}
    return [figures.group_view(group, run, by_number) for group in groups]


def _map(
    run: AnalysisRun | None,
    groups: list[OpinionGroup],
    participant: Participant | None,
    chosen: ChosenView | None,
) -> opinion_map.OpinionMap | None:
    if run is None:
        return None
    result = None
    if chosen is not None:
        number = chosen.statement.number
        result = run.results.filter(statement__number=number).first()
    return opinion_map.drawn(run, groups, participant, result)


def _chosen(views: list[StatementView], number: int | None) -> ChosenView | None:
    numbers = [view.number for view in views]
    if number not in numbers:
        return None
    at = numbers.index(number)
    return ChosenView(
        statement=views[at],
        previous=numbers[at - 1] if at else None,
        next=numbers[at + 1] if at + 1 < len(numbers) else None,
        legend=opinion_map.legend(),
    )


def _findings(
    conversation: Conversation,
) -> tuple[AnalysisRun | None, list[OpinionGroup], Overview]:
    """The latest run with its rows; read anew where a newer one replaced them."""
    run = latest_run(conversation)
    groups = described_groups(run)
    known = overview.of(conversation, run, groups)
    if run and not known.views and latest_run(conversation) != run:
        return _findings(conversation)
    return run, groups, known


def described_groups(run: AnalysisRun | None) -> list[OpinionGroup]:
    """None while there are too few people; one group of everybody is none either."""
    if run is None or not run.has_enough_people:
        return []
    groups = list(run.groups.order_by("letter"))
    return groups if len(groups) > 1 else []


def _sort_key(sort: str) -> Callable[[StatementView], tuple[object, ...]]:
    """Highest first; what has not enough votes comes after what has."""
    value: dict[str, Callable[[StatementView], float]] = {
        "agree": lambda view: view.tally.p_agree,
        "disagree": lambda view: view.tally.p_disagree,
        "pass": lambda view: view.tally.p_pass,
    }
    if sort == "number":
        return lambda view: (view.number,)
    if sort == "votes":
        return lambda view: (-view.tally.n, view.number)
    if sort == "apart":
        return lambda view: (view.apart is None, -(view.apart or 0.0), view.number)
    if sort == "consensus":
        return lambda view: (
            not view.ranking.is_ranked,
            -view.ranking.agree,
            view.number,
        )
    return lambda view: (not view.tally.is_enough, -value[sort](view), view.number)
