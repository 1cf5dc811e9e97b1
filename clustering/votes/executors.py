"""Which executor runs the work: this thread, threads of ours, or workers elsewhere.

Every one of them gives the same bits: work is cut by the votes alone, never by who
does it, and results are taken in the order of the work. (Workers elsewhere need the
same versions of numpy and scipy, and processors of one kind.)
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import (
    CancelledError,
    Executor,
    Future,
    ThreadPoolExecutor,
)
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, ParamSpec, TypeVar, TypeVarTuple

P = ParamSpec("P")
Item = TypeVar("Item")
T = TypeVar("T")
Ts = TypeVarTuple("Ts")

# Results fetched from workers in one go: fewer cost a round trip each, and all of
# them may be more than fit into our memory.
BATCH = 32


class WorkersLost(RuntimeError):
    """A worker has gone, and the votes it kept; the analysis can be started anew."""


class Inline(Executor):
    """Runs each task at once, in the thread that asks for it."""

    def submit(
        self, task: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Run the task; what it returns or raises is in the future."""
        future: Future[T] = Future()
        try:
            future.set_result(task(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class Workers(Executor):
    """Processes elsewhere that keep the blocks of votes: those of a Dask scheduler.

    Dask runs the tasks of a worker that has died on another one, but a block of votes
    is on one worker only and dies with it. From then on every task over the blocks is
    refused as `WorkersLost`; tasks that need no block go on.
    """

    def __init__(self, client: Any) -> None:
        from distributed import KilledWorker  # noqa: PLC0415 - see on_scheduler

        self._client = client
        self._executor = client.get_executor()
        self._losses: tuple[type[Exception], ...] = CancelledError, KilledWorker

    def submit(
        self, task: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Run one task on any of them."""
        future: Future[T] = self._executor.submit(task, *args, **kwargs)
        return future

    def keep(self, item: object) -> Any:
        """Send it to one of them, in turn; it stays while what is returned lives."""
        try:
            return self._client.scatter([item], hash=False)[0]
        except OSError as error:
            raise WorkersLost("A worker has gone, or the scheduler.") from error

    def over(
        self, handles: Sequence[Any], task: Callable[..., T], *arguments: Any
    ) -> Iterator[T]:
        """Run the task where the items are; its arguments go to each worker once."""
        # Kept by one worker, from which the others fetch it when they need it. (Dask's
        # broadcast never returns when a worker dies meanwhile.)
        call = self.keep(_Call(task, arguments))
        running = deque(self._client.map(_run, handles, call=call, pure=False))
        while running:
            batch = [running.popleft() for _ in range(min(BATCH, len(running)))]
            try:
                results: list[T] = self._client.gather(batch)
            except self._losses as error:
                raise WorkersLost(
                    "A worker has gone, and the votes it kept."
                ) from error
            del batch
            yield from results


@dataclass(frozen=True)
class _Call(Generic[T]):
    """A task that waits for its first argument."""

    task: Callable[..., T]
    arguments: tuple[Any, ...]


def _run(item: Any, call: _Call[T]) -> T:
    return call.task(item, *call.arguments)


def threads() -> ThreadPoolExecutor:
    """One thread per usable core; none is started before the first task."""
    return ThreadPoolExecutor(n_cores(), thread_name_prefix="clustering")


@contextmanager
def on_scheduler(address: str, timeout: float = 30) -> Iterator[Workers]:
    """The workers of a Dask scheduler; their Python finds this package, too.

    Parameters
    ----------
    address : as in ``tcp://10.0.0.5:8786``
    timeout : seconds to wait for the scheduler, and then for its first worker

    Raises
    ------
    OSError
        When there is no scheduler, or it has no worker.
    """
    from distributed import Client  # noqa: PLC0415 - only with requirements-scale.txt

    connect: Any = Client  # it has no types
    with connect(address, timeout=timeout, set_as_default=False) as client:
        client.wait_for_workers(1, timeout=timeout)
        yield Workers(client)


def n_cores() -> int:
    """Cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def keeping(executor: Executor) -> Executor:
    """Dask's own executor as `Workers`, which keep blocks; any other as it is."""
    if type(executor).__module__.startswith("distributed."):
        return Workers(vars(executor)["_client"])  # there is no public way to it
    return executor


def nearby(executor: Executor) -> AbstractContextManager[Executor]:
    """This executor if it shares our memory, else threads of our own."""
    if isinstance(executor, Inline | ThreadPoolExecutor):
        return nullcontext(executor)
    return threads()


def stream(
    executor: Executor,
    task: Callable[[Item, *Ts], T],
    items: Iterable[Item],
    *arguments: *Ts,
) -> Iterator[T]:
    """Results in the order of the items, which are taken only a few ahead.

    A single item is run here: nobody starts a thread for a small conversation.
    """
    waiting = iter(items)
    held = [*islice(waiting, 1)]
    running: deque[Future[T]] = deque()
    try:
        for item in waiting:
            running.append(executor.submit(task, held.pop(), *arguments))
            held.append(item)
            if len(running) > n_cores():
                yield running.popleft().result()
        if held:
            last = executor if running else Inline()
            running.append(last.submit(task, held.pop(), *arguments))
        while running:
            yield running.popleft().result()
    finally:
        for future in running:
            future.cancel()


def keep(executor: Executor, item: Item) -> Item | Any:
    """The item, or what stands for it where it is kept elsewhere."""
    return executor.keep(item) if isinstance(executor, Workers) else item


def over(
    executor: Executor,
    handles: Sequence[Any],
    task: Callable[[Any, *Ts], T],
    *arguments: *Ts,
) -> Iterator[T]:
    """``task(item, *arguments)`` of every item kept, one by one, in their order."""
    if isinstance(executor, Workers):
        return executor.over(handles, task, *arguments)
    return stream(executor, task, handles, *arguments)
