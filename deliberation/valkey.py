"""The Redis or Valkey that all processes share, reached directly.

Django's cache makes a new client for every call; a vote asks twice and would spend more
time on that than on being stored.
"""

from functools import cache

from django.conf import settings
from redis import Redis


def server() -> Redis:
    """Raises RedisError, once it is used, where there is none."""
    return _server(settings.CACHES["default"]["LOCATION"])


@cache
def _server(location: str) -> Redis:
    return Redis.from_url(location)
