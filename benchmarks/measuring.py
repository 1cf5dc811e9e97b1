"""What one way of working costs, measured in a process of its own.

CPU is the time of all threads of the process, and of processes it started and waited
for. Wall is what a clock on the wall shows. Peak is the most memory the process held
at once while it worked; "before" is what it held when it began, with its libraries
loaded and its input ready. Imports and a first small run come before the clock. What
Dask's workers do elsewhere is in the wall alone.

Run by `measure` as ``python -m benchmarks.measuring <job as JSON>``.
"""

import importlib
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
FORGET_PEAK = Path("/proc/self/clear_refs")
KB_PER_UNIT = 1 / 1024 if sys.platform == "darwin" else 1


class Cost(NamedTuple):
    """Seconds of work and of waiting, memory in MB, and what came out."""

    cpu: float
    wall: float
    peak: float
    before: float
    outcome: dict[str, Any]


class Failed(Exception):
    """The other process ended badly; holds the last it said."""


def measure(
    way: str,
    folder: Path,
    warm_folder: Path | None = None,
    *,
    python: str = sys.executable,
    threads: int = 1,
    repeats: int = 1,
    **options: object,
) -> Cost:
    """Cost of a way over the votes of ``folder``; the median of its repeats.

    A way is named "module.function", of a module here. The function takes a folder and
    options, and is a context manager: it reads its input in the form it wants it, and
    gives the work to be measured and a function that says, off the clock, what came out.

    python : the interpreter to run it with
    warm_folder : votes of the first small run
    threads : of its linear algebra; an option of the way too
    """
    job = {
        "way": way,
        "folder": str(folder.resolve()),
        "warm_folder": warm_folder and str(warm_folder.resolve()),
        "repeats": repeats,
        "options": {"threads": threads, **options},
    }
    limits = dict.fromkeys(
        ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), str(threads)
    )
    done = subprocess.run(
        [python, "-m", "benchmarks.measuring", json.dumps(job)],
        cwd=ROOT,
        env=os.environ | limits,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"ended with {done.returncode}"]
        raise Failed(said[-1])
    return Cost(*json.loads(done.stdout.splitlines()[-1]))


def _main(job: dict[str, Any]) -> None:
    module, name = job["way"].split(".")
    way = getattr(importlib.import_module(f"benchmarks.{module}"), name)
    if job["warm_folder"]:
        with way(Path(job["warm_folder"]), job["options"]) as (work, _):
            work()
    with way(Path(job["folder"]), job["options"]) as (work, describe):
        cost = _clocked(work, describe, job["repeats"])
    print(json.dumps(cost))


def _clocked(
    work: Callable[[], Any], describe: Callable[[Any], dict[str, Any]], repeats: int
) -> Cost:
    _forget_peak()
    before = _peak()
    cpus, walls = [], []
    for _ in range(repeats):
        result = None  # the last one's memory is free again
        cpu, wall = _cpu(), time.perf_counter()
        result = work()
        cpus.append(_cpu() - cpu)
        walls.append(time.perf_counter() - wall)
    peak = _peak()
    return Cost(
        statistics.median(cpus),
        statistics.median(walls),
        peak,
        before,
        describe(result),
    )


def _cpu() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(
            resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KB_PER_UNIT / 1024


def _forget_peak() -> None:
    """Let the peak begin anew at what is held now; without it, it includes imports."""
    if FORGET_PEAK.exists():
        FORGET_PEAK.write_text("5")


if __name__ == "__main__":
    _main(json.loads(sys.argv[1]))
