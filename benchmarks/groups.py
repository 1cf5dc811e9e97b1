"""What the search for opinion groups finds, and whether it should have.

Run it from the project root; it prints Markdown tables:

    python -m benchmarks.groups                      # everything, some 25 minutes
    python -m benchmarks.groups planted --worlds 5
    python -m benchmarks.groups noise mistakes

- noise      conversations without groups, some of people who differ in how readily
             they agree: how many come out as one group, or without stable ones
- planted    worlds with groups, from close together to far apart. Beside ours stand
             the oracle, who knows how likely each choice is in each group; one who
             must learn that, from everybody else's true group; and Polis's way,
             k-means on the plane of the map
- mistakes   labels dealt to the wrong people: does `checks.verify` flag them?
- shared     real conversations, if the shared data are there
             (``FOLKMOOT_SHARED_DATA``)

Everything is seeded and runs on one thread, with the engine's own settings. "Index" is
the adjusted Rand index against the truth; who is in no group counts as a group.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import numpy as np
from sklearn.metrics import adjusted_rand_score

from benchmarks import guesses
from clustering import Analysis, analyse, checks
from clustering.findings import CandidateGrouping, Finding
from clustering.votes import counts
from clustering.votes.executors import Inline
from clustering.votes.gathering import gather
from tests import synthetic
from tests.clustering import conversations
from tests.clustering.conversations import Conversation
from tests.synthetic import World

SHARES = {
    2: (0.7, 0.3),
    3: (0.5, 0.3, 0.2),
    4: (0.4, 0.3, 0.2, 0.1),
    5: (0.35, 0.25, 0.2, 0.12, 0.08),
}
SEPARATIONS = (0.8, 1.0, 1.1, 1.2, 1.3, 1.4, 1.7)
READINESS = (0.3, 0.5, 0.7, 1.0)
# From so good an oracle on, so many worlds are to have the right number of groups, and
# the index is to be so much of the oracle's.
GOOD_ORACLE, RIGHT_NUMBER, OF_ORACLE = 0.9, 0.9, 0.95


def main() -> None:
    parts = {
        "noise": noise,
        "planted": planted,
        "mistakes": mistakes,
        "shared": shared,
    }
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", help=" ".join(parts), default=[*parts])
    parser.add_argument("--worlds", type=int, default=20, help="in each planted cell")
    parser.add_argument("--noise", type=int, default=100, help="conversations of noise")
    options = parser.parse_args()
    if not {*options.parts} <= {*parts}:
        parser.error(f"the parts are {', '.join(parts)}")
    for part in options.parts:
        parts[part](options)


def found(world: World | Conversation) -> Analysis:
    """Our own answer, at the settings people get."""
    arguments = world.arguments if isinstance(world, Conversation) else {}
    return analyse(*world.votes, **arguments, executor=Inline())


# --- Worlds without groups ---------------------------------------------------------


def noise(options: argparse.Namespace) -> None:
    """Conversations in which all vote as the public does, or more or less readily."""
    kinds = {
        "300 people, 30 votes each": (synthetic.noise, options.noise),
        "1,000 people, 50 votes each": (_large_noise, options.noise),
    }
    for spread in READINESS:
        name = f"the same, readiness to agree differs by {spread}"
        kinds[name] = partial(_large_noise, readiness=spread), options.worlds
    rows = (
        _findings(name, map(found, map(make, range(n))))
        for name, (make, n) in kinds.items()
    )
    _table("No groups", "world | conversations | without groups | findings", rows)


def _large_noise(seed: int, readiness: float = 0.0) -> World:
    return synthetic.planted([1.0], 0.0, seed=seed, readiness=readiness)


def _findings(name: str, analyses: Iterable[Analysis]) -> list[str]:
    said = [analysis.finding.value for analysis in analyses]
    n_without = sum(finding != Finding.GROUPS for finding in said)
    each = ", ".join(f"{finding}: {n}" for finding, n in Counter(said).most_common())
    return [name, str(len(said)), str(n_without), each]


# --- Planted groups ----------------------------------------------------------------


class Score(NamedTuple):
    """Indices in one planted world, and whether the number of groups was right."""

    oracle: float
    taught: float
    ours: float
    is_right: bool
    polis: float
    is_polis_right: bool
    finding: str


def planted(options: argparse.Namespace) -> None:
    """Groups of unequal sizes, from close together to far apart."""
    rows = (
        _cell(n_groups, separation, options.worlds)
        for n_groups in SHARES
        for separation in SEPARATIONS
    )
    _table(
        f"Planted groups, {options.worlds} worlds a line",
        "groups | separation | oracle | told the others' | ours | of the oracle's "
        "| right number | good enough | Polis's way | right number | not groups but",
        rows,
    )


def _cell(n_groups: int, separation: float, n_worlds: int) -> list[str]:
    scores = [
        _score(synthetic.planted(SHARES[n_groups], separation, seed=seed), n_groups)
        for seed in range(n_worlds)
    ]
    oracle, taught, ours, right, polis, polis_right = np.mean(
        [score[:-1] for score in scores], axis=0
    )
    is_good = right >= RIGHT_NUMBER and ours >= OF_ORACLE * oracle
    others = Counter(s.finding for s in scores if s.finding != Finding.GROUPS)
    return [
        f"{n_groups} | {separation}",
        f"{oracle:.3f} | {taught:.3f} | {ours:.3f} | {ours / oracle:.3f}",
        f"{right:.0%} | {_said(is_good) if oracle >= GOOD_ORACLE else '-'}",
        f"{polis:.3f} | {polis_right:.0%}",
        ", ".join(f"{finding}: {n}" for finding, n in others.items()),
    ]


def _said(is_so: bool) -> str:
    return "yes" if is_so else "**no**"


def _score(world: World, n_groups: int) -> Score:
    analysis, polis = found(world), guesses.by_polis(world)
    truth = world.camp_of
    return Score(
        oracle=adjusted_rand_score(truth, world.oracle),
        taught=adjusted_rand_score(truth, guesses.taught(world)),
        ours=adjusted_rand_score(truth[analysis.participant_ids], analysis.group_of),
        is_right=len(analysis.groups) == n_groups,
        polis=adjusted_rand_score(truth, polis),
        is_polis_right=len(np.unique(polis[polis >= 0])) == n_groups,
        finding=analysis.finding.value,
    )


# --- Labels attached to the wrong people --------------------------------------------


class Result(NamedTuple):
    """What was found in which votes."""

    analysis: Analysis
    votes: tuple[np.ndarray, np.ndarray, np.ndarray]


def mistakes(options: argparse.Namespace) -> None:
    """Deal labels out anew, in two ways, and look who notices."""
    results = [
        each for each in _results(options.worlds) if len(each.analysis.groups) > 1
    ]
    rows = []
    for name, change in {
        "as it was found": lambda result, random: result,
        "rows of the votes in another order": _reordered,
        "labels shuffled": _shuffled,
        "labels shuffled, figures counted from them": _recounted,
    }.items():
        random = np.random.default_rng(0)
        told = np.array([_is_failed(change(result, random)) for result in results])
        rows.append([name, len(told), told.any(axis=1).sum(), *told.sum(axis=0)])
    header = "result | cases | flagged | by the recount | by the gap"
    _table("Labels on the wrong people", header, rows)


def _results(n_worlds: int) -> Iterator[Result]:
    for shares in SHARES.values():
        for seed in range(-(-n_worlds // len(SHARES))):
            world = synthetic.planted(shares, 1.3, seed=seed)
            yield Result(found(world), world.votes)
    for real in map(conversations.load, conversations.names()):
        yield Result(found(real), real.votes)


def _is_failed(result: Result) -> list[bool]:
    verified = checks.verify(result.analysis, result.votes)
    return [not check.is_passed for check in verified]


def _reordered(result: Result, random: np.random.Generator) -> Result:
    order = random.permutation(len(result.votes[0]))
    people, statements, choices = result.votes
    return result._replace(votes=(people[order], statements[order], choices[order]))


def _shuffled(result: Result, random: np.random.Generator) -> Result:
    labels = random.permutation(result.analysis.group_of)
    return result._replace(analysis=replace(result.analysis, group_of=labels))


def _recounted(result: Result, random: np.random.Generator) -> Result:
    """Figures as somebody would publish them who trusts the shuffled labels."""
    wrong = _shuffled(result, random).analysis
    left_out = np.setdiff1d(result.votes[1], wrong.statement_ids)
    blocks = gather(result.votes, excluded_statements=left_out, executor=Inline())
    tables = counts.by_group(blocks, wrong.group_of.astype(np.int8), len(wrong.groups))
    agree, disagree, passed = np.moveaxis(tables, 1, 0)
    figures = {"n_agree": agree, "n_disagree": disagree}
    wrong = replace(wrong, **figures, n_seen=agree + disagree + passed)
    return result._replace(analysis=wrong)


# --- Real conversations --------------------------------------------------------------


def shared(options: argparse.Namespace) -> None:
    """What is found in real conversations, and what else was tried."""
    rows = []
    for each in map(conversations.load, conversations.names()):
        analysis = found(each)
        rows.append(
            [
                each.name.removeprefix("polis/"),
                f"{int(analysis.is_placed.sum()):,}",
                analysis.finding.value,
                ", ".join(
                    f"{g.letter} {g.size} ({_again(g.found_again)})"
                    for g in analysis.groups
                ),
                f"{analysis.stability.rand_index:.2f}",
                "; ".join(_candidate(tried) for tried in analysis.candidates[1:]),
            ]
        )
    header = (
        "conversation | people in groups | finding | groups (found again) "
        "| index under resampling | tried: log odds, least found again"
    )
    _table("Real conversations", header, rows)


def _candidate(tried: CandidateGrouping) -> str:
    return f"{tried.n_groups}: {tried.evidence:,.0f}, {_again(tried.found_again)}"


def _again(share: float) -> str:
    return f"{share:.2f}" if share >= 0 else "-"


def _table(title: str, header: str, rows: Iterable[Sequence[object]]) -> None:
    print(f"\n### {title}\n\n| {header} |")
    print("|" + "---|" * (header.count("|") + 1))
    for row in rows:
        print("|", " | ".join(str(cell) for cell in row), "|", flush=True)


if __name__ == "__main__":
    main()
