"""What a run says of every statement: remembered by each process, as it never changes.

Words, and which statements are shown now, are not remembered: pages read them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import get_language

from deliberation.models import (
    AnalysisRun,
    Conversation,
    OpinionGroup,
    Statement,
    StatementResult,
    Vote,
)
from deliberation.queries import divides, figures, translations
from deliberation.queries.divides import DividingView, UnsureView
from deliberation.queries.figures import (
    UNRANKED,
    Ranking,
    SharedView,
    StatementView,
)
from deliberation.tallies import MIN_GROUP_SIZE, Tally

NO_VOTES = Tally(0, 0, 0)
# Runs that a process remembers: five megabytes each with 5,000 statements.
N_REMEMBERED = 8
# Of the surest so many times what is asked for are read: some are not supported by all.
N_AT_THE_TOP = 4
FIGURES = (
    "statement_id",
    "statement__number",
    "statement__is_meta",
    "n_agree",
    "n_disagree",
    "n_pass",
    "groups",
    "consensus_agree",
    "consensus_disagree",
    "is_ranked",
    "p_agreed_top",
    "p_rejected_top",
)


@dataclass(frozen=True)
class Overview:
    """Statements by id, and the whole lists, the surest first; all without words."""

    views: dict[int, StatementView]
    supported: list[SharedView]
    rejected: list[SharedView]
    dividing: list[DividingView]
    split: list[StatementView]
    unsure: list[UnsureView]


def of(
    conversation: Conversation, run: AnalysisRun | None, groups: list[OpinionGroup]
) -> Overview:
    """Of the run with its groups; before the first one, straight from the votes."""
    if run is None:
        return _listed(_counted(conversation), n_repeats=0)
    n_repeats = run.summary.get("stability", {}).get("n_draws", 0)
    return _of_run(run.pk, run.finished_at, _described(groups), n_repeats)


def forget() -> None:
    """For tests, in which another run may have the same id."""
    _of_run.cache_clear()


def of_statement(
    statement: Statement, run: AnalysisRun | None, groups: list[OpinionGroup]
) -> StatementView:
    """One of them, with its words."""
    if run is None:
        found = _counted(statement.conversation, statement=statement)
    else:
        results = run.results.filter(statement=statement)
        found = _analysed(results, _described(groups))
    view = next(iter(found), without_votes(statement.pk, statement.number))
    reader = get_language() or ""
    translated = translations.of_statements([statement.pk], reader).get(statement.pk)
    return figures.worded(
        view, statement.text, statement.language, translated or "", reader
    )


def most_supported(
    conversation: Conversation, run: AnalysisRun, groups: list[OpinionGroup], n: int
) -> list[SharedView]:
    """The first of what every group supports and is shown now, without words; read from
    the rows at the top alone."""
    shown = Statement.objects.shown(conversation)
    top = run.results.filter(is_ranked=True, statement__in=shown).order_by(
        "-consensus_agree", "statement__number"
    )
    views = _analysed(top[: N_AT_THE_TOP * n], _described(groups))
    n_repeats = run.summary.get("stability", {}).get("n_draws", 0)
    return figures.supported(views, n_repeats)[:n]


def without_votes(pk: int, number: int, is_meta: bool = False) -> StatementView:
    """A statement that is newer than the run."""
    return StatementView(pk, number, is_meta, NO_VOTES, [], UNRANKED)


@lru_cache(maxsize=N_REMEMBERED)
def _of_run(
    run_id: int, finished_at: datetime | None, letters: tuple[str, ...], n_repeats: int
) -> Overview:
    results = StatementResult.objects.filter(run=run_id).order_by("statement__number")
    return _listed(_analysed(results, letters), n_repeats)


def _listed(views: Iterable[StatementView], n_repeats: int) -> Overview:
    views = list(views)
    about = [view for view in views if not view.is_meta]
    return Overview(
        views={view.pk: view for view in views},
        supported=figures.supported(views, n_repeats),
        rejected=figures.rejected(views, n_repeats),
        dividing=divides.between_groups(about),
        split=divides.within_everybody(about),
        unsure=divides.unsure(about),
    )


def _described(groups: list[OpinionGroup]) -> tuple[str, ...]:
    return tuple(group.letter for group in groups if group.n_members >= MIN_GROUP_SIZE)


def _analysed(results: Any, letters: tuple[str, ...]) -> list[StatementView]:
    # Tuples: five thousand rows of a model take three times as long.
    return [
        StatementView(
            pk=pk,
            number=number,
            is_meta=is_meta,
            tally=Tally(n_agree, n_disagree, n_pass),
            by_group=[(letter, Tally.of(groups[letter])) for letter in letters],
            ranking=Ranking(agree, disagree, is_ranked, p_agreed_top, p_rejected_top),
        )
        for (
            pk,
            number,
            is_meta,
            n_agree,
            n_disagree,
            n_pass,
            groups,
            agree,
            disagree,
            is_ranked,
            p_agreed_top,
            p_rejected_top,
        ) in results.values_list(*FIGURES)
    ]


def _counted(conversation: Conversation, **which: object) -> list[StatementView]:
    """Straight from the votes, for the seconds before there is a first run."""
    rows = (
        Vote.objects.counted()
        .filter(conversation=conversation, **which)
        .order_by()
        .values_list("statement_id", "statement__number", "statement__is_meta")
        .annotate(
            n_agree=Count("pk", filter=Q(choice=1)),
            n_disagree=Count("pk", filter=Q(choice=-1)),
            n_pass=Count("pk", filter=Q(choice=0)),
        )
    )
    return [
        StatementView(pk, number, is_meta, Tally(*counts), [], UNRANKED)
        for pk, number, is_meta, *counts in rows
    ]
