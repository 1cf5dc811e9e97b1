"""A family of rankings between Polis's product and the engine's: what each costs.

Run it from the project root; all draws are seeded, and Markdown tables are printed:

    python -m benchmarks.frontier            # the shared conversations, some minutes
    python -m benchmarks.frontier --planted  # worlds drawn, on which nothing was chosen

A member has three numbers: the order of its mean over groups (1 the plain mean, 0 the
geometric one, a product), its imagined people, and how much a group's size counts
(1: by its people, as in the engine; 0: every group alike, as in the product). The
engine's is order 1/2, 12, by people. Prices are those of `benchmarks.attacks` in groups
held as they were.
"""

import argparse
import sys
from collections.abc import Iterator

import numpy as np

from benchmarks.attacks import ATTACKS, NOT_SEEN, Conversation, prices, sought, veto
from benchmarks.consensus import read
from benchmarks.rankings import RULES, Counts, Rule, likeness, member, ordered
from tests import synthetic
from tests.clustering import conversations, golden

MEMBERS = [
    *[(order, 12, 1.0) for order in (1.0, 0.5, 0.25, 0.0, -1.0)],
    *[(0.5, n_imagined, 1.0) for n_imagined in (2, 4, 8, 16, 24)],
    *[(0.0, 12, by_size) for by_size in (0.75, 0.5, 0.25, 0.0)],
    (0.0, 2, 0.0),
]
PLANTED = [
    ([0.7, 0.3], 1.2, 400),
    ([0.5, 0.3, 0.2], 1.3, 400),
    ([0.9, 0.1], 1.6, 400),
    ([0.35, 0.25, 0.2, 0.12, 0.08], 1.5, 800),
]
CAMPS = [[90, 60, 30], [135, 15]]

HELD = [attack for attack in ATTACKS if attack.is_held]
COLUMNS = ["top 10 again", "after a veto"]


def worlds() -> Iterator[Conversation]:
    """Three of each kind, with long tails of few votes."""
    for seed in (100, 101, 102):
        for shares, separation, n_people in PLANTED:
            world = synthetic.planted(
                shares,
                separation,
                seed=seed,
                n_people=n_people,
                n_statements=120,
                n_each=40,
                is_long_tailed=True,
            )
            yield laid_out(f"planted {shares}", world)
        for sizes in CAMPS:
            world = synthetic.camps(
                sizes, seed=seed, n_statements=60, n_shared=12, p_loyal=0.8
            )
            yield laid_out(f"camps {sizes}", world)


def laid_out(name: str, world: synthetic.World) -> Conversation:
    people, statements, choices = world.votes
    shape = len(world.camp_of), int(statements.max()) + 1
    rows = np.full(shape, NOT_SEEN, dtype=np.int8)
    rows[people, statements] = choices
    return Conversation(name, rows)


def bootstraps(talk: Conversation, n_draws: int) -> list[Counts]:
    """Other people, in groups sought anew."""
    n = len(talk.rows)
    drawn = (np.random.default_rng([1, d]).integers(0, n, n) for d in range(n_draws))
    return [sought(talk.rows[people]) for people in drawn]


def measured(
    talk: Conversation, rules: dict[str, Rule], n_draws: int
) -> dict[str, list[float]]:
    """Of each rule: both likenesses, then the price of each attack on held groups."""
    again, left = bootstraps(talk, n_draws), veto(talk, 5)
    found = {}
    for rule in rules:
        top = ordered(rule, talk.counts)[:10]
        alike = np.mean([likeness(top, ordered(rule, draw)[:10]) for draw in again])
        paid = [float(prices(talk, rule, attack, 1).mean()) for attack in HELD]
        found[rule] = [float(alike), float(np.mean(left[rule])), *paid]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--planted", action="store_true", help="worlds drawn")
    parser.add_argument("--draws", type=int, default=20, help="of other people")
    options = parser.parse_args()
    for order, n_imagined, by_size in MEMBERS:
        name = f"order {order:g}, {n_imagined} imagined, size^{by_size:g}"
        RULES[name] = member(order, n_imagined, by_size)
    names = [*conversations.names(), *golden.WARM_CASES]
    real = (Conversation(name, read(name)) for name in names)
    tables = []
    for talk in worlds() if options.planted else real:
        print(f"reading {talk.name}", file=sys.stderr)
        tables.append(list(measured(talk, RULES, options.draws).values()))
    report(np.array(tables))


def report(found: np.ndarray) -> None:
    """A line for each rule, from (conversations, rules, columns).

    Means; behind prices on how many conversations they are below the product's.
    """
    header = ["ranking", *COLUMNS, *(f"{a.direction}, {a.donors}" for a in HELD)]
    print(f"| {' | '.join(header)} |\n|{' --- |' * len(header)}")
    below = (found < found[:, :1] - 1e-9).sum(axis=0)
    for rule, means, n_below in zip(RULES, found.mean(axis=0), below, strict=True):
        shares = [f"{mean:.2f}" for mean in means[:2]]
        paid = [
            f"{mean:.1f} ({n})" for mean, n in zip(means[2:], n_below[2:], strict=True)
        ]
        print(f"| {rule} | {' | '.join(shares + paid)} |")
    print(f"\nMeans of {len(found)}; in brackets: on how many below the product's.")


if __name__ == "__main__":
    main()
