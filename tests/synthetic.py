"""Small worlds whose truth is known: seeded, the same on every machine."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


class World(NamedTuple):
    """Votes as three equally long arrays; ``camp_of[p]`` is the truth about p."""

    participants: Ints
    statements: Ints
    choices: Ints
    camp_of: Ints

    @property
    def votes(self) -> tuple[Ints, Ints, Ints]:
        """What `analyse` takes."""
        return self.participants, self.statements, self.choices


def camps(
    sizes: Sequence[int],
    *,
    seed: int,
    n_statements: int = 40,
    n_shared: int = 5,
    p_seen: float | Sequence[float] = 0.5,
    p_loyal: float = 0.9,
) -> World:
    """People in camps of the given sizes, in mixed order, each camp with its own view.

    On the first ``n_shared`` statements all camps agree, on each of the others one
    camp sees it the other way. A vote follows the camp with ``p_loyal``, else it is a
    toss of agree, pass and disagree. ``p_seen`` is the share
    of statements a person votes on, one number or one for each camp.
    """
    random = np.random.default_rng(seed)
    camp_of = random.permutation(np.repeat(np.arange(len(sizes)), sizes))
    dissenter = np.arange(n_statements) % len(sizes)
    is_dissenting = np.arange(len(sizes))[:, None] == dissenter
    views = np.where(is_dissenting, -1, 1) * random.choice([-1, 1], n_statements)
    views[:, :n_shared] = 1
    shape = (len(camp_of), n_statements)
    is_loyal = random.random(shape) < p_loyal
    choices = np.where(is_loyal, views[camp_of], random.integers(-1, 2, shape))
    share = np.broadcast_to(np.asarray(p_seen), len(sizes))[camp_of]
    participants, statements = np.nonzero(random.random(shape) < share[:, None])
    cast = choices[participants, statements]
    return World(participants, statements, cast, camp_of)


def two_camps(seed: int = 1) -> World:
    """Sixty people against forty."""
    return camps([60, 40], seed=seed)


def three_camps(seed: int = 2) -> World:
    """Three camps who see the world in three ways."""
    return camps([60, 50, 40], seed=seed, n_statements=60)


def no_camps(seed: int = 3) -> World:
    """A hundred people who vote without any view of the world."""
    return camps([100], seed=seed, p_loyal=0.0)


def loud_minority(seed: int = 4) -> World:
    """Fifteen people who vote on nearly everything, against 135 who vote on little."""
    return camps([135, 15], seed=seed, n_statements=80, p_seen=[0.15, 0.95])
