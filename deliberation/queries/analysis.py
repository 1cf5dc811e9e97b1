"""Whether an analysis is due, and the latest one as pages draw it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, Sum

from deliberation.models import (
    AnalysisRun,
    Conversation,
    OpinionGroup,
    Participant,
    Statement,
    StatementResult,
    Vote,
)
from deliberation.queries import missing, opinion_map
from deliberation.tallies import MIN_GROUP_SIZE, Tally, group_aware_consensus


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
    """The last good one, without its arrays."""
    return (
        AnalysisRun.objects.filter(
            conversation=conversation, state=AnalysisRun.State.SUCCEEDED
        )
        .defer("arrays")
        .order_by("-id")
        .first()
    )


def is_current(conversation: Conversation) -> bool:
    run = latest_run(conversation)
    return run is not None and run.input_fingerprint == fingerprint(conversation)


# --- The results page ----------------------------------------------------------------

N_CONSENSUS = 20
PER_PAGE = 50
SORTS = ("consensus", "agree", "disagree", "pass", "votes", "number")


@dataclass(frozen=True)
class StatementView:
    number: int
    text: str
    language: str
    tally: Tally
    by_group: list[tuple[str, Tally]]

    @property
    def group_aware_consensus(self) -> float | None:
        """Over the groups that are described; None without any."""
        return group_aware_consensus(tally for _letter, tally in self.by_group)

    @property
    def judges(self) -> list[Tally]:
        """Whose agreement counts: every group's, or without groups everyone's."""
        return [tally for _letter, tally in self.by_group] or [self.tally]

    @property
    def is_supported_by_all(self) -> bool:
        """More than half agree in every group, at the low end of each interval."""
        return all(t.is_enough and t.agree_interval[0] > 0.5 for t in self.judges)


@dataclass(frozen=True)
class RepresentativeView:
    """A statement that sets a group apart: `inside` against all `outside`."""

    statement: StatementView
    choice: int
    inside: Tally
    outside: Tally


@dataclass(frozen=True)
class GroupView:
    letter: str
    n_members: int
    p_members: float
    is_small: bool
    representative: list[RepresentativeView]


@dataclass(frozen=True)
class ResultsPage:
    run_id: int | None
    digest: str
    analysed_at: datetime | None
    n_participants: int
    n_votes: int
    n_grouped: int
    map: opinion_map.OpinionMap | None
    groups: list[GroupView]
    consensus: list[StatementView]
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

    Nine queries at most, whatever the size. An unknown `sort` is taken as the first.
    """
    run, groups, results = _findings(conversation)
    tallies = _counted_votes(conversation) if run is None else _tallies(results)
    views = _statement_views(conversation, tallies, results, groups)
    n_voters = run.n_participants if run else missing.n_voters(conversation)
    ordered = sorted(views, key=_sort_key(sort if sort in SORTS else SORTS[0]))
    supported = [view for view in views if view.is_supported_by_all]
    return ResultsPage(
        run_id=run.pk if run else None,
        digest=run.digest if run else "",
        analysed_at=run.finished_at if run else None,
        n_participants=n_voters,
        n_votes=run.n_votes if run else missing.n_votes(conversation),
        n_grouped=run.n_grouped if run else 0,
        map=opinion_map.drawn(run, groups, participant) if run and groups else None,
        groups=[_group_view(group, run, views) for group in groups if run],
        consensus=sorted(supported, key=_sort_key("consensus"))[:N_CONSENSUS],
        statements=Paginator(ordered, per_page).get_page(page),
        sort=sort if sort in SORTS else SORTS[0],
        needs=missing.sentences(
            conversation,
            run,
            [view.tally for view in views],
            has_map=bool(groups),
        ),
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
    """None while there are too few people, or all vote alike: nothing to tell apart."""
    if run is None or not run.has_enough_people:
        return []
    groups = list(run.groups.order_by("letter"))
    return groups if len(groups) > 1 else []


def _statement_views(
    conversation: Conversation,
    tallies: dict[int, Tally],
    results: list[StatementResult],
    groups: list[OpinionGroup],
) -> list[StatementView]:
    found = {result.statement_id: result for result in results}
    letters = [g.letter for g in groups if g.n_members >= MIN_GROUP_SIZE]
    views = []
    for statement in Statement.objects.shown(conversation).order_by("number"):
        result = found.get(statement.pk)
        by_group = [(x, Tally.of(result.groups[x])) for x in letters] if result else []
        views.append(
            StatementView(
                number=statement.number,
                text=statement.text,
                language=statement.language,
                tally=tallies.get(statement.pk, Tally(0, 0, 0)),
                by_group=by_group,
            )
        )
    return views


def _tallies(results: list[StatementResult]) -> dict[int, Tally]:
    return {r.statement_id: Tally(r.n_agree, r.n_disagree, r.n_pass) for r in results}


def _counted_votes(conversation: Conversation) -> dict[int, Tally]:
    """Straight from the votes, for the seconds before there is a first run."""
    rows = (
        Vote.objects.counted()
        .filter(conversation=conversation)
        .order_by()
        .values_list("statement_id")
        .annotate(
            n_agree=Count("pk", filter=Q(choice=1)),
            n_disagree=Count("pk", filter=Q(choice=-1)),
            n_pass=Count("pk", filter=Q(choice=0)),
        )
    )
    return {pk: Tally(*counts) for pk, *counts in rows}


def _sort_key(sort: str) -> Callable[[StatementView], tuple[object, ...]]:
    """Highest first; what has not enough votes comes after what has."""
    value: dict[str, Callable[[StatementView], float]] = {
        "consensus": lambda view: group_aware_consensus(view.judges) or 0.0,
        "agree": lambda view: view.tally.p_agree,
        "disagree": lambda view: view.tally.p_disagree,
        "pass": lambda view: view.tally.p_pass,
    }
    if sort == "number":
        return lambda view: (view.number,)
    if sort == "votes":
        return lambda view: (-view.tally.n, view.number)
    return lambda view: (not view.tally.is_enough, -value[sort](view), view.number)


def _group_view(
    group: OpinionGroup, run: AnalysisRun, views: list[StatementView]
) -> GroupView:
    is_small = group.n_members < MIN_GROUP_SIZE
    # A statement that was decided anew since the run has no figures of groups.
    by_number = {view.number: view for view in views if view.by_group}
    representative = [
        _representative_view(by_number[entry["statement"]], group, entry["choice"])
        for entry in group.representative
        if entry["statement"] in by_number and not is_small
    ]
    return GroupView(
        letter=group.letter,
        n_members=group.n_members,
        p_members=group.n_members / run.n_grouped,
        is_small=is_small,
        representative=representative,
    )


def _representative_view(
    view: StatementView, group: OpinionGroup, choice: int
) -> RepresentativeView:
    """Outside are the members of the other described groups."""
    others = [tally for letter, tally in view.by_group if letter != group.letter]
    return RepresentativeView(
        statement=view,
        choice=choice,
        inside=dict(view.by_group)[group.letter],
        outside=Tally(
            sum(tally.n_agree for tally in others),
            sum(tally.n_disagree for tally in others),
            sum(tally.n_pass for tally in others),
        ),
    )
