"""Work that many threads do at the same moment, each with its own connection."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

N_AT_ONCE = 8
Result = TypeVar("Result")


def at_once(work: Callable[[int], Result], n_threads: int = N_AT_ONCE) -> list[Result]:
    """Call `work(0)`, `work(1)`, ... from threads that start together."""
    barrier = Barrier(n_threads)

    def one(n: int) -> Result:
        try:
            barrier.wait(timeout=10)
            return work(n)
        finally:
            connection.close()

    with ThreadPoolExecutor(n_threads) as threads:
        return list(threads.map(one, range(n_threads)))
