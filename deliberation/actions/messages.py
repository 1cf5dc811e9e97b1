"""Messages to the worker: one per quiet period, however many ask."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.cache import cache
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from deliberation import tasks, valkey

logger = logging.getLogger(__name__)


# Clocks of two machines differ by less than this, seconds.
_CLOCKS = 0.5
# Until when what is committed is covered by a message that was sent already, by
# conversation, in seconds of this process's clock.
_covered_until: dict[int, float] = {}
# Tells when the last message was sent, where it still covers what is committed now;
# keeps this moment where another is to be sent.
_ASK = """
local sent_at = redis.call('GET', KEYS[1])
if sent_at and tonumber(ARGV[1]) < tonumber(sent_at) + tonumber(ARGV[2]) then
    return sent_at
end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[3])
return false
"""
# A worker that comes back after hours need not read a message for every second.
_EXPIRES_SECONDS = 120
# All statements are compared at once, so those of a busy minute wait for each other.
_LIKENESSES_QUIET_SECONDS = 20


@contextmanager
def _broker_may_be_away(what: str) -> Iterator[None]:
    """Then it is a line in the log: the sweeper comes by."""
    try:
        yield
    except (OperationalError, RedisError, OSError) as error:
        logger.warning("%s for the sweeper: %s", what, error)


def ask_for_analysis(conversation_id: int) -> None:
    """Have it analysed after the quiet period, unless that is asked for already.

    Called after the commit. A message is not acted on before its quiet period is over,
    and the votes are read after that: whoever commits before then is covered by it,
    and needs to ask nobody. A vote is stored whether or not the message gets through,
    so a broker that is away is a line in the log: the sweeper comes by.
    """
    if time.monotonic() < _covered_until.get(conversation_id, 0.0):
        return
    quiet, now = settings.ANALYSIS_QUIET_SECONDS, time.time()
    covers, key = quiet - _CLOCKS, _quiet_key(conversation_id)
    with _broker_may_be_away(f"analysis of conversation {conversation_id} waits"):
        sent_at = valkey.server().eval(_ASK, 1, key, now, covers, quiet + 10)
        if sent_at is None:
            tasks.run_analysis.apply_async(
                kwargs={"conversation_id": conversation_id},
                countdown=quiet,
                expires=quiet + _EXPIRES_SECONDS,
            )
        ends_in = float(sent_at or now) + covers - time.time()
        _covered_until[conversation_id] = time.monotonic() + ends_in


def forget() -> None:
    """Whoever asks next is heard, as by a new process."""
    _covered_until.clear()


def end_quiet_period(conversation_id: int) -> None:
    """Whoever asks from now on is heard."""
    _covered_until.pop(conversation_id, None)
    valkey.server().delete(_quiet_key(conversation_id))


def ask_for_fingerprints(conversation_id: int) -> None:
    """Have the missing ones made; asked again meanwhile, it is one message.

    A broker that is away is a line in the log: the sweeper comes by.
    """
    with _broker_may_be_away(f"fingerprints of conversation {conversation_id} wait"):
        if cache.add(_quiet_fingerprints_key(conversation_id), True, timeout=60):
            tasks.make_fingerprints.delay(conversation_id=conversation_id)


def end_quiet_fingerprints(conversation_id: int) -> None:
    """Whoever asks from now on is heard."""
    cache.delete(_quiet_fingerprints_key(conversation_id))


def _quiet_fingerprints_key(conversation_id: int) -> str:
    return f"fingerprints-requested:{conversation_id}"


def ask_for_likenesses(conversation_id: int) -> None:
    """Have all compared with each other after a quiet period, unless that is asked for.

    A broker that is away is a line in the log: the sweeper comes by.
    """
    with _broker_may_be_away(f"likenesses of conversation {conversation_id} wait"):
        expires = _LIKENESSES_QUIET_SECONDS + _EXPIRES_SECONDS
        if cache.add(_quiet_likenesses_key(conversation_id), True, timeout=expires):
            tasks.find_likenesses.apply_async(
                kwargs={"conversation_id": conversation_id},
                countdown=_LIKENESSES_QUIET_SECONDS,
                expires=expires,
            )


def end_quiet_likenesses(conversation_id: int) -> None:
    """Whoever asks from now on is heard."""
    cache.delete(_quiet_likenesses_key(conversation_id))


def _quiet_likenesses_key(conversation_id: int) -> str:
    return f"likenesses-requested:{conversation_id}"


def ask_for_look(conversation_id: int, *, apart: int) -> None:
    """Have participation looked at, so many seconds apart; else the sweeper comes by."""
    with _broker_may_be_away(f"a look at conversation {conversation_id} waits"):
        if cache.add(f"look-requested:{conversation_id}", True, timeout=apart):
            tasks.look_at_participation.apply_async(
                kwargs={"conversation_id": conversation_id},
                expires=apart + _EXPIRES_SECONDS,
            )


def ask_for_comparison(comparison_id: int) -> None:
    """Have it worked out; with a broker away the sweeper comes by."""
    with _broker_may_be_away(f"comparison {comparison_id} waits"):
        tasks.work_out_comparison.delay(comparison_id=comparison_id)


def ask_for_news(conversation_id: int, *, after: int = 0) -> None:
    """Have the mails sent that are due; with a broker away the sweeper comes by."""
    with _broker_may_be_away(f"news of conversation {conversation_id} wait"):
        tasks.send_news.delay(conversation_id=conversation_id, after=after)


def _quiet_key(conversation_id: int) -> str:
    return f"folkmoot:analysis-requested:{conversation_id}"
