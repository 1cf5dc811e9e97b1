"""Load on a web server and on a database, and what each request costs the server."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CONNECTIONS = 32
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Load:
    """rate : answers a second; p50, p99 : milliseconds; cpu : of the server, seconds an
    answer; refused : answers of status 400 and above; broken : without an answer"""

    rate: float
    n: int = 0
    p50: float = 0.0
    p99: float = 0.0
    cpu: float = 0.0
    refused: int = 0
    broken: int = 0


@contextmanager
def server(command: Sequence[str], url: str) -> Iterator[int]:
    """Keep a program going that answers at `url`; its process id."""
    quiet = {"stdout": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True, **quiet)
    try:
        _wait_for(url)
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            urllib.request.urlopen(url).read()
        except urllib.error.HTTPError:
            return
        except OSError:
            if time.monotonic() > deadline:
                sys.exit(f"nothing answers at {url}")
            time.sleep(0.1)
        else:
            return


def wrk(url: str, requests: Path, seconds: int, pid: int) -> Load:
    """Send the requests of a file, round and round, on 32 connections at once."""
    before = _cpu(pid)
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout=30s"]
    command += ["-s", str(HERE / "requests.lua"), url, "--", str(requests)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    seen = json.loads(said.splitlines()[-1])
    return Load(
        rate=seen["n"] / seen["seconds"],
        n=seen["n"],
        p50=seen["p50"],
        p99=seen["p99"],
        cpu=(_cpu(pid) - before) / max(1, seen["n"]),
        refused=seen["refused"],
        broken=seen["broken"],
    )


def pgbench(database_url: str, script: str, seconds: int) -> Load:
    """The rate of one statement on 32 connections, prepared."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        command = ["pgbench", "-n", f"-c{CONNECTIONS}", "-j2", f"-T{seconds}"]
        command += ["-M", "prepared", "-f", file.name, database_url]
        said = subprocess.run(command, capture_output=True, text=True, check=True)
    rates = [line for line in said.stdout.splitlines() if line.startswith("tps = ")]
    return Load(rate=float(rates[-1].split()[2]))


def _cpu(leader: int) -> float:
    """CPU seconds of a process and of all its children so far."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        # Fields 6 (session), 14 and 15 (user and system time), counted from 1.
        if int(fields[3]) == leader:
            total += int(fields[11]) + int(fields[12])
    return total / TICKS
