"""Every statement that was ever shown, and what was done with it."""

import pytest

from deliberation.actions import successors
from deliberation.queries import record, visibility
from tests.factories import THEN, StatementFactory, UserFactory, VoteFactory


@pytest.fixture
def statements(conversation):
    """Split, rejected after it was shown, folded, and never shown."""
    whole = StatementFactory(conversation=conversation, number=1, text="Two ideas.")
    VoteFactory(conversation=conversation, statement=whole)
    gone = StatementFactory(
        conversation=conversation, number=2, state="rejected", reason="spam"
    )
    VoteFactory(conversation=conversation, statement=gone, choice=-1)
    folded = StatementFactory(
        conversation=conversation,
        number=3,
        state="rejected",
        reason="duplicate",
        duplicate_of=whole,
    )
    VoteFactory(conversation=conversation, statement=folded, choice=0)
    StatementFactory(conversation=conversation, number=4, state="pending")
    StatementFactory(conversation=conversation, number=5, state="rejected")
    successors.split(
        statement=whole,
        texts=["One idea.", "Another idea."],
        language="en",
        by=UserFactory(),
        now=THEN,
    )


def told(conversation):
    sight = visibility.sight(conversation, None)
    return [
        (
            line.number,
            line.text,
            line.state,
            line.reason,
            line.lineage,
            line.predecessor,
            line.duplicate_of,
            (line.n_agree, line.n_disagree, line.n_pass),
        )
        for line in record.lines(conversation, sight)
    ]


def test_lines_tell_what_was_done_and_withhold_what_was_taken_out(
    conversation, statements
):
    assert told(conversation) == [
        (1, "Two ideas.", "replaced", "", "", None, None, (1, 0, 0)),
        (2, None, "rejected", "spam", "", None, None, (0, 1, 0)),
        (3, None, "rejected", "duplicate", "", None, 1, (0, 0, 1)),
        (6, "One idea.", "accepted", "", "split", 1, None, (0, 0, 0)),
        (7, "Another idea.", "accepted", "", "split", 1, None, (0, 0, 0)),
    ]


def test_lines_have_no_votes_while_results_are_hidden(conversation, statements):
    conversation.results = "close"
    conversation.save()

    votes = {line[-1] for line in told(conversation)}

    assert votes == {(None, None, None)}


def test_rows_of_the_file_are_as_its_header_says(conversation, statements):
    sight = visibility.sight(conversation, None)

    rows = list(record.rows(conversation, sight))

    assert {len(row) for row in rows} == {len(record.HEADER)}
    assert dict(zip(record.HEADER, rows[0], strict=True)) == {
        "number": 1,
        "text": "Two ideas.",
        "language": "en",
        "state": "replaced",
        "reason": "",
        "lineage": "",
        "predecessor": None,
        "duplicate_of": None,
        "created_at": "2026-03-01T12:00:00+00:00",
        "decided_at": "2026-03-01T12:00:00+00:00",
        "n_agree": 1,
        "n_disagree": 0,
        "n_pass": 0,
    }


def test_lines_are_read_in_parts(conversation, statements, monkeypatch):
    monkeypatch.setattr(record, "CHUNK", 2)

    assert len(told(conversation)) == 5
