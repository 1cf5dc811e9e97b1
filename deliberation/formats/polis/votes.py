"""The votes of a Polis export, as equally long integer arrays.

Two files hold them: votes.csv has every event with its time, the matrix
(participants-votes.csv, or participant-votes.csv in newer exports) has one row
per participant. A million votes stay arrays; no vote becomes a Python object.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from deliberation.formats.polis.errors import at
from deliberation.formats.polis.tables import Table, plain_number

IntArray: TypeAlias = npt.NDArray[np.int64]
MaskArray: TypeAlias = npt.NDArray[np.bool_]

PAIR: Final = 2**30  # above every number that tables.py lets through
_MATRIX_COLUMNS: Final = frozenset(
    {"participant", "xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"}
)


@dataclass(frozen=True, eq=False)
class Votes:
    """Four parallel, read-only arrays.

    ``choices`` is in our own sign (agree +1, pass 0, disagree -1); ``cast_at`` is
    in milliseconds since 1970, or 0 where the export does not say.
    """

    participants: npt.NDArray[np.int32]
    statements: npt.NDArray[np.int32]
    choices: npt.NDArray[np.int8]
    cast_at: IntArray

    def __post_init__(self) -> None:
        for field in fields(self):
            getattr(self, field.name).setflags(write=False)

    def __len__(self) -> int:
        return len(self.participants)


@dataclass(frozen=True, eq=False)
class FileVotes:
    """The votes of one file in the order of the file, with the line of each.

    ``column`` is where the statement's number stands; in the matrix, None: the
    column is named by the number.
    """

    file: str
    column: str | None
    votes: Votes
    lines: IntArray

    def refuse_first(self, bad: MaskArray, code: str, **params: str | int) -> None:
        """Raise for the first vote marked bad, if there is one."""
        if not bad.any():
            return
        row = int(bad.argmax())
        participant = int(self.votes.participants[row])
        statement = int(self.votes.statements[row])
        pair = {"participant": participant, "statement": statement}
        column = self.column or str(statement)
        raise at(code, self.file, int(self.lines[row]), column, **pair, **params)


def read_events(table: Table, *, factor: int) -> FileVotes:
    """votes.csv: one row per event; columns beyond the four needed are ignored."""
    at_time, at_statement, at_participant, at_vote = table.positions(
        "timestamp", "comment-id", "voter-id", "vote"
    )
    participants, statements, lines = array("q"), array("q"), array("q")
    choices, times = array("b"), array("q")
    number, signed, time = table.number, table.signed, table.time
    for line, row in table:
        statements.append(number(line, at_statement, row[at_statement]))
        participants.append(number(line, at_participant, row[at_participant]))
        choices.append(factor * signed("not_vote", line, at_vote, row[at_vote]))
        times.append(time(line, at_time, row[at_time]))
        lines.append(line)
    votes = _votes(participants, statements, choices, times)
    return FileVotes(table.file, "comment-id", votes, _longs(lines))


def read_matrix(table: Table, *, factor: int) -> FileVotes:
    """The matrix: an empty cell is no vote. The xid column is never read."""
    columns = list(_statement_columns(table))
    participants, statements, lines = array("q"), array("q"), array("q")
    choices: array[int] = array("b")
    for line, participant, row in _participant_rows(table):
        for position, statement in columns:
            if cell := row[position]:
                choice = table.signed("not_vote", line, position, cell)
                choices.append(factor * choice)
                participants.append(participant)
                statements.append(statement)
                lines.append(line)
    unknown_times = array("q", bytes(8 * len(lines)))
    votes = _votes(participants, statements, choices, unknown_times)
    return FileVotes(table.file, None, votes, _longs(lines))


def _participant_rows(table: Table) -> Iterable[tuple[int, int, list[str]]]:
    (position,) = table.positions(name := "participant")
    seen: set[int] = set()
    for line, row in table:
        number = table.number(line, position, row[position])
        if number in seen:
            code = "duplicate_participant"
            raise at(code, table.file, line, name, participant=number)
        seen.add(number)
        yield line, number, row


def _statement_columns(table: Table) -> Iterable[tuple[int, int]]:
    for position, name in enumerate(table.header):
        if name in _MATRIX_COLUMNS:
            continue
        if plain_number(name) is None:
            raise at("unknown_column", table.file, table.header_line, name)
        yield position, table.number(table.header_line, position, name)


def _longs(values: "array[int]") -> IntArray:
    return np.frombuffer(values, dtype=np.int64) if values else np.empty(0, np.int64)


def _votes(
    participants: "array[int]",
    statements: "array[int]",
    choices: "array[int]",
    times: "array[int]",
) -> Votes:
    return Votes(
        participants=_longs(participants).astype(np.int32),
        statements=_longs(statements).astype(np.int32),
        choices=np.array(choices, dtype=np.int8),
        cast_at=_longs(times).copy(),
    )


def check_statements(source: FileVotes, known: IntArray) -> None:
    """Refuse the first vote on a statement that comments.csv does not list."""
    unknown = ~np.isin(source.votes.statements, known)
    source.refuse_first(unknown, "unknown_statement")


def check_same_votes(events: FileVotes, matrix: FileVotes) -> None:
    """Refuse two files that contradict each other.

    They must hold the same pairs of participant and statement. The matrix must
    hold one of the pair's events, but not always the latest one: newer exports
    do not promise which.
    """
    in_events, in_matrix = pair_keys(events.votes), pair_keys(matrix.votes)
    no_cell = ~np.isin(in_events, in_matrix)
    events.refuse_first(no_cell, "vote_missing", other=matrix.file)
    no_event = ~np.isin(in_matrix, in_events)
    matrix.refuse_first(no_event, "vote_missing", other=events.file)
    with_choice = in_events * 4 + events.votes.choices
    differs = ~np.isin(in_matrix * 4 + matrix.votes.choices, with_choice)
    matrix.refuse_first(differs, "vote_differs", other=events.file)


def pair_keys(votes: Votes) -> IntArray:
    """One integer per pair of participant and statement."""
    return votes.participants.astype(np.int64) * PAIR + votes.statements


def latest_and_superseded(votes: Votes) -> tuple[Votes, Votes]:
    """Split events: the last one of each pair, and all earlier ones.

    Last is the largest time, and among equal times the later row. Both are
    sorted by participant, statement and time, so the order of rows in the file
    matters only for such ties.
    """
    keys = pair_keys(votes)
    order = np.lexsort((votes.cast_at, keys))  # stable: ties keep the file's order
    ordered = keys[order]
    last = np.ones(len(order), dtype=np.bool_)
    last[:-1] = ordered[1:] != ordered[:-1]
    return _take(votes, order[last]), _take(votes, order[~last])


def _take(votes: Votes, rows: npt.NDArray[np.intp]) -> Votes:
    return Votes(
        votes.participants[rows],
        votes.statements[rows],
        votes.choices[rows],
        votes.cast_at[rows],
    )
