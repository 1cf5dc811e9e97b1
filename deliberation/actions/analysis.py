"""Asking for an analysis, and running it: THE ONE DOOR into `clustering`.

The database, not the broker, remembers what is to be done: a conversation whose
fingerprint (queries/analysis.py) differs from its latest run's has changed since.
Messages only make it happen soon; `sweep` finds what a lost message forgot.
"""

import logging
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from deliberation import queries, tasks
from deliberation.actions import leases
from deliberation.actions.leases import AnalysisInProgress as AnalysisInProgress
from deliberation.models import (
    AnalysisRun,
    Conversation,
    OpinionGroup,
    Statement,
    StatementResult,
)
from deliberation.tallies import ENOUGH_TO_PLACE

if TYPE_CHECKING:
    from clustering import Analysis

logger = logging.getLogger(__name__)

# The same votes are not tried again after so many failures.
MAX_ATTEMPTS = 3
# Results that stay in the log; older runs are deleted.
KEPT_RUNS = 20


def load_engine() -> None:
    """Import the engine ahead of time: half a second that no voter should wait."""
    import clustering  # noqa: F401, PLC0415 - web processes never carry the engine


# --- Asking ------------------------------------------------------------------------


def request_analysis(*, conversation: Conversation) -> None:
    """Have it analysed after a quiet period; called by whatever changes the input."""
    transaction.on_commit(partial(_enqueue, conversation.pk))


def sweep() -> None:
    """Ask anew for every conversation that has changed since its last good run."""
    for conversation in Conversation.objects.public().order_by("id"):
        if not queries.analysis.is_current(conversation) and not _has_given_up(
            conversation
        ):
            _enqueue(conversation.pk)


def catch_up(*, conversation_id: int) -> None:
    """Run an analysis where something has changed; come back where one is running.

    The quiet period ends before the votes are read: whoever found it running had
    committed, and whoever commits from here on asks anew. No vote is missed.
    """
    cache.delete(_quiet_key(conversation_id))
    conversation = Conversation.objects.get(pk=conversation_id)
    if queries.analysis.is_current(conversation):
        return
    try:
        run_analysis(conversation=conversation)
    except AnalysisInProgress:
        _enqueue(conversation_id)


def _enqueue(conversation_id: int) -> None:
    """One message per quiet period, however many ask.

    A vote is stored whether or not the message gets through, so a broker that is
    away is a line in the log: the sweeper comes by.
    """
    quiet = settings.ANALYSIS_QUIET_SECONDS
    key = _quiet_key(conversation_id)
    try:
        if cache.add(key, True, timeout=quiet + 10):
            tasks.run_analysis.apply_async(
                kwargs={"conversation_id": conversation_id}, countdown=quiet
            )
    except (OperationalError, RedisError, OSError) as error:
        logger.warning(
            "analysis of conversation %d waits for the sweeper: %s",
            conversation_id,
            error,
        )


def _quiet_key(conversation_id: int) -> str:
    return f"analysis-requested:{conversation_id}"


