"""Seeded worlds of votes with known camps, made chunk by chunk straight into files.

What is real about them: people's numbers of votes have a long tail (log-normal,
median about two thirds of the mean), some statements are shown a dozen times as often
as others, half the statements find broad agreement and half divide, passes
differ from statement to statement, the camps are of unequal size, and people follow
their camp more or less. What is not: everybody's votes are independent given these.

A chunk is made from a generator of its own, so the votes are the same on any number
of threads. `_people_seen` holds the one trick: each person walks the statements along
a random line of a prime field, which visits none twice, and every pair of statements
equally often; of those she passes, each is kept as often as it is shown.
"""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import folders

CAMP_SHARES = (0.45, 0.33, 0.22)
# A chunk's arrays take about 150 MB while it is made.
CHUNK_VOTES = 2_000_000
# Random numbers and probabilities are compared as 16 bits.
ONE = 1 << 16
FEWEST_VOTES = 3
# The share of her votes that a person casts as her camp does is from here to 1.
LEAST_LOYALTY = 0.8


@dataclass(frozen=True)
class World:
    """``n_votes`` are kept to the vote; everybody has at least one.

    order : "mixed" has the rows of a chunk in random order and each person's votes
        in two blocks, as votes arrive; "people" has everybody's votes together
    """

    n_people: int
    n_statements: int
    n_votes: int
    seed: int = 2023
    order: str = "mixed"

    @property
    def n_chunks(self) -> int:
        """Equal ranges of people, made one by one."""
        return -(-self.n_votes // CHUNK_VOTES)

    def chunk(self, number: int) -> tuple[range, int]:
        """The people of a chunk, and their number of votes."""
        first, last = (self.n_people * n // self.n_chunks for n in (number, number + 1))
        before, after = (
            self.n_votes * n // self.n_chunks for n in (number, number + 1)
        )
        return range(first, last), after - before


@dataclass(frozen=True, eq=False)
class Opinions:
    """What the public thinks of m statements; probabilities in units of 1 / 65,536.

    shown : (p,) of each statement, 0 beyond m; p is the first prime from m on
    agree_from, disagree_below : (camps + 1, m) a random number from the first on is
        agreement, below the second disagreement; the last row is the whole public
    """

    shown: np.ndarray
    agree_from: np.ndarray
    disagree_below: np.ndarray


def make(world: World, folder: Path, n_threads: int) -> bool:
    """Store the world's blocks; False when this very world is there already."""
    description = json.dumps(asdict(world))
    done = folder / "world.json"
    if done.exists() and done.read_text() == description:
        return False
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} holds something else: name an empty folder.")
    opinions = _opinions(world)
    with ThreadPoolExecutor(n_threads) as pool:
        for _ in pool.map(
            lambda number: _write_chunk(world, opinions, number, folder),
            range(world.n_chunks),
        ):
            pass
    done.write_text(description)
    return True


@contextmanager
def making(
    folder: Path, options: dict[str, Any]
) -> Iterator[tuple[Callable[[], bool], Callable[[bool], dict[str, Any]]]]:
    """`make` as a way that `measuring` can run: in a process of its own, it leaves no
    memory behind. Options: ``world`` as a dict, and ``threads``."""
    folder.mkdir(parents=True, exist_ok=True)
    world = World(**options["world"])
    yield (
        lambda: make(world, folder, options["threads"]),
        lambda is_new: {"is_new": is_new},
    )


def _opinions(world: World) -> Opinions:
    random = np.random.default_rng([world.seed, 0])
    m, n_camps = world.n_statements, len(CAMP_SHARES)
    shown = np.zeros(_prime_from(m), dtype=np.uint16)
    shown[:m] = np.minimum(random.lognormal(0, 0.7, m) / 3.2, 1) * (ONE - 1)
    leaning = random.normal(1, 1, m)
    spread = np.where(random.random(m) < 0.5, 3.0, 0.3)
    p_chosen = 1 - random.beta(2, 9, m)
    of_camps = leaning + spread * random.normal(size=(n_camps, m))
    p_agree = 1 / (1 + np.exp(-np.vstack([of_camps, leaning])))
    return Opinions(
        shown,
        ((1 - p_chosen * p_agree) * (ONE - 1)).astype(np.uint16),
        (p_chosen * (1 - p_agree) * (ONE - 1)).astype(np.uint16),
    )


def _prime_from(n: int) -> int:
    while any(n % divisor == 0 for divisor in range(2, int(n**0.5) + 1)):
        n += 1
    return n


def _write_chunk(world: World, opinions: Opinions, number: int, folder: Path) -> None:
    random = np.random.default_rng([world.seed, 1 + number])
    people, n_votes = world.chunk(number)
    camps = random.choice(len(CAMP_SHARES), len(people), p=CAMP_SHARES).astype(np.uint8)
    person, statements = _people_seen(random, opinions.shown, len(people), n_votes)
    if world.order == "mixed":
        order = random.permutation(n_votes)
        person, statements = person[order], statements[order]
    choices = _choices(random, opinions, camps, person, statements)
    participants = person + np.int32(people.start)
    for half, cut in enumerate((slice(n_votes // 2), slice(n_votes // 2, None))):
        block = participants[cut], statements[cut], choices[cut]
        folders.write(folder, f"{number:05d}-{half}", block)
    guessed = _informed_guess(opinions, len(people), (person, statements, choices))
    np.save(folder / f"{number:05d}-camps.npy", camps)
    np.save(folder / f"{number:05d}-guessed.npy", guessed)


def _people_seen(
    random: np.random.Generator, shown: np.ndarray, n_people: int, n_votes: int
) -> tuple[np.ndarray, np.ndarray]:
    """(n_votes,) person 0.. and statement of each vote, no pair twice, by person."""
    prime, m = len(shown), int(np.count_nonzero(shown))
    n_passed = _n_passed(random, n_people, n_votes, shown)
    first = np.cumsum(n_passed) - n_passed
    person = np.repeat(np.arange(n_people, dtype=np.int32), n_passed)
    # start + step * i, modulo the prime; below 2**32, as the prime is below 2**16.
    passed = np.arange(len(person), dtype=np.uint32)
    passed -= np.repeat(first.astype(np.uint32), n_passed)
    passed *= np.repeat(random.integers(1, prime, n_people, np.uint32), n_passed)
    passed += np.repeat(random.integers(0, m, n_people, np.uint32), n_passed)
    passed %= np.uint32(prime)
    is_kept = random.integers(0, ONE, len(person), np.uint16) < shown[passed]
    is_kept[first] = False
    spare = np.flatnonzero(is_kept)
    n_spare = len(spare) - (n_votes - n_people)
    is_kept[random.choice(spare, n_spare, replace=False, shuffle=False)] = False
    is_kept[first] = True
    kept = np.flatnonzero(is_kept)
    return person[kept], passed[kept].astype(np.uint16)


def _n_passed(
    random: np.random.Generator, n_people: int, n_votes: int, shown: np.ndarray
) -> np.ndarray:
    """(n_people,) statements each walks past, so that a few too many are kept."""
    p_kept = shown.mean() / ONE
    wanted = (n_votes - n_people) / p_kept
    wanted = n_people + wanted * 1.002 + 6 * np.sqrt(wanted / p_kept)
    weight = random.lognormal(0, 0.9, n_people)
    fewest, most = FEWEST_VOTES / p_kept, len(shown)
    scale = wanted / weight.sum()
    for _ in range(50):
        n_passed = np.clip(scale * weight, fewest, most)
        scale *= wanted / n_passed.sum()
    if n_passed.sum() < 0.999 * wanted:
        raise ValueError(f"{n_people} people cannot cast {n_votes} votes here.")
    return np.ceil(n_passed).astype(np.int64)


def _choices(
    random: np.random.Generator,
    opinions: Opinions,
    camps: np.ndarray,
    person: np.ndarray,
    statements: np.ndarray,
) -> np.ndarray:
    """(n_votes,) -1, 0 or +1: as her camp would vote, or else as anybody would."""
    n_camps, m = len(CAMP_SHARES), opinions.agree_from.shape[1]
    loyalty = random.integers(LEAST_LOYALTY * ONE, ONE, len(camps), np.uint16)
    is_own = random.integers(0, ONE, len(person), np.uint16) < loyalty[person]
    cell = np.where(is_own, camps[person], n_camps).astype(np.int32) * m + statements
    dice = random.integers(0, ONE, len(person), np.uint16)
    agree = dice >= opinions.agree_from.ravel()[cell]
    disagree = dice < opinions.disagree_below.ravel()[cell]
    return agree.astype(np.int8) - disagree.astype(np.int8)


def _informed_guess(
    opinions: Opinions, n_people: int, cast: folders.Votes
) -> np.ndarray:
    """(n_people,) the likeliest camp of each, by who knows the true probabilities."""
    person, statements, choices = cast
    p_disagree, p_agree = (
        opinions.disagree_below / ONE,
        1 - opinions.agree_from / ONE,
    )
    p_choice = np.stack([p_disagree, 1 - p_disagree - p_agree, p_agree])
    loyalty = (LEAST_LOYALTY + 1) / 2
    logs = np.log(loyalty * p_choice[:, :-1] + (1 - loyalty) * p_choice[:, -1:])
    likelihoods = [
        np.log(share)
        + np.bincount(person, logs[choices + 1, camp, statements], n_people)
        for camp, share in enumerate(CAMP_SHARES)
    ]
    return np.argmax(likelihoods, axis=0).astype(np.uint8)


def growing(largest: int) -> Iterator[World]:
    """Worlds of 0.5, 1.6, 5, 16 and 50 million votes, up to ``largest`` votes.

    Fifty votes a person at every size; statements grow with the square root of the
    votes, from 500 to 5,000.
    """
    for n_votes in (500_000, 1_600_000, 5_000_000, 16_000_000, 50_000_000):
        if n_votes <= largest:
            n_statements = round(5_000 * (n_votes / 50_000_000) ** 0.5)
            yield World(n_votes // 50, n_statements, n_votes)
