"""What an analysis costs, beside the plain dense way of doing the same.

Run it from the project root:

    python benchmarks/engine.py [participants statements votes_per_participant]

It makes a seeded world, and reads the CCAI votes too if the shared test data are
there (``FOLKMOOT_SHARED_DATA``). Each measurement runs in a process of its own, so
that peaks of memory do not mix. The baseline fills missing votes with the mean of
their statement in a dense matrix, takes a full singular value decomposition and
counts; it does no grouping, so the ratio is in its favour.
"""

import csv
import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
SHARED = ROOT / os.environ.get("FOLKMOOT_SHARED_DATA", "../shared/data")

Votes = tuple[np.ndarray, np.ndarray, np.ndarray]


class Cost(NamedTuple):
    """Seconds of work, seconds of waiting, peak memory in MB, and what came out."""

    cpu: float
    wall: float
    peak: float
    before: float
    outcome: str


def made_up(n_people: int, n_statements: int, n_each: int) -> Votes:
    """Three camps; everybody votes on about ``n_each`` statements."""
    random = np.random.default_rng(2023)
    people = np.repeat(np.arange(n_people), n_each)
    statements = random.integers(0, n_statements, len(people))
    cell = np.unique(people * n_statements + statements)
    people, statements = np.divmod(cell, n_statements)
    views = random.choice([-1, 1], (3, n_statements))
    own = views[people % 3, statements]
    choices = np.where(random.random(len(cell)) < 0.7, own, 0)
    return people, statements, choices


def ccai() -> Votes | None:
    """The votes of the 2023 public constitution."""
    path = SHARED / "ccai" / "participants-votes.csv"
    if not path.exists():
        return None
    with path.open() as file:
        reader = csv.reader(file)
        header = next(reader)
        columns = [(i, int(name)) for i, name in enumerate(header) if name.isdigit()]
        votes = [
            (int(row[0]), statement, int(row[i]))
            for row in reader
            for i, statement in columns
            if row[i]
        ]
    people, statements, choices = np.array(votes).T
    return people, statements, choices


def by_engine(votes: Votes) -> str:
    """The engine, import apart."""
    from clustering import analyse  # noqa: PLC0415 - only this child pays for it

    return " ".join(f"{g.letter}={g.size}" for g in analyse(*votes).groups)


def by_dense_matrix(votes: Votes) -> str:
    """Mean-imputed dense PCA and the same counts, in plain numpy."""
    (people, rows), (seen, columns) = (
        np.unique(ids, return_inverse=True) for ids in votes[:2]
    )
    matrix = np.full((len(people), len(seen)), np.nan)
    matrix[rows, columns] = votes[2]
    center = np.nanmean(matrix, axis=0)
    filled = np.where(np.isnan(matrix), center, matrix) - center
    _, values, axes = np.linalg.svd(filled, full_matrices=False)
    points = filled @ axes[:2].T
    n_agree, n_disagree = (matrix == 1).sum(axis=0), (matrix == -1).sum(axis=0)
    total = int(n_agree.sum() + n_disagree.sum())
    return f"{len(points)} points, {total} choices, first axis {values[0]:.1f}"


def measure(way: Callable[[Votes], str], votes: Votes) -> Cost:
    """Run ``way`` in a process of its own; a first small run pays for the imports."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (way, votes))


def _measured(way: Callable[[Votes], str], votes: Votes) -> Cost:
    way(tuple(column[:200] for column in votes))
    before = _peak()
    cpu, wall = time.process_time(), time.perf_counter()
    outcome = way(votes)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return Cost(cpu, wall, _peak(), before, outcome)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report(name: str, votes: Votes) -> None:
    """Print both costs and their ratio."""
    n_people, n_statements = (len(np.unique(ids)) for ids in votes[:2])
    print(f"\n{name}: {len(votes[0]):,} votes, {n_people:,} x {n_statements:,}")
    costs = {}
    for label, way in (("engine", by_engine), ("dense", by_dense_matrix)):
        costs[label] = cost = measure(way, votes)
        print(
            f"  {label:7} cpu {cost.cpu:7.3f} s  wall {cost.wall:7.3f} s  "
            f"peak {cost.peak:6.0f} MB ({cost.before:.0f} before)  {cost.outcome}"
        )
    engine, dense = costs["engine"], costs["dense"]
    print(f"  ratio   cpu {dense.cpu / engine.cpu:7.1f} x  ", end="")
    print(f"wall {dense.wall / engine.wall:7.1f} x")


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or [3000, 600, 40]
    report("made up", made_up(*sizes))
    votes = ccai()
    if votes is None:
        print("\nccai: no shared data, skipped")
    else:
        report("ccai", votes)


if __name__ == "__main__":
    main()
