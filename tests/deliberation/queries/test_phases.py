"""The phases of a conversation's schedule, the present one marked."""

from datetime import timedelta

import pytest

from deliberation.queries import phases
from tests.factories import THEN, ConversationFactory

DAY = timedelta(days=1)
WHOLE = {
    "collects_until": THEN + DAY,
    "votes_until": THEN + 2 * DAY,
    "drafts_until": THEN + 3 * DAY,
    "ratifies_until": THEN + 4 * DAY,
}


def told(at=THEN, **changes):
    schedule = phases.of(ConversationFactory.build(**changes), now=at)
    return (
        [step.phase for step in schedule.steps],
        schedule.current.phase,
        schedule.left,
    )


def test_a_whole_schedule_has_all_phases():
    assert told(**WHOLE) == (
        ["collecting", "voting", "drafting", "ratifying", "closed"],
        "collecting",
        DAY,
    )


@pytest.mark.parametrize(
    ("days", "state", "phase"),
    [
        (1, "open", "voting"),
        (2, "open", "drafting"),
        (3, "closed", "ratifying"),
        (4, "closed", "closed"),
    ],
)
def test_the_present_phase_follows_the_clock(days, state, phase):
    _steps, current, left = told(at=THEN + days * DAY, state=state, **WHOLE)

    assert (current, left) == (phase, None if phase == "closed" else DAY)


def test_without_a_schedule_there_are_two_phases_and_no_end():
    assert told() == (["collecting", "closed"], "collecting", None)


def test_statements_end_with_the_votes_where_nothing_else_is_said():
    assert told(votes_until=THEN + DAY) == (["collecting", "closed"], "collecting", DAY)


def test_a_draft_waits_for_its_opening():
    assert told(state="draft", opens_at=THEN + DAY) == (
        ["draft", "collecting", "closed"],
        "draft",
        DAY,
    )


def test_what_is_past_is_marked():
    schedule = phases.of(
        ConversationFactory.build(**WHOLE), now=THEN + timedelta(days=1.5)
    )

    assert [step.is_past for step in schedule.steps] == [
        True,
        False,
        False,
        False,
        False,
    ]
