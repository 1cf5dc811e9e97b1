"""Asking for an analysis, running it, and storing what it found.

The database, not the broker, remembers what is to be done: a conversation whose
fingerprint (queries/analysis.py) differs from its latest run's has changed since.
Messages only make it happen soon; `sweep` finds what a lost message forgot.
"""

import logging
from dataclasses import asdict
from functools import partial

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from deliberation import queries
from deliberation.actions import engine, leases, messages
from deliberation.actions.leases import AnalysisInProgress as AnalysisInProgress
from deliberation.models import (
    AnalysisRun,
    Conversation,
    OpinionGroup,
    Statement,
    StatementResult,
)
from deliberation.routing import NEWCOMER

logger = logging.getLogger(__name__)

# The same votes are not tried again after so many failures.
MAX_ATTEMPTS = 3
# Results that stay in the log; older runs are deleted.
KEPT_RUNS = 20


# --- Asking ------------------------------------------------------------------------


def request_analysis(*, conversation: Conversation) -> None:
    """Have it analysed after a quiet period; called by whatever changes the input."""
    transaction.on_commit(partial(messages.ask_for_analysis, conversation.pk))


def count_anew(conversation: Conversation) -> None:
    """Votes went, or other statements are shown: only this count never goes back."""
    Conversation.objects.filter(pk=conversation.pk).update(
        moderation_revision=F("moderation_revision") + 1
    )
    request_analysis(conversation=conversation)


def sweep() -> None:
    """Ask anew for every conversation that has changed since its last good run."""
    for conversation in Conversation.objects.public().order_by("id"):
        if not queries.analysis.is_current(conversation) and not _has_given_up(
            conversation
        ):
            messages.ask_for_analysis(conversation.pk)


def catch_up(*, conversation_id: int) -> None:
    """Run an analysis where something has changed; come back where one is running.

    The quiet period ends before the votes are read: whoever found it running had
    committed, and whoever commits from here on asks anew. No vote is missed.
    """
    messages.end_quiet_period(conversation_id)
    conversation = Conversation.objects.get(pk=conversation_id)
    if queries.analysis.is_current(conversation):
        return
    try:
        run_analysis(conversation=conversation)
    except AnalysisInProgress:
        messages.ask_for_analysis(conversation_id)


def _has_given_up(conversation: Conversation) -> bool:
    failed = AnalysisRun.objects.filter(
        conversation=conversation,
        layout=AnalysisRun.LAYOUT,
        state=AnalysisRun.State.FAILED,
        input_fingerprint=queries.analysis.fingerprint(conversation),
    )
    return failed.count() >= MAX_ATTEMPTS


# --- Running -----------------------------------------------------------------------


def run_analysis(*, conversation: Conversation) -> AnalysisRun:
    """Analyse now and store what was found, or nothing.

    Until the new result is whole the last good one stays visible. Raises
    AnalysisInProgress, and whatever the engine raises: the run is then marked failed.
    """
    run = leases.start(conversation)
    try:
        with leases.renewed(run):
            found = engine.analyse(conversation)
        _store(run, found)
    except BaseException as error:
        leases.fail(run, why=repr(error))
        raise
    return run


# --- Storing -----------------------------------------------------------------------


@transaction.atomic
def _store(run: AnalysisRun, whole: engine.Found) -> None:
    """The whole result at once; what pages sort by replaces the last run's rows.

    Raises AnalysisInProgress where another has taken over: its results are newer.
    """
    found = whole.analysis
    runs = AnalysisRun.objects.filter(conversation=run.conversation_id)
    mine = runs.select_for_update().filter(pk=run.pk)
    if mine.values_list("state", flat=True).get() != AnalysisRun.State.RUNNING:
        raise AnalysisInProgress
    OpinionGroup.objects.filter(run__in=runs).delete()
    StatementResult.objects.filter(run__in=runs).delete()
    runs.exclude(pk=run.pk).update(arrays=None)
    OpinionGroup.objects.bulk_create(_groups(run, found))
    results = _results(run, found, whole.around_dots)
    StatementResult.objects.bulk_create(results, batch_size=500)
    _fill(run, found)
    run.save()
    kept = runs.order_by("-id").values_list("id", flat=True)[:KEPT_RUNS]
    runs.exclude(pk__in=list(kept)).delete()


