"""The phases of a conversation, by its state and the clock."""

from datetime import timedelta

import pytest

from tests.factories import THEN, ConversationFactory

DAY = timedelta(days=1)
SCHEDULE = {
    "collects_until": THEN + DAY,
    "votes_until": THEN + 2 * DAY,
    "drafts_until": THEN + 3 * DAY,
    "ratifies_until": THEN + 4 * DAY,
}


def phases(state, schedule):
    conversation = ConversationFactory.build(state=state, **schedule)
    return [conversation.phase(THEN + n * DAY).value for n in range(5)]


@pytest.mark.parametrize(
    ("state", "schedule", "told"),
    [
        ("draft", SCHEDULE, ["draft"] * 5),
        (
            "open",
            SCHEDULE,
            ["collecting", "voting", "drafting", "ratifying", "closed"],
        ),
        (
            "closed",
            SCHEDULE,
            ["drafting", "drafting", "drafting", "ratifying", "closed"],
        ),
        ("archived", SCHEDULE, ["closed"] * 5),
        ("open", {}, ["collecting"] * 5),
        ("closed", {}, ["closed"] * 5),
        (
            "open",
            {"votes_until": THEN + DAY},
            ["collecting", *["closed"] * 4],
        ),
        (
            "open",
            {"collects_until": THEN + DAY},
            ["collecting", *["voting"] * 4],
        ),
    ],
)
def test_phase_follows_state_and_clock(state, schedule, told):
    assert phases(state, schedule) == told


def test_votes_and_statements_end_with_their_very_moment():
    conversation = ConversationFactory.build(state="open", **SCHEDULE)
    just = timedelta(microseconds=1)

    assert [
        conversation.collects(SCHEDULE["collects_until"] - just),
        conversation.collects(SCHEDULE["collects_until"]),
        conversation.takes_votes(SCHEDULE["votes_until"] - just),
        conversation.takes_votes(SCHEDULE["votes_until"]),
    ] == [True, False, True, False]


def test_by_the_clock_of_today_what_ended_in_the_past_is_over():
    conversation = ConversationFactory.build(state="open", votes_until=THEN)

    assert (conversation.is_open, conversation.is_collecting) == (False, False)
    assert conversation.current_phase == "closed"
