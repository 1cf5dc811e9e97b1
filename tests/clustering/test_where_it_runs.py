"""One digest, wherever the work is done: here, on threads, on workers elsewhere."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from clustering import Analysis, AnalysisSettings, analyse
from clustering.votes.executors import Inline, on_scheduler
from clustering.votes.gathering import gather

# More than two blocks of rows, and a search for groups among a sample.
N_PEOPLE, N_STATEMENTS, N_EACH = 70_000, 30, 12
SETTINGS = AnalysisSettings(n_resamples=20, sample_size=2000, n_sample_resamples=4)


@pytest.fixture(scope="module")
def votes() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two camps of unequal size, on statements that half of them see differently."""
    random = np.random.default_rng(8)
    camp_of = random.random(N_PEOPLE) < 0.3
    seen = random.random((N_PEOPLE, N_STATEMENTS)).argsort(axis=1)[:, :N_EACH]
    sees_it_so = np.where(camp_of[:, None] & (seen % 2 == 0), 0.15, 0.85)
    choices = np.where(random.random(seen.shape) < sees_it_so, 1, -1)
    choices[random.random(seen.shape) < 0.1] = 0
    people = np.repeat(np.arange(N_PEOPLE), N_EACH)
    return people, seen.ravel(), choices.ravel()


@pytest.fixture(scope="module")
def here(votes) -> Analysis:
    return analyse(*votes, settings=SETTINGS, executor=Inline())


@pytest.fixture
def scheduler() -> Iterator[str]:
    distributed = pytest.importorskip("distributed", reason="needs requirements-scale")
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        silence_logs=logging.CRITICAL,
    ) as cluster:
        yield cluster.scheduler_address


def test_world_has_several_blocks_and_two_groups(votes, here):
    blocks = gather(votes, executor=Inline())

    assert len(blocks.blocks) == 3
    assert [group.letter for group in here.groups] == ["A", "B"]


@pytest.mark.parametrize("n_threads", [1, 2, 5])
def test_any_number_of_threads_gives_one_digest(votes, here, n_threads):
    with ThreadPoolExecutor(n_threads) as pool:
        there = analyse(*votes, settings=SETTINGS, executor=pool)

    assert there.digest == here.digest


def test_two_worker_processes_give_the_same_digest(votes, here, scheduler):
    with on_scheduler(scheduler) as workers:
        there = analyse(*votes, settings=SETTINGS, executor=workers)

    assert there.digest == here.digest


def test_the_executor_of_a_client_gives_the_same_digest(votes, here, scheduler):
    distributed = pytest.importorskip("distributed", reason="needs requirements-scale")
    with distributed.Client(scheduler, set_as_default=False) as client:
        there = analyse(*votes, settings=SETTINGS, executor=client.get_executor())

    assert there.digest == here.digest
