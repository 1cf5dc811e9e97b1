"""Participation over time: what the worker counts, and the bars that pages draw."""

from datetime import timedelta

import pytest

from deliberation.queries import timeline
from tests.factories import THEN, AnalysisRunFactory, ParticipantFactory, VoteFactory


def cast(conversation, *hours, **more):
    for after in hours:
        at = THEN + timedelta(hours=after)
        VoteFactory(conversation=conversation, cast_at=at, **more)


def drawn(conversation):
    summary = {"timeline": timeline.counted(conversation)}
    return timeline.drawn(
        AnalysisRunFactory(conversation=conversation, summary=summary)
    )


def test_counted_is_empty_before_the_first_vote(conversation):
    assert timeline.counted(conversation) == {}
    assert drawn(conversation) is None
    assert timeline.drawn(None) is None


def test_counted_tells_votes_and_people_of_each_hour(conversation, participant):
    cast(conversation, 0, 0.5, participant=participant)
    cast(conversation, 0.9, 2)

    assert timeline.counted(conversation) == {
        "unit": "hour",
        "rows": [
            ["2026-03-01T12:00:00+00:00", 3, 2],
            ["2026-03-01T14:00:00+00:00", 1, 1],
        ],
    }


@pytest.mark.parametrize(
    ("days", "unit"), [(3, "hour"), (3.1, "day"), (90, "day"), (91, "week")]
)
def test_counted_takes_longer_units_for_longer_conversations(conversation, days, unit):
    cast(conversation, 0, 24 * days)

    assert timeline.counted(conversation)["unit"] == unit


def test_counted_leaves_out_excluded_people(conversation):
    excluded = ParticipantFactory(conversation=conversation, is_excluded=True)
    cast(conversation, 0, participant=excluded)

    assert timeline.counted(conversation) == {}


def test_drawn_has_a_bar_for_every_unit_and_the_highest_fills_the_height(conversation):
    cast(conversation, 0, 0, 0, 0, 96, 96)

    line = drawn(conversation)

    assert [bar.n_votes for bar in line.bars] == [4, 0, 0, 0, 2]
    assert [bar.height for bar in line.bars] == [160, 0, 0, 0, 80]
    assert [bar.n_votes for bar in line.told] == [2, 4]
    assert line.busiest == line.bars[0]
    assert line.bars[-1].x + line.bars[-1].width < timeline.WIDTH
