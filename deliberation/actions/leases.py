"""One analysis of a conversation at a time, and a dead one never in the way.

The database refuses a second unfinished run (models/analysis.py); a run holds its
place by a lease that it renews while it works.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deliberation import queries
from deliberation.errors import DeliberationError
from deliberation.models import AnalysisRun, Conversation

# A run renews its lease while it works; one that stops doing so has died.
LEASE = timedelta(seconds=30)
# One that works longer than this hangs: its lease is renewed no more.
LONGEST_RUN = timedelta(minutes=15)

logger = logging.getLogger(__name__)


class AnalysisInProgress(DeliberationError):
    code = "analysis_in_progress"
    message = _("An analysis of this conversation is running already.")
    http_status = 409


def start(conversation: Conversation) -> AnalysisRun:
    """Open a run, over the body of one that died. Raises AnalysisInProgress."""
    now = timezone.now()
    running = AnalysisRun.objects.filter(
        conversation=conversation, state=AnalysisRun.State.RUNNING
    )
    try:
        with transaction.atomic():
            dead = running.filter(lease_until__lt=now)
            _mark_failed(dead, why="the worker stopped before the run was done")
            return AnalysisRun.objects.create(
                conversation=conversation,
                # Taken before the votes are read: never newer than what is analysed.
                input_fingerprint=queries.analysis.fingerprint(conversation),
                started_at=now,
                lease_until=now + LEASE,
            )
    except IntegrityError as error:
        raise AnalysisInProgress from error


def fail(run: AnalysisRun, *, why: str) -> None:
    """Mark the run failed, unless another has taken its place and said so."""
    running = AnalysisRun.objects.filter(pk=run.pk, state=AnalysisRun.State.RUNNING)
    _mark_failed(running, why=why)


def _mark_failed(runs: QuerySet[AnalysisRun], *, why: str) -> None:
    runs.update(state=AnalysisRun.State.FAILED, error=why, finished_at=timezone.now())


@contextmanager
def renewed(run: AnalysisRun) -> Iterator[None]:
    """Renew the run's lease from a thread of its own while the engine works."""
    done = threading.Event()

    def renew() -> None:
        while not done.wait(LEASE.total_seconds() / 3):
            now = timezone.now()
            if now - run.started_at > LONGEST_RUN:
                return
            try:
                AnalysisRun.objects.filter(pk=run.pk).update(lease_until=now + LEASE)
            except DatabaseError as error:
                logger.warning("a lease was not renewed, it is tried again: %s", error)
            finally:
                connection.close()

    thread = threading.Thread(target=renew, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
