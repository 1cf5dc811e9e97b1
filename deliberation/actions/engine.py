"""THE ONE DOOR into `clustering`: votes in, what the engine found out.

The engine is imported where it is called: web processes never carry it.
"""

import logging
from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from deliberation import queries, thresholds
from deliberation.errors import DeliberationError
from deliberation.models import Conversation

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from clustering import Analysis as Analysis
    from clustering import AnalysisSettings
    from clustering.dot_votes import Regions as Regions
    from clustering.quality import Sign as Sign

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


@dataclass(frozen=True)
class Compared:
    """What the engine finds with some people and without them, and how alike it is."""

    both: "Analysis"
    less: "Analysis"
    rand_index: float


def load() -> None:
    """Import the engine ahead of time: half a second that no voter should wait."""
    import clustering  # noqa: F401, PLC0415 - web processes never carry the engine


def analyse(conversation: Conversation) -> Found:
    """Read the votes and the letters of the last run, and ask the engine."""
    from clustering import dot_votes  # noqa: PLC0415 - the one door

    votes = queries.engine.vote_arrays(conversation)
    found = _analysed(conversation, votes, frozenset())
    around = dot_votes.around_dots(
        found, votes.participants, votes.statements, votes.choices
    )
    return Found(found, around)


def _analysed(
    conversation: Conversation,
    votes: queries.engine.VoteArrays,
    without: Collection[int],
) -> "Analysis":
    import clustering  # noqa: PLC0415 - the one door

    left_out = queries.engine.exclusions(conversation)
    with ExitStack() as stack:
        return clustering.analyse(
            votes.participants,
            votes.statements,
            votes.choices,
            excluded_statements=left_out.statements,
            excluded_participants=[*left_out.participants, *without],
            meta_statements=left_out.meta_statements,
            settings=_settings(),
            previous=_previous(conversation),
            executor=_workers(stack),
        )


def _settings() -> "AnalysisSettings":
    import clustering  # noqa: PLC0415 - the one door

    return clustering.AnalysisSettings(n_resamples=settings.ANALYSIS_RESAMPLES)


# --- The quality of participation ----------------------------------------------------


def compare(conversation: Conversation, without: Collection[int]) -> Compared:
    """The same votes twice: with some people, and without them."""
    votes = queries.engine.vote_arrays(conversation)
    both = _analysed(conversation, votes, frozenset())
    less = _analysed(conversation, votes, frozenset(without))
    return Compared(both, less, _rand_index(both, less))


def _rand_index(one: "Analysis", other: "Analysis") -> float:
    """How alike the groups are for those who are in both; 1 where nothing changes."""
    import numpy as np  # noqa: PLC0415 - with the engine
    from sklearn.metrics import adjusted_rand_score  # noqa: PLC0415 - with the engine

    _ids, mine, hers = np.intersect1d(
        one.participant_ids, other.participant_ids, return_indices=True
    )
    return float(adjusted_rand_score(one.group_of[mine], other.group_of[hers]))


def signs(conversation: Conversation) -> "list[Sign]":
    """What is to be looked at of how people take part, by the conversation's rule."""
    from clustering import quality  # noqa: PLC0415 - the one door

    votes = queries.participation.timed_votes(conversation)
    joined = queries.participation.newcomers(conversation)
    written = queries.participation.authors(conversation)
    return quality.look(
        quality.ballots(
            votes.participants,
            votes.statements,
            votes.choices,
            votes.seconds,
            votes.n_characters,
        ),
        quality.Joined(joined.participants, joined.seconds, joined.networks),
        quality.Written(
            written.participants, written.seconds, written.is_spam, written.groups
        ),
        quality.Thresholds(**thresholds.of(conversation.quality_rule)),  # type: ignore[arg-type]
    )


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
