"""THE ONE DOOR into `clustering`: votes in, what the engine found out.

The engine is imported where it is called: web processes never carry it.
"""

import logging
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from deliberation import queries
from deliberation.errors import DeliberationError
from deliberation.models import Conversation

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from clustering import Analysis as Analysis
    from clustering.dot_votes import Regions as Regions

logger = logging.getLogger(__name__)


class SchedulerAway(DeliberationError):
    code = "scheduler_away"
    message = _("The scheduler of the analyses does not answer: %(reason)s.")
    http_status = 409


@dataclass(frozen=True)
class Found:
    """What the engine found, and for each of its statements how people voted around
    the dots of the map."""

    analysis: "Analysis"
    around_dots: "list[Regions]"


def load() -> None:
    """Import the engine ahead of time: half a second that no voter should wait."""
    import clustering  # noqa: F401, PLC0415 - web processes never carry the engine


def analyse(conversation: Conversation) -> Found:
    """Read the votes and the letters of the last run, and ask the engine."""
    import clustering  # noqa: PLC0415 - the one door
    from clustering import dot_votes  # noqa: PLC0415 - the one door

    votes = queries.engine.vote_arrays(conversation)
    left_out = queries.engine.exclusions(conversation)
    with ExitStack() as stack:
        found = clustering.analyse(
            votes.participants,
            votes.statements,
            votes.choices,
            excluded_statements=left_out.statements,
            excluded_participants=left_out.participants,
            meta_statements=left_out.meta_statements,
            settings=clustering.AnalysisSettings(
                n_resamples=settings.ANALYSIS_RESAMPLES
            ),
            previous=_previous(conversation),
            executor=_workers(stack),
        )
    around = dot_votes.around_dots(
        found, votes.participants, votes.statements, votes.choices
    )
    return Found(found, around)


def _workers(stack: ExitStack) -> "Executor | None":
    """The scheduler's, where the operator names one; else the engine's own threads."""
    from clustering.votes import executors  # noqa: PLC0415 - the one door

    if not settings.ANALYSIS_SCHEDULER:
        return None
    try:
        connected = executors.on_scheduler(settings.ANALYSIS_SCHEDULER, timeout=10)
        return stack.enter_context(connected)
    except (OSError, ImportError) as error:
        raise SchedulerAway(reason=str(error)) from error


def _previous(conversation: Conversation) -> "Analysis | None":
    """The last good run, whose letters and sides of the map are kept."""
    from clustering import Analysis  # noqa: PLC0415 - the one door

    stored = queries.engine.latest_arrays(conversation)
    if stored is None:
        return None
    try:
        return Analysis.from_bytes(stored)
    except ValueError:
        # Of another version of the engine, say: no reason to stop analysing.
        logger.warning("letters of conversation %d begin anew", conversation.pk)
        return None
