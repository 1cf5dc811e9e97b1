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


class WorkersLost(RuntimeError):
    """Workers have gone, and votes that only they held; the analysis can be rerun."""


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

    Dask runs the tasks of a worker that has died on another one, but only the dead
    worker had its blocks. That is `WorkersLost`, at once, for every further task.
    """

    def __init__(self, client: Any) -> None:
        self._client = client
        self._executor = client.get_executor()

    def submit(
        self, task: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Run one task on any of them."""
        future: Future[T] = self._executor.submit(task, *args, **kwargs)
        return future

    def keep(self, item: object) -> Any:
        """Send it to one of them, in turn; it stays as long as the handle lives."""
        return self._client.scatter(item, hash=False)

    def over(
        self, handles: Sequence[Any], task: Callable[..., T], *arguments: Any
    ) -> list[T]:
        """Run the task where the items are; its arguments go to each worker once."""
        [call] = self._client.scatter(
            [_Call(task, arguments)], broadcast=True, hash=False
        )
        running = self._client.map(_run, handles, call=call, pure=False)
        try:
            results: list[T] = self._client.gather(running)
        except CancelledError as error:
            raise WorkersLost("Workers are gone, and votes with them.") from error
        return results


@dataclass(frozen=True)
class _Call(Generic[T]):
    """A task that waits for its first argument."""

    task: Callable[..., T]
    arguments: tuple[Any, ...]

    def __call__(self, item: Any) -> T:
        return self.task(item, *self.arguments)


def _run(item: Any, call: _Call[T]) -> T:
    return call(item)


def threads() -> ThreadPoolExecutor:
    """One thread per usable core; none is started before the first task."""
    return ThreadPoolExecutor(n_cores(), thread_name_prefix="clustering")


@contextmanager
def on_scheduler(address: str) -> Iterator[Workers]:
    """The workers of a Dask scheduler, as in ``tcp://10.0.0.5:8786``.

    Raises
    ------
    OSError
        When no scheduler answers there, or it has no worker within half a minute.
    """
    from distributed import Client  # noqa: PLC0415 - only where requirements-scale.txt is installed

    connect: Any = Client  # it has no types
    with connect(address, set_as_default=False) as client:
        client.wait_for_workers(1, timeout=30)
        yield Workers(client)


def n_cores() -> int:
    """Cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


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
        last = executor if running else Inline()
        running.extend(last.submit(task, held.pop(), *arguments) for _ in [*held])
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
) -> list[T]:
    """``task(item, *arguments)`` of every item kept, in their order."""
    if isinstance(executor, Workers):
        return executor.over(handles, task, *arguments)
    if len(handles) == 1:
        return [task(handles[0], *arguments)]
    return [*executor.map(_Call(task, arguments), handles)]
