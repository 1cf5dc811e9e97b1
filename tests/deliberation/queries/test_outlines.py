"""Soft lines around marks."""

import re

from deliberation.queries import outlines


def test_convex_hull_has_the_corners_alone():
    square = [(0.0, 0.0), (0.0, 4.0), (4.0, 0.0), (4.0, 4.0)]
    inside = [(1.0, 1.0), (2.0, 0.0), (3.0, 2.0)]

    assert sorted(outlines.convex_hull(square + inside)) == square


def test_convex_hull_of_few_points_is_these_points():
    assert outlines.convex_hull([(1.0, 2.0), (1.0, 2.0)]) == [(1.0, 2.0)]


def test_around_leaves_room_on_every_side():
    path = outlines.around([(100.0, 100.0, 20.0)], room=10.0)

    assert path.startswith("M")
    assert path.endswith("Z")
    points = [tuple(map(int, p)) for p in re.findall(r"(-?\d+) (-?\d+)", path)]
    xs, ys = zip(*points, strict=True)
    assert (min(xs), max(xs), min(ys), max(ys)) == (70, 130, 70, 130)


def test_around_nothing_is_no_line():
    assert outlines.around([], room=10.0) == ""
