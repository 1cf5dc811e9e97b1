"""Simulated bots among honest people: how many the signs of participation find

Run it from the project root; it prints Markdown tables:

    python -m benchmarks.participation_quality             # everything, some minutes
    python -m benchmarks.participation_quality --names ccai --seeds 3 --bots 50
    python -m benchmarks.participation_quality planted     # worlds nobody has seen
    python -m benchmarks.participation_quality cost        # 1,000,000 votes

Honest people come from shared conversations (``FOLKMOOT_SHARED_DATA``), completed by
the logistic model of `replays`; who is more than the conversation has is drawn from
that model whole. Each casts as many votes as somebody of the conversation did, in human
time, and one in twenty sends them in bursts after a while without a network. Bots cast
as many votes as honest people, in the same human time: only their choices tell.

- straight       always one answer: agree (three of five), disagree or pass
- straight 5%    the same, but one answer in twenty is any of the three
- copy           the votes of an honest person, each bot another one, an hour later
- copy 10%       the same, one in ten answers drawn anew
- ring           five bots and an honest person whom they copy, one in ten drawn anew
- own ring       ten bots at the same time with one list of answers, one in ten anew
- random         any of the three; no sign is made for these, the figure says why
"""

import argparse
import resource
import time
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from benchmarks import replays
from benchmarks.replays import NOT_SEEN, Random
from clustering import quality
from clustering.quality import Sign
from tests.clustering import conversations

N_HONEST, N_BOTS = 1_000, (10, 50, 150)
KINDS = (
    "straight",
    "straight 5%",
    "copy",
    "copy 10%",
    "ring",
    "own ring",
    "random",
)
SMALLEST = 100
DAY = 86_400.0


class Crowd(NamedTuple):
    """Votes as columns, and what each person is: "" for an honest one."""

    row: np.ndarray
    column: np.ndarray
    choice: np.ndarray
    seconds: np.ndarray
    lengths: dict[int, int]
    kind: np.ndarray

    def look(self) -> list[Sign]:
        votes = quality.ballots(
            self.row, self.column, self.choice, self.seconds, self.lengths
        )
        return quality.look(votes)


class Honest(NamedTuple):
    """Everybody's answer (n, m) to everything, and how many votes each casts."""

    answers: np.ndarray
    n_votes: np.ndarray


# --- Honest people -------------------------------------------------------------------


def shared(name: str, random: Random) -> Honest:
    cast = replays.read(name, with_passes=True)
    p_agree = replays.fitted(cast == 1, np.abs(cast) == 1, rank=1)
    p_pass = replays.fitted(cast == 0, cast != NOT_SEEN, rank=0)
    own = random.permutation(len(cast))[:N_HONEST]
    more = random.integers(len(cast), size=N_HONEST - len(own))
    people = np.concatenate([own, more])
    answers = np.where(
        random.random((N_HONEST, cast.shape[1])) < p_agree[people], 1, -1
    )
    answers[random.random(answers.shape) < p_pass[people]] = 0
    known = cast[own] != NOT_SEEN
    answers[: len(own)][known] = cast[own][known]
    n_votes = (cast != NOT_SEEN).sum(axis=1)
    return Honest(answers, n_votes[random.integers(len(cast), size=N_HONEST)])


def planted(random: Random) -> Honest:
    """A world of `replays.drawn` with 120 statements and 15 to 60 votes each."""
    world = replays.drawn(N_HONEST, 120, int(random.integers(2**31)))
    return Honest(world.answers, random.integers(15, 61, N_HONEST))


