"""Bars for a server-drawn chart: numbers in, places in units of the drawing out."""

from collections.abc import Sequence
from dataclasses import dataclass

# The drawing, in its own units; what is between two bars is a share of a bar's place.
WIDTH, HEIGHT, GAP = 900.0, 120.0, 0.25
# A bar that is there can be seen, however high the highest is.
LEAST = 1.5


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Bars:
    """Upwards from a ground at `ground`, or downwards from it; none for what is 0."""

    bars: list[Bar]
    most: int
    ground: float = HEIGHT


def up(values: Sequence[int]) -> Bars:
    most = max(values, default=0)
    return Bars(_bars(values, most, HEIGHT, is_up=True), most)


def up_and_down(above: Sequence[int], below: Sequence[int]) -> tuple[Bars, Bars]:
    """Two series from one ground on one scale: the first upwards, the second down."""
    highest, deepest = max(above, default=0), max(below, default=0)
    both = highest + deepest
    ground = HEIGHT * highest / both if both else HEIGHT / 2
    scale = HEIGHT / both if both else 0.0
    return (
        Bars(_bars(above, highest, highest * scale, is_up=True), highest, ground),
        Bars(
            [
                Bar(bar.x, ground, bar.width, bar.height)
                for bar in _bars(below, deepest, deepest * scale, is_up=False)
            ],
            deepest,
            ground,
        ),
    )


def _bars(values: Sequence[int], most: int, height: float, *, is_up: bool) -> list[Bar]:
    if not most:
        return []
    step = WIDTH / len(values)
    found = []
    for at, value in enumerate(values):
        if value:
            tall = max(LEAST, height * value / most)
            top = height - tall if is_up else 0.0
            found.append(Bar((at + GAP / 2) * step, top, step * (1 - GAP), tall))
    return found
