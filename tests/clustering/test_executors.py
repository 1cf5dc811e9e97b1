"""Whoever does the work, the results are the same to the last bit."""

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np
import pytest

from clustering.votes import executors
from clustering.votes.blocks import Block, VoteBlocks
from clustering.votes.executors import Inline, Workers, WorkersLost, threads
from clustering.votes.gathering import gather

N_PEOPLE, N_STATEMENTS, N_VOTES = 100_000, 300, 5_000_000


@pytest.fixture(scope="module")
def votes() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two chunks and four blocks of them, in no order."""
    chance = np.random.default_rng(3)
    people = np.repeat(np.arange(N_PEOPLE), N_VOTES // N_PEOPLE)
    seen = 7 * people + np.tile(np.arange(N_VOTES // N_PEOPLE), N_PEOPLE)
    order = chance.permutation(N_VOTES)
    choices = chance.integers(-1, 2, N_VOTES, dtype=np.int8)
    return people[order], seen[order] % N_STATEMENTS, choices


@pytest.fixture(scope="module")
def here(votes) -> VoteBlocks:
    return gather(votes, executor=Inline())


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """A scheduler with two workers, each a process of one thread."""
    distributed = pytest.importorskip(
        "distributed", reason="distributed is missing: see requirements-scale.txt"
    )
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        silence_logs=logging.CRITICAL,
    ) as cluster:
        yield cluster.scheduler_address


@pytest.fixture
def workers(scheduler) -> Iterator[Workers]:
    with executors.on_scheduler(scheduler) as workers:
        yield workers


def pull(block: Block, weights: np.ndarray, power: int) -> np.ndarray:
    """(r,) sums that depend on the order of adding."""
    each = block.choices * weights[block.statements] ** power
    return np.add.reduceat(each, block.row_starts[:-1])


def results(votes: VoteBlocks) -> list[bytes]:
    weights = np.random.default_rng(1).normal(size=votes.n_statements)
    return [part.tobytes() for part in votes.map(pull, weights, 3)]


def contents(votes: VoteBlocks) -> list[list[bytes]]:
    """The blocks as they are where they are kept."""
    return votes.map(block_bytes)


def block_bytes(block: Block) -> list[bytes]:
    arrays = block.row_starts, block.statements, block.choices
    return [np.array(block.first).tobytes(), *(array.tobytes() for array in arrays)]


def fail(block: Block) -> None:
    raise LookupError(f"nothing for rows from {block.first}")


def thread(item: object) -> int:
    return threading.get_ident()


def process(block: Block) -> int:
    return os.getpid()


class Argument:
    """Knows how often it has come to this process."""

    n_arrivals = 0

    def __setstate__(self, state: dict[str, object]) -> None:
        type(self).n_arrivals += 1

    def __getstate__(self) -> dict[str, object]:
        return {"weights": np.ones(10_000)}


def arrivals(block: Block, argument: Argument) -> int:
    return argument.n_arrivals


def test_results_come_in_the_order_of_the_blocks(here):
    firsts = here.map(lambda block: block.first)

    assert firsts == [block.first for block in here.blocks] == [0, 25e3, 50e3, 75e3]


@pytest.mark.parametrize("n_threads", [1, 2, 5])
def test_threads_give_the_same_bits(votes, here, n_threads):
    with ThreadPoolExecutor(n_threads) as pool:
        there = gather(votes, executor=pool)

        assert contents(there) == contents(here)
        assert results(there) == results(here)


def test_workers_elsewhere_give_the_same_bits(votes, here, workers):
    there = gather(votes, executor=workers)

    assert contents(there) == contents(here)
    assert results(there) == results(here)
    assert np.array_equal(there.participant_ids, here.participant_ids)


def test_the_executor_of_dask_keeps_the_blocks_too(votes, here, scheduler):
    distributed = pytest.importorskip("distributed")
    with distributed.Client(scheduler, set_as_default=False) as client:
        there = gather(votes, executor=client.get_executor())

        assert results(there) == results(here)
        assert [type(block) is Block for block in there.blocks] == [False] * 4


def test_processes_that_keep_nothing_give_the_same_bits(votes, here):
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        assert results(gather(votes, executor=pool)) == results(here)


def test_workers_elsewhere_keep_the_blocks(votes, workers):
    there = gather(votes, executor=workers)

    assert [type(block) is Block for block in there.blocks] == [False] * 4
    assert len({*there.map(process)} - {os.getpid()}) == 2


def test_arguments_travel_to_each_worker_once(votes, workers):
    there = gather(votes, executor=workers)

    assert there.map(arrivals, Argument()) == [1] * 4
    assert there.map(arrivals, Argument()) == [2] * 4


def test_a_single_task_goes_to_a_worker_too(workers):
    assert workers.submit(os.getpid).result() != os.getpid()


@pytest.mark.parametrize("kind", [Inline, threads])
def test_the_first_error_of_a_task_comes_out_as_it_is(votes, kind):
    with kind() as executor, pytest.raises(LookupError) as raised:
        gather(votes, executor=executor).map(fail)

    assert raised.value.args == ("nothing for rows from 0",)


def test_an_error_of_a_task_on_a_worker_comes_out_as_it_is(votes, workers):
    there = gather(votes, executor=workers)

    with pytest.raises(LookupError, match="^'?nothing for rows from "):
        there.map(fail)


def test_an_error_inline_is_in_the_future():
    future = Inline().submit(int, "one")

    assert isinstance(future.exception(), ValueError)


def test_a_single_block_waits_for_no_thread():
    with threads() as pool:
        small = gather(([1, 2], [1, 1], [1, -1]), executor=pool)

        assert small.map(thread) == [threading.get_ident()]
        assert [*executors.stream(pool, thread, [1])] == [threading.get_ident()]
        assert [*executors.stream(pool, thread, [1, 2])] != [threading.get_ident()] * 2


def test_a_stream_takes_few_items_ahead_and_keeps_their_order():
    taken: list[int] = []
    squares = executors.stream(
        Inline(), pow, (taken.append(i) or i for i in range(99)), 2
    )

    first = next(squares)

    assert (first, len(taken)) == (0, executors.n_cores() + 2)
    assert [first, *squares] == [i * i for i in range(99)]


def test_a_stream_of_nothing_is_empty():
    assert [*executors.stream(Inline(), abs, [])] == []


def test_threads_are_as_many_as_the_cores_we_may_use():
    barrier = threading.Barrier(executors.n_cores(), timeout=10)

    with threads() as pool:
        met = [pool.submit(barrier.wait) for _ in range(executors.n_cores())]

    assert sorted(future.result() for future in met) == [*range(executors.n_cores())]


def test_no_scheduler_is_an_error_that_says_so(scheduler):
    with (
        pytest.raises(OSError, match="tcp://127.0.0.1:9"),
        executors.on_scheduler("tcp://127.0.0.1:9", timeout=0.2),
    ):
        pass


def test_votes_that_died_with_their_workers_are_named(votes, workers):
    there = gather(votes, executor=workers)
    for killed in {*there.map(process)}:
        os.kill(killed, signal.SIGKILL)

    with pytest.raises(WorkersLost, match="^A worker has gone, "):
        there.map(process)