def _times(n_votes: int, lengths: np.ndarray, random: Random) -> np.ndarray:
    """Reading at 24 characters a second and deciding, some of them interrupted."""
    pace = random.lognormal(0, 0.3)
    each = lengths / 24 * pace + random.lognormal(0.5, 0.6, n_votes)
    each[random.random(n_votes) < 0.02] += random.exponential(3600)
    when = random.random() * 14 * DAY + np.cumsum(each)
    if random.random() < 0.05:
        # Five at a time: what a browser holds where there is no network.
        when = when[np.minimum(np.arange(n_votes) // 5 * 5 + 4, n_votes - 1)]
        when = when + np.arange(n_votes) % 5 * 0.1
    return np.asarray(when)


# --- Bots ----------------------------------------------------------------------------


def _bots(
    kind: str, n: int, honest: list[tuple[np.ndarray, ...]], m: int, random: Random
) -> Iterator[tuple[np.ndarray, np.ndarray, float | np.ndarray | None]]:
    """Of each: statements, answers, and when: a delay after somebody's votes, or None."""
    able = [one for one in honest if len(one[0]) >= 10]
    sources = random.permutation(len(able))
    for number in range(n):
        if kind.startswith("straight"):
            order = _order(len(able[sources[number]][0]), m, random)
            line = int(random.choice([1, 1, 1, -1, 0]))
            given = np.full(len(order), line)
            yield order, _noisy(given, 0.05 if "5%" in kind else 0, random), None
        elif kind == "random":
            order = _order(len(able[sources[number]][0]), m, random)
            yield order, random.choice([1, 0, -1], len(order)), None
        else:
            part = {"ring": 5, "own ring": 10}.get(kind, 1)
            order, given, when = able[sources[number // part]]
            noise = 0.0 if kind == "copy" else 0.1
            begin = 14 * DAY + number // part * 60 if kind == "own ring" else 0.0
            late = begin + random.normal(0, 120, len(order)) if begin else when + 3600
            yield order, _noisy(given, noise, random), late


def _order(n_votes: int, m: int, random: Random) -> np.ndarray:
    return random.permutation(m)[:n_votes]


def _noisy(given: np.ndarray, share: float, random: Random) -> np.ndarray:
    changed = random.random(len(given)) < share
    return np.where(changed, random.choice([1, 0, -1], len(given)), given)


def crowd(people: Honest, bots: dict[str, int], random: Random) -> Crowd:
    n, m = people.answers.shape
    lengths = random.integers(40, 140, m)
    kinds = [""] * n
    cast = []
    for person in range(n):
        order = _order(min(int(people.n_votes[person]), m), m, random)
        when = _times(len(order), lengths[order], random)
        cast.append((order, people.answers[person, order], when))
    for kind, n_bots in bots.items():
        for order, given, late in list(_bots(kind, n_bots, cast[:n], m, random)):
            when = _times(len(order), lengths[order], random) if late is None else late
            cast.append((order, given, np.asarray(when)))
            kinds.append(kind)
    return Crowd(
        np.repeat(np.arange(len(cast)), [len(one[0]) for one in cast]),
        *(np.concatenate([one[i] for one in cast]) for i in range(3)),
        dict(enumerate(lengths.tolist())),
        np.array(kinds),
    )


# --- Tables --------------------------------------------------------------------------


def flagged(
    one: Crowd, kinds: tuple[str, ...] = ("straight", "speed", "copy")
) -> np.ndarray:
    is_flagged = np.zeros(len(one.kind), dtype=bool)
    people = [sign.person for sign in one.look() if sign.kind in kinds]
    is_flagged[people] = True
    return is_flagged


def shares(
    people: Honest, kind: str, n_bots: int, random: Random
) -> tuple[float, float]:
    """Of the bots that are found, and of honest people that are flagged."""
    one = crowd(people, {kind: n_bots}, random)
    found, is_bot = flagged(one), one.kind != ""
    return float(found[is_bot].mean()), float(found[~is_bot].mean())


def table(name: str, kinds: list[str], bots: list[int], n_seeds: int) -> None:
    print(f"\n### {name}\n\n| bots | n | found | honest flagged |\n|---|---|---|---|")
    worlds = []
    for seed in range(n_seeds):
        random = np.random.default_rng([11, seed])
        worlds.append((planted if name == "planted" else _maker(name))(random))
    for kind in kinds:
        for n_bots in bots:
            each = np.array(
                [
                    shares(people, kind, n_bots, np.random.default_rng([12, seed]))
                    for seed, people in enumerate(worlds)
                ]
            )
            mean, worst = each.mean(axis=0), each[:, 1].max()
            print(
                f"| {kind} | {n_bots} | {mean[0]:.0%} | {mean[1]:.1%}"
                f" (at most {worst:.1%}) |",
                flush=True,
            )


def _maker(name: str):  # type: ignore[no-untyped-def]
    return lambda random: shared(name, random)


def cost() -> None:
    """20,000 people with 50 votes each among 1,000 statements, and 200 copies."""
    random = np.random.default_rng(13)
    world = replays.drawn(20_000, 1_000, 14)
    people = Honest(world.answers, np.full(20_000, 50))
    one = crowd(people, {"copy 10%": 200}, random)
    began, worked = time.perf_counter(), time.process_time()
    signs = one.look()
    took, work = time.perf_counter() - began, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(one.row):,} votes of {len(one.kind):,} people: {took:.1f} s"
        f" ({work:.1f} s of processor), {peak:,.0f} MB at most, {len(signs):,} signs"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help="planted, shared, cost; all without")
    parser.add_argument("--names", nargs="*", default=None)
    parser.add_argument("--kinds", nargs="*", default=list(KINDS))
    parser.add_argument("--bots", nargs="*", type=int, default=list(N_BOTS))
    parser.add_argument("--seeds", type=int, default=2)
    asked = parser.parse_args()
    parts = asked.parts or ["planted", "shared", "cost"]
    if "planted" in parts:
        table("planted", asked.kinds, asked.bots, asked.seeds)
    if "shared" in parts:
        for name in asked.names or conversations.names():
            if len(replays.read(name, with_passes=True)) >= SMALLEST:
                table(name, asked.kinds, asked.bots, asked.seeds)
    if "cost" in parts:
        cost()


if __name__ == "__main__":
    main()
