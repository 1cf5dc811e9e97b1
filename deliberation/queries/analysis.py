"""Whether an analysis is due, and the latest one as pages draw it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User
from django.core.paginator import Page, Paginator
from django.db.models import Count, Sum

from deliberation.models import (
    AnalysisRun,
    Conversation,
    OpinionGroup,
    Participant,
    StatementResult,
    Vote,
)
from deliberation.queries import (
    divides,
    figures,
    findings,
    missing,
    opinion_map,
    timeline,
    visibility,
)
from deliberation.queries.divides import DividingView, UnsureView
from deliberation.queries.figures import GroupView, SharedView, StatementView
from deliberation.queries.findings import FindingView


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
    run, groups, results = _findings(conversation)
    tallies = (
        figures.analysed_tallies(results)
        if run
        else figures.counted_tallies(conversation)
    )
    views = figures.statement_views(conversation, tallies, results, groups)
    about = [view for view in views if not view.is_meta]
    finding = findings.told(run, groups)
    sort = sort if sort in SORTS else SORTS[0]
    colours = _chosen(views, chosen)
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
        groups=[figures.group_view(group, run, views) for group in groups if run],
        consensus=figures.supported(views, finding.n_repeats),
        rejected=figures.rejected(views, finding.n_repeats),
        dividing=divides.between_groups(about),
        split=divides.within_everybody(about),
        unsure=divides.unsure(about),
        timeline=timeline.drawn(run),
        chosen=colours,
        statements=Paginator(_listed(views, sort, words), per_page).get_page(page),
        n_statements=len(views),
        sort=sort,
        words=words,
        needs=missing.sentences(conversation, run, [view.tally for view in views]),
    )


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


def _listed(views: list[StatementView], sort: str, words: str) -> list[StatementView]:
    """Those that hold each of the words, whatever their case, or have them as number."""
    sought = words.casefold().split()
    found = [
        view
        for view in views
        if all(word in view.text.casefold() for word in sought)
        or words.strip() == str(view.number)
    ]
    return sorted(found, key=_sort_key(sort))


def _findings(
    conversation: Conversation,
) -> tuple[AnalysisRun | None, list[OpinionGroup], list[StatementResult]]:
    """The latest run with its rows; read anew where a newer one replaced them."""
    run = latest_run(conversation)
    groups = described_groups(run)
    results = list(run.results.defer("around_dots")) if run else []
    if run and not results and latest_run(conversation) != run:
        return _findings(conversation)
    return run, groups, results


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
