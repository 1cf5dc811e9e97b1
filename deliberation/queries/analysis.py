"""Whether an analysis is due, and the latest one as pages draw it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

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
from deliberation.queries import figures, findings, missing, opinion_map
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

PER_PAGE = 50
SORTS = ("consensus", "agree", "disagree", "pass", "votes", "number")


@dataclass(frozen=True)
class ResultsPage:
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
    statements: Page[StatementView]
    sort: str
    needs: list[str]


def results_page(
    conversation: Conversation,
    *,
    participant: Participant | None,
    sort: str = "consensus",
    page: int | str = 1,
    per_page: int = PER_PAGE,
) -> ResultsPage:
    """Everything the page shows, from the latest good run and from the first vote on.

    Ten queries at most, whatever the size. An unknown `sort` is taken as the first.
    """
    run, groups, results = _findings(conversation)
    tallies = (
        figures.analysed_tallies(results)
        if run
        else figures.counted_tallies(conversation)
    )
    views = figures.statement_views(conversation, tallies, results, groups)
    ordered = sorted(views, key=_sort_key(sort if sort in SORTS else SORTS[0]))
    finding = findings.told(run, groups)
    return ResultsPage(
        run_id=run.pk if run else None,
        digest=run.digest if run else "",
        analysed_at=run.finished_at if run else None,
        n_participants=(run.n_participants if run else missing.n_voters(conversation)),
        n_votes=run.n_votes if run else missing.n_votes(conversation),
        n_placed=run.n_placed if run else 0,
        n_grouped=run.n_grouped if run else 0,
        finding=finding,
        map=opinion_map.drawn(run, groups, participant) if run else None,
        groups=[figures.group_view(group, run, views) for group in groups if run],
        consensus=figures.supported(views, finding.n_repeats),
        rejected=figures.rejected(views, finding.n_repeats),
        statements=Paginator(ordered, per_page).get_page(page),
        sort=sort if sort in SORTS else SORTS[0],
        needs=missing.sentences(conversation, run, [view.tally for view in views]),
    )


def _findings(
    conversation: Conversation,
) -> tuple[AnalysisRun | None, list[OpinionGroup], list[StatementResult]]:
    """The latest run with its rows; read anew where a newer one replaced them."""
    run = latest_run(conversation)
    groups = described_groups(run)
    results = list(run.results.all()) if run else []
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
    if sort == "consensus":
        return lambda view: (
            not view.ranking.is_ranked,
            -view.ranking.agree,
            view.number,
        )
    return lambda view: (not view.tally.is_enough, -value[sort](view), view.number)
