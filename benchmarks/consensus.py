"""Which ranking of what holds across groups is steady, and which is dear to attack.

Run it from the project root; it reads the shared conversations
(``FOLKMOOT_SHARED_DATA``), seeds all its draws, and prints Markdown tables:

    python -m benchmarks.consensus                      # some ten minutes
    python -m benchmarks.consensus --draws 100 --seeds 4
    python -m benchmarks.consensus --only brexit ccai

Compared are Polis's product of the groups' agree shares, the lower end of Wilson's
interval of overall agreement, and the ranking of the engine; beside them two that were
considered. Groups are sought anew after every draw and every attack, with ten draws
behind each search instead of a hundred; where groups are held as they were, the rest
is the same with less noise.

What an attack is, and its price: see `benchmarks.attacks`. Which ranking of a family
is best: see `benchmarks.frontier`.
"""

import argparse
import sys
from collections.abc import Iterator

import numpy as np

from benchmarks.attacks import (
    ATTACKS,
    BLOC,
    NOT_SEEN,
    Conversation,
    Rows,
    prices,
    sought,
    veto,
)
from benchmarks.rankings import COMPARED, RULES, Counts, likeness, ordered
from tests.clustering import conversations, golden


def draws(talk: Conversation, n_draws: int) -> Iterator[tuple[str, Counts]]:
    """Other people: 80 % of them, or as many with replacement."""
    n = len(talk.rows)
    for number in range(n_draws):
        random = np.random.default_rng([1, number])
        yield "80 % of people", sought(talk.rows[random.permutation(n)[: n * 4 // 5]])
        drawn = random.integers(0, n, n)
        yield "bootstrap", sought(talk.rows[drawn])
        yield "bootstrap, held groups", talk.held(drawn)


def stability(talk: Conversation, n_draws: int) -> dict[tuple[str, int, str], list]:
    """Likeness of each draw's top to the whole's, by way, length and rule."""
    found: dict[tuple[str, int, str], list] = {}
    whole = {rule: ordered(rule, talk.counts) for rule in RULES}
    for way, counts in draws(talk, n_draws):
        for rule, order in whole.items():
            again = ordered(rule, counts)
            for n_top in (10, 50):
                alike = likeness(order[:n_top], again[:n_top])
                if len(order) > n_top:
                    found.setdefault((way, n_top, rule), []).append(alike)
    return found


def read(name: str) -> Rows:
    """The votes on accepted statements that are not about the people asked."""
    if name in golden.WARM_CASES:
        case = golden.load_warm(name)
        votes, left_out = case.votes, [*case.excluded, *case.meta]
    else:
        talk = conversations.load(name)
        votes, left_out = np.array(talk.votes), [*talk.rejected, *talk.meta]
    people, statements, choices = votes[:, ~np.isin(votes[1], left_out)]
    people, row = np.unique(people, return_inverse=True)
    statements, column = np.unique(statements, return_inverse=True)
    rows = np.full((len(people), len(statements)), NOT_SEEN, dtype=np.int8)
    rows[row, column] = choices
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--draws", type=int, default=40, help="of other people")
    parser.add_argument("--seeds", type=int, default=1, help="of each attack")
    parser.add_argument("--only", nargs="+", default=[""], help="parts of names")
    options = parser.parse_args()
    report: dict[str, list[Line]] = {}
    for name in [*conversations.names(), *golden.WARM_CASES]:
        if any(part in name for part in options.only):
            print(f"reading {name}", file=sys.stderr)
            for title, line in told(Conversation(name, read(name)), options):
                report.setdefault(title, []).append(line)
    for title, lines in report.items():
        table(title, lines)


# A label, and the figures of each rule over draws or seeds.
Line = tuple[str, list[np.ndarray]]


def told(talk: Conversation, options: argparse.Namespace) -> Iterator[tuple[str, Line]]:
    """All titles, and the line of this conversation under each."""
    sizes = "/".join(map(str, talk.counts.sizes)) or "none"
    n, m = talk.rows.shape
    label = f"{talk.name.split('/')[-1]} ({n} x {m}, groups {sizes})"
    steady = stability(talk, options.draws)
    for way, n_top in dict.fromkeys(key[:2] for key in steady):
        title = f"Likeness of the top {n_top} to the whole's: {way}"
        yield title, (label, [np.array(steady[way, n_top, rule]) for rule in RULES])
    either: dict[str, list[list[np.ndarray]]] = {}
    for attack in ATTACKS:
        asked = [rule for rule in RULES if attack.is_held or rule in COMPARED]
        found = [prices(talk, rule, attack, options.seeds) for rule in asked]
        yield f"Price in % of people: {attack}", (label, found)
        either.setdefault(attack.aim, []).append(found)
    for aim, ways in either.items():
        if len(ways) > 1:
            cheaper = [np.minimum(*way) for way in zip(*ways, strict=True)]
            yield f"Price in % of people: {aim}, the cheaper way", (label, cheaper)
    left = veto(talk, 10 * options.seeds)
    title = f"Likeness of the top 10 before and after {BLOC:.0%} of people veto"
    yield title, (label, [np.array(left[rule]) for rule in RULES])


def table(title: str, lines: list[Line]) -> None:
    """In Markdown: means with their standard errors, and where ours is the better."""
    header = ["conversation", *RULES][: 1 + len(lines[0][1])]
    print(f"\n**{title}**\n\n| {' | '.join(header)} |")
    print(f"|{' --- |' * len(header)}")
    for label, found in lines:
        errors = [np.std(f) / max(len(f) - 1, 1) ** 0.5 for f in found]
        cells = [
            f"{np.mean(f):.3g} ± {e:.1g}" for f, e in zip(found, errors, strict=True)
        ]
        print(f"| {label} | {' | '.join(cells)} |")
    means = np.array([[np.mean(f) for f in found] for _, found in lines])
    product, wilson, ours = means[:, : len(COMPARED)].T
    print(f"\nOurs is at least the product's on {(ours >= product).sum()}, ", end="")
    both = ours >= np.maximum(product, wilson)
    print(f"at least both others' on {both.sum()}, of {len(lines)}.")


if __name__ == "__main__":
    main()
