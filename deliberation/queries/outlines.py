"""Soft outlines around marks on a drawing: geometry only."""

import math
from collections.abc import Iterable

Point = tuple[float, float]
# So many points stand for the edge of a mark.
N_AROUND = 8


def around(marks: Iterable[tuple[float, float, float]], room: float) -> str:
    """The path of a closed, rounded line around marks (x, y, radius), with `room`
    between; as the `d` of an SVG path. Empty without marks."""
    turns = [math.tau * k / N_AROUND for k in range(N_AROUND)]
    edge = [
        (x + (r + room) * math.cos(turn), y + (r + room) * math.sin(turn))
        for x, y, r in marks
        for turn in turns
    ]
    return _smooth(convex_hull(edge))


def convex_hull(points: Iterable[Point]) -> list[Point]:
    """Its corners in turn, by Andrew's monotone chain (1979)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    return _chain(ordered)[:-1] + _chain(ordered[::-1])[:-1]


def _chain(ordered: list[Point]) -> list[Point]:
    chain: list[Point] = []
    for point in ordered:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
            chain.pop()
        chain.append(point)
    return chain


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _smooth(corners: list[Point]) -> str:
    """From the middle of each side to that of the next, the corner between pulling."""
    if not corners:
        return ""
    before = corners[-1:] + corners[:-1]
    middles = [
        ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        for a, b in zip(before, corners, strict=True)
    ]
    ends = middles[1:] + middles[:1]
    bends = (f"Q{_at(c)} {_at(e)}" for c, e in zip(corners, ends, strict=True))
    return f"M{_at(middles[0])}{''.join(bends)}Z"


def _at(point: Point) -> str:
    return f"{point[0]:.0f} {point[1]:.0f}"
