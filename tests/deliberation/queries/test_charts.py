"""Bars in units of a drawing."""

import pytest

from deliberation.queries import charts
from deliberation.queries.charts import HEIGHT, LEAST, WIDTH


def test_the_highest_bar_fills_the_height_and_nothing_is_no_bar():
    found = charts.up([0, 2, 4])

    assert found.most == 4
    assert [(bar.y, bar.height) for bar in found.bars] == [
        (HEIGHT / 2, HEIGHT / 2),
        (0.0, HEIGHT),
    ]
    assert found.bars[1].x + found.bars[1].width <= WIDTH


def test_a_bar_that_is_there_can_be_seen():
    assert charts.up([1, 100_000]).bars[0].height == LEAST


@pytest.mark.parametrize("values", [[], [0, 0]])
def test_without_values_there_is_no_bar(values):
    assert (charts.up(values).bars, charts.up(values).most) == ([], 0)


def test_up_and_down_share_a_ground_and_a_scale():
    up, down = charts.up_and_down([3, 0], [0, 1])

    assert up.ground == down.ground == HEIGHT * 3 / 4
    assert [(bar.y, bar.height) for bar in up.bars] == [(0.0, HEIGHT * 3 / 4)]
    assert [(bar.y, bar.height) for bar in down.bars] == [(up.ground, HEIGHT / 4)]


def test_up_and_down_of_nothing_has_its_ground_in_the_middle():
    up, down = charts.up_and_down([0], [0])

    assert (up.bars, down.bars, up.ground) == ([], [], HEIGHT / 2)
