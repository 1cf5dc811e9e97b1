"""Worlds whose truth is known: seeded, the same on every machine.

`camps` are clear-cut and small: a test can say beforehand what must come out. `planted`
are drawn like real conversations, with groups as far apart as one likes, down to
`noise`, which has none.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import expit

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

# Log odds of agreement among those who take a side: mean and deviation over statements.
LEANING = 0.9, 1.2
# Share of passes: mean over statements (a beta curve, whose two parameters make this
# sum), and the least and most of any statement.
PASSES, FIRMNESS, LEAST_AND_MOST = 0.12, 16.0, (0.01, 0.6)
# Deviation of the logarithm of people's numbers of votes, where these have a long tail.
TAIL = 0.8


class World(NamedTuple):
    """Votes as three equally long arrays; ``camp_of[p]`` is the truth about p.

    ``oracle[p]``, in planted worlds, is the likeliest camp of p for somebody who sees
    her votes and knows how large each camp is and how likely each choice in it.
    """

    participants: Ints
    statements: Ints
    choices: Ints
    camp_of: Ints
    oracle: Ints | None = None

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


# --- Planted groups --------------------------------------------------------------------


def planted(
    shares: Sequence[float],
    separation: float,
    *,
    seed: int,
    n_people: int = 1_000,
    n_statements: int = 200,
    n_each: int = 50,
    readiness: float = 0.0,
    is_long_tailed: bool = False,
) -> World:
    """People in groups of these shares, who vote as likely as real ones do.

    Log odds of agreement, among those who take a side: what the public thinks of the
    statement, plus what sets the group apart, normal with ``separation`` as its
    deviation and centred over people, plus how readily the person agrees, normal with
    ``readiness``. The oracle does not know the last.

    Parameters
    ----------
    n_each : statements each person votes on, any as likely as any other; with
        ``is_long_tailed`` their mean, most people casting fewer
    """
    random = np.random.default_rng(seed)
    share = np.asarray(shares, dtype=np.float64)
    camp_of = random.permutation(_dealt(share, n_people))
    apart = random.normal(0.0, separation, (len(share), n_statements))
    log_odds = random.normal(*LEANING, n_statements) + apart - share @ apart
    p_pass = _p_pass(random, n_statements)
    ready = random.normal(0.0, readiness, n_people)
    n_votes = _n_votes(random, n_people, n_statements, n_each, is_long_tailed)
    people, statements = _seen(random, n_votes, n_statements)
    own = log_odds[camp_of[people], statements] + ready[people]
    dice, passes = random.random(len(people)), p_pass[statements]
    choices = np.where(dice < passes + (1 - passes) * expit(own), 1, -1)
    choices[dice < passes] = 0
    sides = people, statements, choices
    return World(*sides, camp_of, _oracle(sides, log_odds, share, n_people))


def noise(
    seed: int, n_people: int = 300, n_statements: int = 100, n_each: int = 30
) -> World:
    """A conversation without groups: everybody votes as the public does."""
    return planted(
        [1.0],
        0.0,
        seed=seed,
        n_people=n_people,
        n_statements=n_statements,
        n_each=n_each,
    )


def _dealt(share: Floats, n_people: int) -> Ints:
    """(n,) the number of a group for everybody, sizes as near the shares as can be."""
    last = np.rint(np.cumsum(share) * n_people).astype(np.int64)
    return np.searchsorted(last, np.arange(n_people), side="right")


def _p_pass(random: np.random.Generator, n_statements: int) -> Floats:
    p_pass = random.beta(PASSES * FIRMNESS, (1 - PASSES) * FIRMNESS, n_statements)
    return p_pass.clip(*LEAST_AND_MOST)


def _n_votes(
    random: np.random.Generator,
    n_people: int,
    n_statements: int,
    n_each: int,
    is_long_tailed: bool,
) -> Ints:
    if not is_long_tailed:
        return np.full(n_people, n_each)
    n_votes = random.lognormal(np.log(n_each) - TAIL**2 / 2, TAIL, n_people)
    return np.rint(n_votes).astype(np.int64).clip(1, n_statements)


def _seen(
    random: np.random.Generator, n_votes: Ints, n_statements: int
) -> tuple[Ints, Ints]:
    """Person and statement of every vote."""
    order = random.random((len(n_votes), n_statements)).argsort(axis=1)
    people = np.repeat(np.arange(len(n_votes)), n_votes)
    place = np.arange(len(people)) - np.repeat(np.cumsum(n_votes) - n_votes, n_votes)
    return people, order[people, place]


def _oracle(
    votes: tuple[Ints, Ints, Ints], log_odds: Floats, share: Floats, n_people: int
) -> Ints:
    """(n,) passes are as likely in every camp, so they say nothing."""
    people, statements, choices = votes
    known = np.log(share)[:, None] + np.zeros(n_people)
    for camp, own in enumerate(log_odds):
        logs = -np.logaddexp(0.0, -choices * own[statements]) * (choices != 0)
        known[camp] += np.bincount(people, logs, n_people)
    return known.argmax(axis=0)
