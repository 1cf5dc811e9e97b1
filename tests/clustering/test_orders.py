"""Real conversations in random orders and random cuts into blocks: one digest.

Two hundred of the two smallest conversations, a few of the others; all two hundred of
all of them, some ten minutes, where ``FOLKMOOT_ALL_ORDERS`` is 1.
"""

import os
from collections.abc import Iterator

import numpy as np
import pytest

from clustering import AnalysisSettings, analyse
from clustering.votes import assembly, reading
from clustering.votes.executors import Inline, threads
from tests.clustering import conversations

N_ORDERS, N_SMALL, N_OF_OTHERS = 200, 2, 4
IS_FULL = os.environ.get("FOLKMOOT_ALL_ORDERS") == "1"
# Everything the engine does, each thing once.
SETTINGS = AnalysisSettings(n_resamples=1, n_null=1)
NAMES = conversations.names()

Votes = tuple[np.ndarray, np.ndarray, np.ndarray]


@pytest.fixture(autouse=True)
def little_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that there is something to put together."""
    monkeypatch.setattr(reading, "CHUNK", 997)
    monkeypatch.setattr(assembly, "ROWS", 50)


def mixed(votes: Votes, random: np.random.Generator) -> Iterator[Votes]:
    """All votes in a random order, in at most a dozen blocks, some of them empty."""
    n = len(votes[0])
    order = random.permutation(n)
    cuts = np.sort(random.integers(0, n + 1, random.integers(0, 12)))
    for part in np.split(order, cuts):
        yield tuple(column[part] for column in votes)


@pytest.mark.skipif(not NAMES, reason="no shared data: set FOLKMOOT_SHARED_DATA")
@pytest.mark.parametrize(
    ("name", "n_orders"),
    [
        (name, N_ORDERS if IS_FULL or place < N_SMALL else N_OF_OTHERS)
        for place, name in enumerate(NAMES)
    ],
)
def test_any_order_and_any_cut_give_one_digest(name, n_orders):
    conversation = conversations.load(name)
    digests = set()

    with threads() as pool:
        for number in range(n_orders):
            analysis = analyse(
                mixed(conversation.votes, np.random.default_rng(number)),
                **conversation.arguments,
                settings=SETTINGS,
                executor=pool if number % 2 else Inline(),
            )
            digests.add(analysis.digest)

    in_order = analyse(*conversation.votes, **conversation.arguments, settings=SETTINGS)
    assert digests == {in_order.digest}
