"""Hints of near-duplicates: what they find, when they disturb, what they cost.

Prints Markdown. Labels are those of the tests, over the 2023 conversation in
``FOLKMOOT_SHARED_DATA``; times are CPU of one thread, over made statements of real words.

    python -m benchmarks.similarity           both halves at the threshold in use
    python -m benchmarks.similarity curve     the development half at all thresholds
    python -m benchmarks.similarity words     both halves without the language model
    python -m benchmarks.similarity cost      times and memory at 5,000 statements
    python -m benchmarks.similarity groups    groups of all statements, by threshold
    python -m benchmarks.similarity whole     times and memory of comparing 10,000 with
                                              each other
"""

import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from deliberation.similarity import (
    Fingerprint,
    Index,
    comparison,
    fingerprint,
    fingerprints,
    warm,
)
from deliberation.similarity import groups as grouping
from deliberation.similarity import index as rules
from tests.deliberation.similarity import labels

STATEMENTS = 5000
QUERIES = 200
ALL_STATEMENTS = 10_000
LINKS = (0.45, 0.50, 0.55, 0.60, 0.65, 0.70)
THRESHOLDS = (0.36, 0.38, 0.40, 0.42, 0.45, 0.48, 0.50, 0.55, 0.60)


def halves(
    prints: dict[int, Fingerprint], thresholds: Iterable[float], parts: Iterable[str]
) -> None:
    """A table of what is shown, by half and threshold."""
    index = Index(prints.items())
    print(
        "| half | threshold | trivial | paraphrases, 3 | paraphrases, 1 | alone, disturbed | opposites offered |"
    )
    print("|---|---|---|---|---|---|---|")
    for part in parts:
        held = labels.read(part)
        for rules.NEAR in thresholds:

            def share(queries: list[labels.Query], most: int) -> str:
                hits = sum(
                    bool(
                        query.wanted
                        & {
                            match.key
                            for match in labels.offered(index, prints, query, most)
                        }
                    )
                    for query in queries
                )
                return f"{hits / len(queries):.1%} of {len(queries)}"

            disturbed = sum(
                bool(labels.offered(index, prints, query)) for query in held.alone
            )
            crossed = sum(
                other in {match.key for match in index.similar_to(prints[one], most=50)}
                for one, other in held.opposites
            )
            print(
                f"| {part} | {rules.NEAR:.2f} | {share(held.trivial, 3)}"
                f" | {share(held.paraphrases, 3)} | {share(held.paraphrases, 1)}"
                f" | {disturbed / len(held.alone):.1%} of {len(held.alone)}"
                f" | {crossed} of {len(held.opposites)} |"
            )


def cost() -> None:
    """What each step takes, and how much memory the process holds after it."""
    rows = [("start", 0.0, memory())]

    def step(name: str, work: Callable[[], object]) -> None:
        begun = time.process_time()
        work()
        rows.append((name, time.process_time() - begun, memory()))

    texts = made_statements()
    step("model loaded", warm)
    prints: list[Fingerprint] = []
    step(
        "5,000 fingerprints",
        lambda: prints.extend(fingerprints((t, "en") for t in texts)),
    )
    indexes: list[Index[int]] = []
    step("index, cold", lambda: indexes.append(Index(enumerate(prints))))
    step("first hint", lambda: indexes[0].similar(texts[0], "en"))
    step("index again", lambda: indexes.append(Index(enumerate(prints))))
    print("| step | CPU, ms | memory after, MB |\n|---|---|---|")
    for name, seconds, megabytes in rows:
        print(f"| {name} | {1000 * seconds:.0f} | {megabytes:.0f} |")
    whole = [timed(lambda t=t: indexes[0].similar(t, "en")) for t in texts[:QUERIES]]
    alone = [timed(lambda t=t: fingerprint(t, "en")) for t in texts[:QUERIES]]
    for name, times in (("a hint", whole), ("of it the fingerprint", alone)):
        slowest = statistics.quantiles(times, n=20)[-1]
        print(
            f"\n{name}: median {statistics.median(times):.1f} ms, 95 % within {slowest:.1f} ms"
        )


def found_groups(prints: dict[int, Fingerprint]) -> None:
    """How many groups there are, and how many hold one meaning alone."""
    print(
        "| linked at | groups | statements in them | largest"
        " | development: one meaning | held out: one meaning |"
    )
    print("|---|---|---|---|---|---|")
    for grouping.LINKED in LINKS:
        groups = comparison.compare(prints.items()).groups
        pure = [labels.pure_groups(groups, part) for part in labels.PARTS]
        cells = [f"{n} of {of} ({n / of:.0%})" for n, of in pure]
        sizes = [len(group) for group in groups]
        print(
            f"| {grouping.LINKED:.2f} | {len(groups)} | {sum(sizes)} | {max(sizes)}"
            f" | {' | '.join(cells)} |"
        )


def whole() -> None:
    """Two conversations: of words drawn at random, hardly any near to another; and of
    halves of real statements put together, nearly all near to others."""
    print("| statements | pairs told | in groups | CPU, s | most memory, MB |")
    print("|---|---|---|---|---|")
    for name, texts in (
        ("drawn", made_statements(ALL_STATEMENTS)),
        ("put together", put_together(ALL_STATEMENTS)),
    ):
        prints = fingerprints((text, "en") for text in texts)
        begun = time.process_time()
        found = comparison.compare(enumerate(prints))
        took = time.process_time() - begun
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"| {name} | {len(found.pairs)} | {sum(map(len, found.groups))}"
            f" | {took:.1f} | {most:.0f} |"
        )


def put_together(count: int) -> list[str]:
    """The real statements, and then the first half of one with the last of another."""
    draw = random.Random(1)
    texts = labels.texts()
    halves_of = [text.split() for text in texts]
    while len(texts) < count:
        one, other = draw.choice(halves_of), draw.choice(halves_of)
        texts.append(" ".join(one[: len(one) // 2 + 1] + other[len(other) // 2 :]))
    return texts


def timed(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return 1000 * (time.process_time() - begun)


def memory() -> float:
    """MB resident now; the most so far where the system does not say."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmRSS"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def made_statements(count: int = STATEMENTS) -> list[str]:
    """Statements of ten words each, of some thousands of words, some common, most rare."""
    draw = random.Random(1)
    syllables = [
        a + b for a in "bdfgklmnprst" for b in ("a", "e", "i", "o", "u", "an", "er")
    ]
    words = [
        "".join(draw.choices(syllables, k=draw.randint(1, 3))) for _ in range(6000)
    ]
    shares = [1 / (rank + 5) for rank in range(len(words))]
    return [" ".join(draw.choices(words, shares, k=10)) for _ in range(count)]


def main(what: str = "") -> None:
    if what == "cost":
        cost()
        return
    if what == "whole":
        whole()
        return
    prints = labels.printed()
    if what == "groups":
        found_groups(prints)
        return
    if what == "words":
        prints = {key: made._replace(vector=b"") for key, made in prints.items()}
    if what == "curve":
        halves(prints, THRESHOLDS, ["development"])
    else:
        halves(prints, [rules.NEAR], labels.PARTS)


if __name__ == "__main__":
    main(*sys.argv[1:])