def _fill(run: AnalysisRun, found: "engine.Analysis") -> None:
    run.state = AnalysisRun.State.SUCCEEDED
    run.finished_at = timezone.now()
    run.n_participants = len(found.participant_ids)
    run.n_grouped = int((found.group_of >= 0).sum())
    run.n_placed = int(found.is_placed.sum())
    run.n_votes = int(found.overall_n_seen.sum())
    run.damping, run.finding = found.damping, found.finding.value
    run.is_sound = found.is_sound
    run.digest, run.arrays = found.digest, found.to_bytes()
    run.summary = _summary(found) | {
        "timeline": queries.timeline.counted(run.conversation),
        "turnout": queries.turnout.counted(run.conversation),
    }


def _groups(run: AnalysisRun, found: "engine.Analysis") -> list[OpinionGroup]:
    statements = Statement.objects.filter(conversation=run.conversation_id)
    number = dict(statements.values_list("id", "number"))
    return [
        OpinionGroup(
            run=run,
            letter=group.letter,
            n_members=group.size,
            x=group.x,
            y=group.y,
            found_again=_asked(group.found_again),
            representative=[
                {
                    "statement": number[entry.statement_id],
                    "choice": entry.choice,
                    "difference": round(entry.difference, 6),
                    "low": round(entry.difference_low, 6),
                    "high": round(entry.difference_high, 6),
                }
                for entry in representative
            ],
        )
        for group, representative in zip(
            found.groups, found.representative, strict=True
        )
    ]


def _results(
    run: AnalysisRun, found: "engine.Analysis", around_dots: "list[engine.Regions]"
) -> list[StatementResult]:
    """A row for every statement that is shown and has a vote."""
    shown = set(Statement.objects.shown(run.conversation).values_list("id", flat=True))
    agree, disagree = found.overall_n_agree, found.overall_n_disagree
    passed = found.overall_n_seen - agree - disagree
    return [
        StatementResult(
            run=run,
            statement_id=pk,
            n_agree=int(agree[t]),
            n_disagree=int(disagree[t]),
            n_pass=int(passed[t]),
            groups=_group_counts(found, t),
            group_aware_consensus=float(found.group_aware_consensus[t]),
            consensus_agree=float(found.consensus.agree[t]),
            consensus_disagree=float(found.consensus.disagree[t]),
            is_ranked=bool(found.consensus.is_ranked[t]),
            p_agreed_top=float(found.stability.p_agreed_top[t]),
            p_rejected_top=float(found.stability.p_rejected_top[t]),
            priority=float(found.priority[t]),
            routing=_factors(found, t),
            center=float(found.center[t]),
            loading_x=float(found.loadings[t, 0]),
            loading_y=float(found.loadings[t, 1]),
            around_dots=asdict(around_dots[t]),
        )
        for t, pk in enumerate(found.statement_ids.tolist())
        if pk in shown
    ]


def _factors(found: "engine.Analysis", t: int) -> dict[str, float]:
    """What routing weighs the statement by: for newcomers, and by letter."""
    audiences = [NEWCOMER, *(group.letter for group in found.groups)]
    return dict(zip(audiences, found.routing[:, t].round(6).tolist(), strict=True))


def _group_counts(found: "engine.Analysis", t: int) -> dict[str, dict[str, int]]:
    counts = {}
    for g, group in enumerate(found.groups):
        agree, disagree = int(found.n_agree[g, t]), int(found.n_disagree[g, t])
        counts[group.letter] = {
            "agree": agree,
            "disagree": disagree,
            "pass": int(found.n_seen[g, t]) - agree - disagree,
        }
    return counts


def _summary(found: "engine.Analysis") -> dict[str, object]:
    """What the opinion map draws, and on what grounds the groups are told."""
    letters = [group.letter for group in found.groups]
    dots, stability = found.base_clusters, found.stability
    return {
        "dots": [
            {"x": x, "y": y, "size": size, "group": letters[g] if g >= 0 else None}
            for (x, y), size, g in zip(
                dots.centers.round(6).tolist(),
                dots.sizes.tolist(),
                dots.group_of.tolist(),
                strict=True,
            )
        ],
        "explained": found.p_explained.round(9).tolist(),
        "candidates": [
            {
                "n_groups": tried.n_groups,
                "evidence": round(tried.evidence, 3),
                "smallest": tried.smallest,
                "found_again": _asked(tried.found_again),
                "rand_index": _asked(tried.rand_index),
            }
            for tried in found.candidates
        ],
        "stability": {
            "n_draws": stability.n_draws,
            "rand_index": round(stability.rand_index, 6),
            "n_top": stability.n_top,
            "min_found_again": found.settings.min_found_again,
        },
        "checks": [asdict(check) for check in found.checks],
    }


def _asked(figure: float) -> float | None:
    """Of repeats; the engine says -1 where it was not asked for."""
    return None if figure == -1 else round(figure, 6)
