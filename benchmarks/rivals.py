"""The engine and what it is compared with, as ways that `measuring` can run."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.folders import Blocks

Options = dict[str, Any]
Way = tuple[Callable[[], Any], Callable[[Any], dict[str, Any]]]


@contextmanager
def engine(folder: Path, options: Options) -> Iterator[Way]:
    """`clustering.analyse`; from three arrays, or block by block from the files.

    Options: ``threads``; ``scheduler``, an address that takes the place of threads;
    ``n_resamples``, None for the engine's own; ``is_in_blocks``, where reading the
    files is part of the work.
    """
    from clustering import AnalysisSettings, analyse  # noqa: PLC0415 - off the clock

    blocks = Blocks(folder)
    given = (blocks,) if options["is_in_blocks"] else blocks.together()
    n_resamples = options["n_resamples"]
    chosen = {} if n_resamples is None else {"n_resamples": n_resamples}
    excluded = blocks.excluded()
    with _executor(options) as executor:
        yield (
            lambda: _with_digest(
                analyse(
                    *given,
                    excluded_statements=excluded,
                    settings=AnalysisSettings(**chosen),
                    executor=executor,
                )
            ),
            partial(_found, blocks),
        )


def _with_digest(analysis: Any) -> Any:
    """The digest is computed when it is first asked for: that is work, too."""
    analysis.digest  # noqa: B018
    return analysis


def _found(blocks: Blocks, analysis: Any) -> dict[str, Any]:
    """What to print of an analysis."""
    ids, group_of = analysis.participant_ids, analysis.group_of
    return {
        "groups": {group.letter: group.size for group in analysis.groups},
        "digest": analysis.digest,
        "indices": _indices(blocks, ids, group_of),
    }


def _executor(options: Options) -> AbstractContextManager[Executor]:
    if options["scheduler"]:
        from clustering.votes.executors import on_scheduler  # noqa: PLC0415 - needs Dask

        return on_scheduler(options["scheduler"])
    return ThreadPoolExecutor(options["threads"])


@contextmanager
def red_dwarf(folder: Path, options: Options) -> Iterator[Way]:
    """red-dwarf's whole pipeline, from the list of dicts that it asks for."""
    from reddwarf.implementations.base import run_pipeline  # noqa: PLC0415 - optional

    blocks = Blocks(folder)
    rows = [
        {"participant_id": participant, "statement_id": statement, "vote": choice}
        for block in blocks
        for participant, statement, choice in zip(
            *(column.tolist() for column in block), strict=True
        )
    ]

    def describe(result: Any) -> dict[str, Any]:
        grouped = result.participants_df["cluster_id"].dropna()
        ids, group_of = grouped.index.to_numpy(), grouped.to_numpy(dtype=np.int64)
        return {
            "groups": dict(enumerate(np.bincount(group_of).tolist())),
            "indices": _indices(blocks, ids, group_of),
        }

    excluded = blocks.excluded()
    yield (
        lambda: run_pipeline(
            votes=rows, mod_out_statement_ids=excluded, random_state=0
        ),
        describe,
    )


@contextmanager
def dense(folder: Path, options: Options) -> Iterator[Way]:
    """A dense matrix filled with means, its axes, and counts; it does no grouping."""
    votes = Blocks(folder).together()
    yield lambda: _dense(*votes), lambda points: {}


def _dense(
    participants: np.ndarray, statements: np.ndarray, choices: np.ndarray
) -> np.ndarray:
    people, rows = np.unique(participants, return_inverse=True)
    seen, columns = np.unique(statements, return_inverse=True)
    matrix = np.full((len(people), len(seen)), np.nan)
    matrix[rows, columns] = choices
    center = np.nanmean(matrix, axis=0)
    filled = np.where(np.isnan(matrix), center, matrix) - center
    axes = np.linalg.svd(filled, full_matrices=False)[2]
    (matrix == 1).sum(axis=0), (matrix == -1).sum(axis=0)
    return filled @ axes[:2].T


def _indices(blocks: Blocks, ids: np.ndarray, group_of: np.ndarray) -> list[float]:
    """Indices of these groups, and of the best guess, against the camps, if known.

    Over people who are in a group (``group_of`` from 0 on).
    """
    camps, guessed = blocks.by_person("camps"), blocks.by_person("guessed")
    grouped = ids[group_of >= 0]
    if camps is None or guessed is None or not len(grouped):
        return []
    camps, group_of = camps[grouped], group_of[group_of >= 0]
    return [_rand_index(group_of, camps), _rand_index(guessed[grouped], camps)]


def _rand_index(parts: np.ndarray, others: np.ndarray) -> float:
    """Adjusted for chance: 1 is the same partition, 0 what chance gives.

    Hubert and Arabie (1985).
    """
    cells = parts.astype(np.int64) * (int(others.max()) + 1) + others
    together, first, second, everybody = (
        _n_pairs(np.bincount(labels)) for labels in (cells, parts, others, 0 * others)
    )
    expected, most = first * second / everybody, (first + second) / 2
    return 1.0 if most == expected else (together - expected) / (most - expected)


def _n_pairs(sizes: np.ndarray) -> float:
    """Pairs of people within the parts; a float, as products of them pass 2**63."""
    return float((sizes * (sizes - 1.0) / 2).sum())
