"""An operator hands analyses to the workers of a scheduler, and nothing else changes."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.stack import INHERITED, ROOT, eventually, free_port, is_free

pytest.importorskip("distributed", reason="needs requirements-scale.txt")

DASK = Path(sys.executable).with_name("dask")
QUIET = ("--no-dashboard", "--host", "127.0.0.1")


@contextmanager
def running(log: Path, *command: str | Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def two_workers(folder: Path) -> Iterator[str]:
    """The address of a scheduler with two worker processes."""
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    scheduler = (DASK, "scheduler", "--port", str(port), *QUIET)
    workers = (DASK, "worker", address, "--nworkers", "2", "--nthreads", "1", *QUIET)
    with running(folder / "scheduler.txt", *scheduler):
        assert eventually(lambda: not is_free(port), within=30)
        with running(folder / "workers.txt", *workers):
            log = folder / "scheduler.txt"
            assert eventually(lambda: registered(log) == 2, within=30)
            yield address


def registered(log: Path) -> int:
    return log.read_text().count("Register worker")


def manage(folder: Path, *arguments: str, scheduler: str = "") -> tuple[int, str]:
    environment = {name: os.environ[name] for name in INHERITED if name in os.environ}
    environment |= {"DATA_DIR": str(folder), "ANALYSIS_SCHEDULER": scheduler}
    ended = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return ended.returncode, ended.stdout


def digests(folder: Path) -> list[str]:
    """Of all good runs, in their order."""
    with closing(sqlite3.connect(folder / "folkmoot.sqlite3")) as database:
        rows = database.execute(
            "SELECT digest FROM deliberation_analysisrun"
            " WHERE state = 'succeeded' ORDER BY id"
        )
        return [digest for (digest,) in rows]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    data = tmp_path_factory.mktemp("scheduler")
    assert manage(data, "migrate")[0] == 0
    assert manage(data, "create_demo")[0] == 0
    return data


def test_workers_of_a_scheduler_give_the_same_result(folder, tmp_path):
    assert manage(folder, "analyse", "demo")[0] == 0

    with two_workers(tmp_path) as address:
        code, output = manage(folder, "analyse", "demo", scheduler=address)

    assert code == 0, output
    assert "client connection" in (tmp_path / "scheduler.txt").read_text()
    here, there = digests(folder)[-2:]
    assert here == there


def test_scheduler_that_is_away_is_said_in_one_line(folder):
    before = digests(folder)

    code, output = manage(
        folder, "analyse", "demo", scheduler=f"tcp://127.0.0.1:{free_port()}"
    )

    assert code == 1
    assert "The scheduler of the analyses does not answer" in output
    assert digests(folder) == before
