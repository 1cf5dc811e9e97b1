"""From a folder of CSV files to a checked `PolisExport`."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import numpy as np

from deliberation.formats.polis.errors import (
    PolisFormatError,
    VoteSignError,
    at,
    quoted,
)
from deliberation.formats.polis.export import ImportedStatement, PolisExport
from deliberation.formats.polis.sign import DECLARATION, VoteSign, check_declaration
from deliberation.formats.polis.tables import (
    NUMBER_LIMIT,
    Table,
    plain_number,
    records,
    text_lines,
)
from deliberation.formats.polis.votes import (
    FileVotes,
    check_same_votes,
    check_statements,
    latest_and_superseded,
    read_events,
    read_matrix,
)

_STATEMENT_COLUMNS: Final = (
    "timestamp",
    "comment-id",
    "author-id",
    "agrees",
    "disagrees",
    "moderated",
    "comment-body",
)
_MATRICES: Final = ("participants-votes.csv", "participant-votes.csv")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_HEADER_WORD: Final = re.compile(r"[A-Za-z][A-Za-z_ -]*")


def read_export(folder: Path, *, sign: VoteSign) -> PolisExport:
    """Read and check the whole folder; nothing half-read is ever returned.

    When votes.csv exists it is the source of the votes, and a matrix beside it
    must tell the same story.
    """
    _check_arguments(folder, sign)
    summary = _read_summary(folder / "summary.csv", sign)
    statements = _read_statements(Table(folder / "comments.csv", sign=sign))
    source = _read_votes(folder, sign, statements)
    latest, superseded = latest_and_superseded(source.votes)
    return PolisExport(
        sign=sign,
        title=summary.get("topic", ""),
        description=summary.get("conversation-description", ""),
        url=summary.get("url", ""),
        statements=statements,
        participants=np.unique(latest.participants),
        votes=latest,
        superseded=superseded,
        has_vote_times=source.column is not None,
    )


def _check_arguments(folder: Path, sign: object) -> None:
    if not isinstance(sign, VoteSign):
        raise VoteSignError("sign_undecided", {"found": quoted(str(sign))})
    if not folder.is_dir():
        raise PolisFormatError("missing_folder", {"file": quoted(folder.name)})


def _read_summary(path: Path, sign: VoteSign) -> Mapping[str, str]:
    summary: dict[str, str] = {}
    if not path.exists():
        return summary
    for line, row in records(path):
        if len(row) != 2:
            column = quoted(row[0]) if row else "1"
            raise at("field_count", path.name, line, column, expected=2, found=len(row))
        key, value = row
        if key in summary:
            raise at("duplicate_column", path.name, line, key)
        if key == DECLARATION:
            check_declaration(value, sign, path.name, line)
        summary[key] = value
    return summary


def _read_statements(table: Table) -> tuple[ImportedStatement, ...]:
    table.positions(*_STATEMENT_COLUMNS)
    statements: dict[int, ImportedStatement] = {}
    for line, row in table:
        statement = _statement(table, line, row)
        number = statement.number
        if number in statements:
            raise at(
                "duplicate_statement", table.file, line, "comment-id", statement=number
            )
        statements[number] = statement
    return tuple(statements[number] for number in sorted(statements))


def _statement(table: Table, line: int, row: list[str]) -> ImportedStatement:
    cells = {name: (line, i, row[i]) for i, name in enumerate(table.header)}
    _, at_body, text = cells["comment-body"]
    if not text.strip():
        raise table.wrong("empty_text", line, at_body, text)
    author = cells["author-id"]
    is_seed, is_meta = cells.get("is-seed"), cells.get("is-meta")
    return ImportedStatement(
        number=table.number(*cells["comment-id"]),
        text=text,
        author_number=table.number(*author) if author[-1] else None,
        moderation=table.signed("not_moderation", *cells["moderated"]),
        is_seed=table.boolean(*is_seed) if is_seed else None,
        is_meta=table.boolean(*is_meta) if is_meta else False,
        created_at=_EPOCH + timedelta(milliseconds=table.time(*cells["timestamp"])),
        listed_agrees=table.number(*cells["agrees"]),
        listed_disagrees=table.number(*cells["disagrees"]),
    )


def _read_votes(
    folder: Path, sign: VoteSign, statements: tuple[ImportedStatement, ...]
) -> FileVotes:
    known = np.array([statement.number for statement in statements], dtype=np.int64)
    matrix_path = _matrix_path(folder)
    matrix = None
    if matrix_path is not None:
        matrix = read_matrix(Table(matrix_path, sign=sign), factor=sign.factor)
        check_statements(matrix, known)
        if not (folder / "votes.csv").exists():
            return matrix
    events = read_events(Table(folder / "votes.csv", sign=sign), factor=sign.factor)
    check_statements(events, known)
    if matrix is not None:
        check_same_votes(events, matrix)
    return events


def _matrix_path(folder: Path) -> Path | None:
    found = [name for name in _MATRICES if (folder / name).exists()]
    if len(found) > 1:
        raise PolisFormatError("two_matrices", {"file": found[0], "other": found[1]})
    return folder / found[0] if found else None


def read_participant_numbers(path: Path) -> frozenset[int]:
    """One participant number per line, such as a list of people to leave out.

    The first line may be a heading of letters.
    """
    if not path.is_file():
        raise PolisFormatError("missing_file", {"file": quoted(path.name)})
    numbers: set[int] = set()
    for line, text in enumerate(text_lines(path), start=1):
        cell = text.rstrip("\r\n")
        number = plain_number(cell)
        if number is not None and number <= NUMBER_LIMIT:
            numbers.add(number)
        elif line > 1 or not _HEADER_WORD.fullmatch(cell):
            found = quoted(cell)
            raise at(
                "not_number", path.name, line, "1", limit=NUMBER_LIMIT, found=found
            )
    return frozenset(numbers)
