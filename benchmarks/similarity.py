"""Hints of near-duplicates: what they find, when they disturb, what they cost.

Prints Markdown. Labels are those of the tests, over the 2023 conversation in
``FOLKMOOT_SHARED_DATA``; times are CPU of one thread, over made statements of real words.

    python -m benchmarks.similarity           both halves at the threshold in use
    python -m benchmarks.similarity curve     the development half at all thresholds
    python -m benchmarks.similarity words     both halves without the language model
    python -m benchmarks.similarity cost      times and memory at 5,000 statements
"""

import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from deliberation.similarity import Fingerprint, Index, fingerprint, fingerprints, warm
from deliberation.similarity import index as rules
from tests.deliberation.similarity import labels

STATEMENTS = 5000
QUERIES = 200
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


def made_statements() -> list[str]:
    """Statements of ten words each, of some thousands of words, some common, most rare."""
    draw = random.Random(1)
    syllables = [
        a + b for a in "bdfgklmnprst" for b in ("a", "e", "i", "o", "u", "an", "er")
    ]
    words = [
        "".join(draw.choices(syllables, k=draw.randint(1, 3))) for _ in range(6000)
    ]
    shares = [1 / (rank + 5) for rank in range(len(words))]
    return [" ".join(draw.choices(words, shares, k=10)) for _ in range(STATEMENTS)]


def main(what: str = "") -> None:
    if what == "cost":
        cost()
        return
    prints = labels.printed()
    if what == "words":
        prints = {key: made._replace(vector=b"") for key, made in prints.items()}
    if what == "curve":
        halves(prints, THRESHOLDS, ["development"])
    else:
        halves(prints, [rules.NEAR], labels.PARTS)


if __name__ == "__main__":
    main(*sys.argv[1:])
