"""How costs are printed: a line each, ratios to the first, and how time grows."""

import statistics
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from benchmarks.measuring import Cost, Failed

Way = Callable[[], Cost]


def by_turns(ways: dict[str, Way], rounds: int) -> None:
    """Run all ways in every round; print their medians, and ratios to the first.

    A ratio is the median of the rounds' own ratios: what is slow for a minute is slow
    for both.
    """
    seen = [
        {label: tried(label, way) for label, way in ways.items()} for _ in range(rounds)
    ]
    first, *others = ways
    for label in ways:
        costs = [turn[label] for turn in seen if turn[label]]
        if costs:
            print(line(label, _median(costs)), _range([cost.cpu for cost in costs]))
    for other in others:
        pairs = [(turn[other], turn[first]) for turn in seen]
        print(ratio(other, first, [pair for pair in pairs if all(pair)]))


def tried(label: str, way: Way) -> Cost | None:
    """The cost, or None and a line that says how it failed."""
    try:
        return way()
    except Failed as failure:
        print(f"  {label:18} failed: {failure}")
        return None


def line(label: str, cost: Cost) -> str:
    """All figures of one cost."""
    return (
        f"  {label:18} cpu {cost.cpu:8.3f} s  wall {cost.wall:8.3f} s  "
        f"peak {cost.peak:6,.0f} MB ({cost.peak - cost.before:+,.0f})  "
        f"{_outcome(cost.outcome)}"
    )


def ratio(label: str, base_label: str, pairs: Sequence[tuple[Cost, Cost]]) -> str:
    """How many times the base's figures a cost has; medians over the pairs."""
    if not pairs:
        return f"  {label} / {base_label}: no ratio"
    cpus = [cost.cpu / base.cpu for cost, base in pairs]
    walls = [cost.wall / base.wall for cost, base in pairs]
    return (
        f"  {label} / {base_label}: cpu {statistics.median(cpus):.1f} x, "
        f"wall {statistics.median(walls):.1f} x {_range(cpus)}"
    )


def growth(n_votes: Sequence[int], costs: Sequence[Cost]) -> str:
    """Slopes of log figures over log votes, by least squares; 1 is proportional."""
    slopes = (
        f"{name} {np.polyfit(np.log(n_votes), np.log(figures), 1)[0]:.2f}"
        for name, figures in (
            ("cpu", [cost.cpu for cost in costs]),
            ("wall", [cost.wall for cost in costs]),
            ("peak memory", [cost.peak for cost in costs]),
        )
    )
    return (
        f"\ngrowth exponents from {n_votes[0]:,} to {n_votes[-1]:,} votes: "
        f"{', '.join(slopes)}"
    )


def _median(costs: list[Cost]) -> Cost:
    """Median times; the memory and the outcome of the hungriest run."""
    hungriest = max(costs, key=lambda cost: cost.peak - cost.before)
    cpu = statistics.median(cost.cpu for cost in costs)
    wall = statistics.median(cost.wall for cost in costs)
    return hungriest._replace(cpu=cpu, wall=wall)


def _range(figures: Sequence[float]) -> str:
    """Least and most of CPU figures, where there is more than one."""
    if len(figures) < 2:
        return ""
    return f"[cpu {min(figures):.3g} to {max(figures):.3g}]"


def _outcome(outcome: dict[str, Any]) -> str:
    said = []
    for name, value in outcome.items():
        if name == "groups":
            said.append(" ".join(f"{key}={size:,}" for key, size in value.items()))
        elif name == "indices" and value:
            said.append("index {:.3f} (best guess {:.3f})".format(*value))
        elif name == "digest":
            said.append(value[:12])
    return ", ".join(said)
