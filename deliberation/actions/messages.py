"""Messages to the worker: one per quiet period, however many ask."""

import logging

from django.conf import settings
from django.core.cache import cache
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from deliberation import tasks

logger = logging.getLogger(__name__)


def ask_for_analysis(conversation_id: int) -> None:
    """Have it analysed after the quiet period, unless that is asked for already.

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


def end_quiet_period(conversation_id: int) -> None:
    """Whoever asks from now on is heard."""
    cache.delete(_quiet_key(conversation_id))


def ask_for_fingerprints(conversation_id: int) -> None:
    """Have the missing ones made; asked again meanwhile, it is one message.

    A broker that is away is a line in the log: the sweeper comes by.
    """
    try:
        if cache.add(_quiet_fingerprints_key(conversation_id), True, timeout=60):
            tasks.make_fingerprints.delay(conversation_id=conversation_id)
    except (OperationalError, RedisError, OSError) as error:
        logger.warning(
            "fingerprints of conversation %d wait for the sweeper: %s",
            conversation_id,
            error,
        )


def end_quiet_fingerprints(conversation_id: int) -> None:
    """Whoever asks from now on is heard."""
    cache.delete(_quiet_fingerprints_key(conversation_id))


def _quiet_fingerprints_key(conversation_id: int) -> str:
    return f"fingerprints-requested:{conversation_id}"


def ask_for_news(conversation_id: int, *, after: int = 0) -> None:
    """Have the mails sent that are due; with a broker away the sweeper comes by."""
    try:
        tasks.send_news.delay(conversation_id=conversation_id, after=after)
    except (OperationalError, RedisError, OSError) as error:
        logger.warning(
            "news of conversation %d wait for the sweeper: %s", conversation_id, error
        )


def _quiet_key(conversation_id: int) -> str:
    return f"analysis-requested:{conversation_id}"
