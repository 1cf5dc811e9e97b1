"""What an analysis costs, beside red-dwarf and the plain dense way of doing the same.

Run it from the project root, on a machine that has nothing else to do:

    python -m benchmarks.engine                           # small, and growth to 5 million
    python -m benchmarks.engine small --rounds 5
    python -m benchmarks.engine growth --largest 50
    python -m benchmarks.engine huge --folder /some/disk

- small   real votes (the 2023 constitution, if the shared test data are there:
          ``FOLKMOOT_SHARED_DATA``) and a made world, one thread, with and without
          resampling. The ways take turns, because clocks of virtual machines drift.
- growth  made worlds of 0.5 to 50 million votes, and the slope of log time over log
          votes. Reading the blocks from files is part of the time, making them is not.
- huge    10 million people, 10,000 statements and 500 million votes (3.5 GB of files).

red-dwarf is run where it is installed (benchmarks/requirements.txt), here or for the
interpreter named by --rival-python. The list of dicts it asks for is made off the
clock, and it has one thread: with more it takes longer. It takes part in growth up to
--rival-largest, as its matrix is dense.

Of made worlds the true camps are known: "index" is the adjusted Rand index of the
groups against them, over the people that were grouped, and "best guess" the index of
someone who knows what each camp thinks and sees the same votes.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks import folders, reporting, worlds
from benchmarks.measuring import Cost, measure
from benchmarks.worlds import World

SMALL = World(2_000, 900, 225_000)
HUGE = World(10_000_000, 10_000, 500_000_000)
WARM = World(100, 60, 1_500)
N_RESAMPLES = 100
FIND_RIVAL = "from importlib.metadata import version; print(version('red-dwarf'))"


def main() -> None:
    options = _arguments()
    print(
        f"Python {platform.python_version()}, numpy {np.__version__}, "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before"
    )
    options.has_rival = _has_rival(options.rival_python)
    parts = {"small": small, "growth": growth, "huge": huge}
    with tempfile.TemporaryDirectory() as scratch:
        options.warm = Path(scratch)
        worlds.make(WARM, options.warm, 1)
        for part in options.parts:
            parts[part](options)
    print(f"\nload {os.getloadavg()[0]:.1f} after")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("parts", nargs="*", default=["small", "growth"], help="small growth huge")
    add("--rounds", type=int, default=3, help="turns of each way in small")
    add("--largest", type=float, default=5, help="growth up to so many million votes")
    add("--rival-largest", type=float, default=0.5, help="and red-dwarf up to these")
    add("--threads", type=int, default=os.cpu_count(), help="in growth and huge")
    add("--scheduler", help="tcp://... of a Dask scheduler, in growth and huge")
    add("--resamples", type=int, help="in growth and huge; else the engine's own")
    add("--order", choices=("mixed", "people"), default="mixed", help="of made votes")
    add("--folder", type=Path, help="where huge keeps its votes, for another time too")
    add("--rival-python", default=sys.executable, help="interpreter with red-dwarf")
    options = parser.parse_args()
    if not {*options.parts} <= {"small", "growth", "huge"}:
        parser.error("the parts are small, growth and huge")
    if "huge" in options.parts and options.folder is None:
        parser.error("huge needs a --folder with 4 GB of room")
    return options


def _has_rival(python: str) -> bool:
    found = subprocess.run([python, "-c", FIND_RIVAL], capture_output=True, text=True)
    if found.returncode:
        print("red-dwarf is skipped: not installed (benchmarks/requirements.txt)")
    else:
        print(f"red-dwarf {found.stdout.strip()}")
    return found.returncode == 0


def small(options: argparse.Namespace) -> None:
    """Engine, red-dwarf and the dense way, by turns, on worlds that fit anywhere."""
    for name, folder in _small_folders(options):
        print(f"\n{name}: one thread, medians of {options.rounds} rounds")
        cost = partial(measure, folder=folder, warm_folder=options.warm)
        engine = partial(cost, "rivals.engine", is_in_blocks=False, scheduler=None)
        ways = {"engine": partial(engine, n_resamples=0, repeats=3)}
        if options.has_rival:
            ways["red-dwarf"] = partial(
                cost, "rivals.red_dwarf", python=options.rival_python, repeats=3
            )
        ways["dense"] = partial(cost, "rivals.dense")
        ways[f"engine, {N_RESAMPLES} draws"] = partial(engine, n_resamples=N_RESAMPLES)
        reporting.by_turns(ways, options.rounds)


def _small_folders(options: argparse.Namespace) -> Iterator[tuple[str, Path]]:
    cases = {
        "ccai, all statements": partial(folders.write_ccai, is_moderated=False),
        "ccai, accepted statements": partial(folders.write_ccai, is_moderated=True),
        _title(SMALL): partial(
            worlds.make, replace(SMALL, order=options.order), n_threads=1
        ),
    }
    for name, write in cases.items():
        with tempfile.TemporaryDirectory() as scratch:
            if write(folder=Path(scratch)):
                yield name, Path(scratch)
            else:
                print(f"\n{name}: no shared data, skipped")


def growth(options: argparse.Namespace) -> None:
    """The engine on ever larger worlds, and how its time grows."""
    sizes, costs = [], []
    for world in worlds.growing(round(options.largest * 1e6)):
        with tempfile.TemporaryDirectory() as scratch:
            cost = _large(replace(world, order=options.order), Path(scratch), options)
            if cost is not None and world.n_votes <= options.rival_largest * 1e6:
                _beside_rival(cost, Path(scratch), options)
        if cost is not None:
            sizes.append(world.n_votes)
            costs.append(cost)
    if len(sizes) > 1:
        print(reporting.growth(sizes, costs))


def huge(options: argparse.Namespace) -> None:
    """The largest world, once."""
    _large(replace(HUGE, order=options.order), options.folder, options)


def _large(world: World, folder: Path, options: argparse.Namespace) -> Cost | None:
    """Make a world, run the engine on its files block by block, print both costs."""
    where = options.scheduler or f"{options.threads} threads"
    print(f"\n{_title(world)}: {where}, order {world.order}")
    make = partial(
        measure, "worlds.making", folder, threads=options.threads, world=asdict(world)
    )
    made = reporting.tried("making", make)
    if made is None:
        return None
    if made.outcome["is_new"]:
        print(reporting.line("making", made))
    engine = partial(
        measure,
        "rivals.engine",
        folder,
        options.warm,
        threads=options.threads,
        n_resamples=options.resamples,
        scheduler=options.scheduler,
        is_in_blocks=True,
    )
    cost = reporting.tried("engine", engine)
    if cost is not None:
        print(reporting.line("engine", cost))
    return cost


def _beside_rival(ours: Cost, folder: Path, options: argparse.Namespace) -> None:
    rival = partial(
        measure,
        "rivals.red_dwarf",
        folder,
        options.warm,
        python=options.rival_python,
    )
    cost = reporting.tried("red-dwarf", rival) if options.has_rival else None
    if cost is not None:
        print(reporting.line("red-dwarf", cost))
        print(reporting.ratio("red-dwarf", "engine", [(cost, ours)]))


def _title(world: World) -> str:
    return (
        f"{world.n_people:,} people x {world.n_statements:,} statements, "
        f"{world.n_votes:,} votes"
    )


if __name__ == "__main__":
    main()
