"""The real thing for journeys: `manage.py serve` with a data folder of its own."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

import psycopg
import pytest
from psycopg import sql

from tests import services

ROOT = Path(__file__).parents[1]
START_SECONDS = 90
# What may be inherited; all else is the operator's to set.
INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "COVERAGE_PROCESS_START")
Found = TypeVar("Found")


def eventually(probe: Callable[[], Found], *, within: float) -> Found:
    """What `probe` returns once it is true; the last of it when time is over."""
    deadline = time.monotonic() + within
    while not (found := probe()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


class Stack:
    """One `manage.py serve`; what it said so far is in `log`."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}/"
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        self.environment = inherited | environment
        self.environment |= {"DATA_DIR": str(folder / "data"), "PORT": str(self.port)}
        self.log_path = folder / "log.txt"
        self.process: subprocess.Popen[bytes] | None = None

    def launch(self, *wrapper: str, **environment: str) -> "subprocess.Popen[bytes]":
        """Start it, in the hands of `wrapper` if one is given, and do not wait."""
        with self.log_path.open("wb") as log:
            self.process = subprocess.Popen(
                [*wrapper, sys.executable, "manage.py", "serve"],
                cwd=ROOT,
                env=self.environment | environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        return self.process

    def start(self, *wrapper: str, **environment: str) -> float:
        """Start it, wait until it says where it is; return how long that took."""
        started = time.monotonic()
        process = self.launch(*wrapper, **environment)
        said = f"Folkmoot is at {self.base}"
        eventually(
            lambda: said in self.log or process.poll() is not None, within=START_SECONDS
        )
        assert said in self.log, self.log
        return time.monotonic() - started

    def ensure_running(self) -> None:
        if self.process is None or self.process.poll() is not None:
            self.start()

    def end(self, number: signal.Signals) -> int:
        """Send a signal to what was launched, and return its exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(60)

    @property
    def log(self) -> str:
        return self.log_path.read_text(errors="replace")

    def rows(self, query: str, *values: object) -> list[tuple]:
        """What the database holds; on SQLite only."""
        path = self.folder / "data/folkmoot.sqlite3"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            return database.execute(query, values).fetchall()

    @property
    def password(self) -> str:
        """The first moderator's, from the log of the first start."""
        found = re.search(r"password  (\S+)", self.log)
        assert found, self.log
        return found[1]

    def processes(self, words: str = "") -> list[int]:
        """Every live process of this stack, whoever its parent is by now."""
        mark = f"DATA_DIR={self.environment['DATA_DIR']}\0".encode()
        return [
            int(entry.name)
            for entry in Path("/proc").iterdir()
            if entry.name.isdecimal()
            and mark in _read(entry / "environ")
            and words.encode() in _read(entry / "cmdline").replace(b"\0", b" ")
        ]

    def kill_what_is_left(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.end(signal.SIGTERM)
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


@contextmanager
def running_on(database: str, folder: Path, **environment: str) -> Iterator[Stack]:
    """A stack on "sqlite" (with the bundled Valkey) or "postgresql" (with Redis)."""
    if database == "sqlite":
        yield from _run(Stack(folder, **environment))
        return
    if not (services.has_postgresql() and services.has_redis()):
        (pytest.fail if services.ALL_REQUIRED else pytest.skip)(
            "PostgreSQL or Redis is not there"
        )
    number = services.claim_redis_database()
    try:
        with fresh_database() as url:
            cache = services.redis_database_url(number)
            yield from _run(
                Stack(
                    folder,
                    DATABASE_URL=url,
                    CACHE_URL=cache,
                    CELERY_BROKER_URL=cache,
                    SECRET_KEY="journeys-only-" * 4,
                    **environment,
                )
            )
    finally:
        services.release_redis_database(number)


def _run(stack: Stack) -> Iterator[Stack]:
    try:
        stack.start()
        yield stack
    finally:
        stack.kill_what_is_left()


@contextmanager
def fresh_database() -> Iterator[str]:
    name = f"folkmoot_journey_{os.getpid()}_{time.monotonic_ns()}"
    identifier = sql.Identifier(name)
    connect = {"dbname": "postgres", "autocommit": True}
    with psycopg.connect(services.POSTGRESQL_URL, **connect) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(identifier))
        try:
            yield services.database_url(name)
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(identifier)
            )
