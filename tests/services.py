"""The services that tests use where they are there: PostgreSQL, Redis, Chromium."""

import os
import shutil
from urllib.parse import urlsplit

import psycopg
import redis

POSTGRESQL_URL = (
    os.environ.get("TEST_DATABASE_URL") or "postgresql://root@127.0.0.1:5432/"
)
REDIS_URL = os.environ.get("TEST_REDIS_URL") or "redis://127.0.0.1:6379/"
ALL_REQUIRED = os.environ.get("REQUIRE_ALL", "") not in {"", "0"}
# Databases 0 to 15 are what a Redis has unless told otherwise.
REDIS_DATABASES = range(1, 16)
CLAIM_SECONDS = 3600


def chromium() -> str | None:
    return os.environ.get("TEST_CHROMIUM") or shutil.which("chromium")


def has_postgresql() -> bool:
    try:
        with psycopg.connect(POSTGRESQL_URL, dbname="postgres", connect_timeout=3):
            return True
    except psycopg.Error:
        return False


def has_redis() -> bool:
    with redis.Redis.from_url(REDIS_URL, socket_connect_timeout=3) as client:
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False


def missing() -> dict[str, str]:
    """What is not there, with the variable that names another."""
    postgresql, cache = urlsplit(POSTGRESQL_URL), urlsplit(REDIS_URL)
    found = {
        f"PostgreSQL at {postgresql.hostname}:{postgresql.port}": (
            "TEST_DATABASE_URL",
            has_postgresql(),
        ),
        f"Redis at {cache.hostname}:{cache.port}": ("TEST_REDIS_URL", has_redis()),
        "Chromium": ("TEST_CHROMIUM", bool(chromium())),
    }
    return {
        name: variable for name, (variable, is_there) in found.items() if not is_there
    }


def database_url(name: str) -> str:
    return urlsplit(POSTGRESQL_URL)._replace(path=f"/{name}").geturl()


def claim_redis_database() -> int:
    """An empty database that no other test process uses; give it back after use.

    The claims are keys of database 0 that go by themselves after an hour.
    """
    with redis.Redis.from_url(REDIS_URL, db=0) as claims:
        for number in reversed(REDIS_DATABASES):
            with redis.Redis.from_url(REDIS_URL, db=number) as database:
                if claims.set(_claim(number), os.getpid(), nx=True, ex=CLAIM_SECONDS):
                    if database.dbsize() == 0:
                        return number
                    claims.delete(_claim(number))
    raise RuntimeError(f"No empty database is left in the Redis at {REDIS_URL}.")


def release_redis_database(number: int) -> None:
    with redis.Redis.from_url(REDIS_URL, db=number) as database:
        database.flushdb()
    with redis.Redis.from_url(REDIS_URL, db=0) as claims:
        claims.delete(_claim(number))


def redis_database_url(number: int) -> str:
    return urlsplit(REDIS_URL)._replace(path=f"/{number}").geturl()


def _claim(number: int) -> str:
    return f"folkmoot-tests:database-{number}"
