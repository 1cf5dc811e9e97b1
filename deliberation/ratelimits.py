"""The named limits; no other file counts requests.

Counters live in the shared cache and are keyed by a participant's code or by an HMAC
of the network prefix that changes daily: no address is stored. Where the cache is
away, people are let through: a limit must never cost a vote.
"""

import hmac
import ipaddress
import logging
import time
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import ngettext_lazy
from redis.exceptions import RedisError

from deliberation import valkey
from deliberation.errors import DeliberationError

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limit:
    """At most `most` requests of one kind in `seconds`, from one source.

    at_a_time : so many requests a process counts by itself before it tells the others,
        which may let through as many more; 1 for an exact limit
    """

    name: str
    most: int
    seconds: int
    at_a_time: int = 1


# One person, by code.
VOTE = Limit("vote", most=60, seconds=60, at_a_time=6)
CHANGE = Limit("change", most=60, seconds=60)
SUBMIT = Limit("submit", most=30, seconds=3600)
SIMILAR = Limit("similar", most=60, seconds=60)
OBJECT = Limit("object", most=10, seconds=3600)
# One network; wide, because a school or an office is one network.
JOIN = Limit("join", most=600, seconds=600)
SUBMIT_NETWORK = Limit("submit-network", most=200, seconds=3600)
SIMILAR_NETWORK = Limit("similar-network", most=900, seconds=60)
NEWS_NETWORK = Limit("news-network", most=60, seconds=3600)
SIGN_IN = Limit("sign-in", most=20, seconds=600)
# One account; wider, so that a stranger cannot lock its owner out from one network.
SIGN_IN_ACCOUNT = Limit("sign-in-account", most=200, seconds=600)
# One account, for codes of a second step: a million codes are too many to try.
SECOND_STEP = Limit("second-step", most=10, seconds=600)
SECOND_STEP_DAY = Limit("second-step-day", most=60, seconds=86400)
# One e-mail address, in all conversations: so many mails can strangers make us send.
NEWS_ADDRESS = Limit("news-address", most=3, seconds=86400)
EXPORT = Limit("export", most=60, seconds=600)
API = Limit("api", most=600, seconds=600)


# Counted and made to end in one step, so that no counter can be left for ever.
_COUNT = """
local count = redis.call('INCRBY', KEYS[1], ARGV[2])
if count == tonumber(ARGV[2]) then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return count
"""


class TooMany(DeliberationError):
    code = "too_many_requests"
    message = ngettext_lazy(
        "That was a lot at once. Please try again in %(retry_after)d second.",
        "That was a lot at once. Please try again in %(retry_after)d seconds.",
        "retry_after",
    )
    http_status = 429


def check(limit: Limit, source: str) -> None:
    """Count one request; raise TooMany (with `retry_after`, seconds) above the limit."""
    if not settings.RATE_LIMIT_FACTOR:
        return
    now = int(time.time())
    window = now // limit.seconds
    if _counted(limit, source, window) > limit.most * settings.RATE_LIMIT_FACTOR:
        raise TooMany(retry_after=(window + 1) * limit.seconds - now)


@dataclass
class _Count:
    """Of one source in one window: what all processes told, and what this one did not."""

    window: int
    told: int = 0
    untold: int = 0


# By a limit and the name of a counter, so that nobody's address is in memory either.
_counts: dict[tuple[str, str], _Count] = {}
# So many sources are remembered; a few requests of each go uncounted when all go.
_KEPT = 50_000


def _counted(limit: Limit, source: str, window: int) -> int:
    """How many requests there were in this window, as far as this process knows."""
    name = _keyed(source)
    count = _counts.get((limit.name, name))
    if count is None or count.window != window:
        if len(_counts) >= _KEPT:
            _counts.clear()
        count = _counts[limit.name, name] = _Count(window)
    count.untold += 1
    if count.untold >= limit.at_a_time:
        key = f"folkmoot:limit:{limit.name}:{name}:{window}"
        told, count.untold = count.untold, 0
        try:
            found = valkey.server().eval(_COUNT, 1, key, limit.seconds * 2, told)
        except RedisError:
            logger.warning(
                "rate limit %s was not counted: the cache is away", limit.name
            )
            return 0
        count.told = int(found)
    return count.told + count.untold


def forget() -> None:
    """What was not told yet is not counted, as by a new process."""
    _counts.clear()


def network(request: HttpRequest) -> str:
    """A name for the network a request comes from, good for one day."""
    address = _address(request)
    prefix = 24 if address.version == 4 else 56
    net = ipaddress.ip_network((address, prefix), strict=False)
    day = int(time.time()) // 86400
    return _keyed(f"{day}:{net}")


def network_here(request: HttpRequest, slug: str) -> str:
    """The same network under a name that is good for one conversation only.

    It stands beside who joins today (Participant.network): other conversations and
    other days know the network by other names, and no name leads back to it.
    """
    return _keyed(f"{slug}:{network(request)}")[:16]


def _keyed(source: str) -> str:
    """Neither a network nor a participant's code can be read from a counter's name."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, source.encode(), "sha256").hexdigest()[:32]


def _address(request: HttpRequest) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The nearest address that none of our own proxies wrote for itself."""
    hops = [request.META.get("REMOTE_ADDR", "")]
    if settings.TRUSTED_PROXIES:
        forwarded = request.headers.get("X-Forwarded-For", "").split(",")
        hops = [hop.strip() for hop in forwarded[-settings.TRUSTED_PROXIES :]]
    try:
        address = ipaddress.ip_address(hops[0])
    except ValueError:
        # A unix socket, or a proxy that says nothing: everyone shares one limit.
        return ipaddress.IPv4Address("0.0.0.0")  # noqa: S104 - a name, not a bind
    # A socket of both versions tells a version 4 address as ::ffff:192.0.2.1, and
    # all of those would be one network.
    return getattr(address, "ipv4_mapped", None) or address