def _has_given_up(conversation: Conversation) -> bool:
    failed = AnalysisRun.objects.filter(
        conversation=conversation,
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
            found = _analyse(conversation)
        _store(run, found)
    except BaseException as error:
        leases.fail(run, why=repr(error))
        raise
    return run


def _analyse(conversation: Conversation) -> "Analysis":
    """Read the votes and the letters of the last run, and ask the engine."""
    from clustering import Analysis, analyse  # noqa: PLC0415 - the one door

    votes = queries.engine.vote_arrays(conversation)
    left_out = queries.engine.exclusions(conversation)
    previous = None
    if stored := queries.engine.latest_arrays(conversation):
        try:
            previous = Analysis.from_bytes(stored)
        except ValueError:
            # Of another version of the engine, say: no reason to stop analysing.
            logger.warning("letters of conversation %d begin anew", conversation.pk)
    return analyse(
        votes.participants,
        votes.statements,
        votes.choices,
        excluded_statements=left_out.statements,
        excluded_participants=left_out.participants,
        meta_statements=left_out.meta_statements,
        previous=previous,
    )


# --- Storing -----------------------------------------------------------------------


@transaction.atomic
def _store(run: AnalysisRun, found: "Analysis") -> None:
    """The whole result at once; what pages sort by replaces the last run's rows.

    Raises AnalysisInProgress where another has taken over: its results are newer.
    """
    runs = AnalysisRun.objects.filter(conversation=run.conversation_id)
    mine = runs.select_for_update().filter(pk=run.pk)
    if mine.values_list("state", flat=True).get() != AnalysisRun.State.RUNNING:
        raise AnalysisInProgress
    OpinionGroup.objects.filter(run__in=runs).delete()
    StatementResult.objects.filter(run__in=runs).delete()
    runs.exclude(pk=run.pk).update(arrays=None)
    OpinionGroup.objects.bulk_create(_groups(run, found))
    StatementResult.objects.bulk_create(_results(run, found), batch_size=500)
    run.state = AnalysisRun.State.SUCCEEDED
    run.finished_at = timezone.now()
    run.n_participants = len(found.participant_ids)
    run.n_grouped = int((found.group_of >= 0).sum())
    enough = min(ENOUGH_TO_PLACE, found.n_columns - found.n_neutral)
    run.n_placed = int((found.n_votes >= max(1, enough)).sum())
    run.n_votes = int(found.n_seen.sum())
    run.n_columns, run.n_neutral = found.n_columns, found.n_neutral
    run.digest, run.arrays = found.digest, found.to_bytes()
    run.summary = _summary(found)
    run.save()
    kept = runs.order_by("-id").values_list("id", flat=True)[:KEPT_RUNS]
    runs.exclude(pk__in=list(kept)).delete()


def _groups(run: AnalysisRun, found: "Analysis") -> list[OpinionGroup]:
    number = dict(
        Statement.objects.filter(conversation=run.conversation_id).values_list(
            "id", "number"
        )
    )
    return [
        OpinionGroup(
            run=run,
            letter=group.letter,
            n_members=group.size,
            x=group.x,
            y=group.y,
            representative=[
                {"statement": number[entry.statement_id], "choice": entry.choice}
                for entry in representative
            ],
        )
        for group, representative in zip(
            found.groups, found.representative, strict=True
        )
    ]


def _results(run: AnalysisRun, found: "Analysis") -> list[StatementResult]:
    """A row for every statement that is shown and has a vote."""
    shown = set(Statement.objects.shown(run.conversation).values_list("id", flat=True))
    return [
        StatementResult(
            run=run,
            statement_id=pk,
            n_agree=int(found.n_agree[t]),
            n_disagree=int(found.n_disagree[t]),
            n_pass=int(found.n_seen[t] - found.n_agree[t] - found.n_disagree[t]),
            groups=_group_counts(found, t),
            group_aware_consensus=float(found.group_aware_consensus[t]),
            priority=float(found.priority[t]),
            center=float(found.center[t]),
            loading_x=float(found.loadings[t, 0]),
            loading_y=float(found.loadings[t, 1]),
        )
        for t, pk in enumerate(found.statement_ids.tolist())
        if pk in shown
    ]


def _group_counts(found: "Analysis", t: int) -> dict[str, dict[str, int]]:
    counts = {}
    for g, group in enumerate(found.groups):
        agree = int(found.group_n_agree[g, t])
        disagree = int(found.group_n_disagree[g, t])
        seen = int(found.group_n_seen[g, t])
        counts[group.letter] = {
            "agree": agree,
            "disagree": disagree,
            "pass": seen - agree - disagree,
        }
    return counts


def _summary(found: "Analysis") -> dict[str, object]:
    """What the opinion map draws: at most a hundred dots, each without a name."""
    letters = [group.letter for group in found.groups]
    dots = found.base_clusters
    return {
        "dots": [
            {"x": x, "y": y, "size": size, "group": letters[group]}
            for (x, y), size, group in zip(
                dots.centers.round(6).tolist(),
                dots.sizes.tolist(),
                dots.group_of.tolist(),
                strict=True,
            )
        ],
        "silhouettes": {
            str(tried.n_groups): round(tried.silhouette, 9)
            for tried in found.silhouettes
        },
        "explained": found.p_explained.round(9).tolist(),
    }
