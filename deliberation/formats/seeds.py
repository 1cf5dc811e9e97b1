"""Seed statements in a CSV file: the columns text and, where there is one, language.

RFC 4180, in UTF-8 with or without its mark, or in UTF-16 with one, as spreadsheets
write it. Commas, semicolons or tabs stand between the columns: whatever stands in the
first line, which names them.
"""

import csv
import io
from enum import StrEnum
from typing import NamedTuple

MAX_BYTES = 200_000
COLUMNS = ("text", "language")
DELIMITERS = ",;\t"


class Problem(StrEnum):
    """Why a file cannot be read as a whole."""

    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"
    NO_COLUMNS = "no_columns"
    UNKNOWN_COLUMN = "unknown_column"
    BROKEN = "broken"


class NotSeeds(ValueError):
    """name : of the column that is not known; line : where the file is broken, from 1"""

    def __init__(self, problem: Problem, *, name: str = "", line: int = 0) -> None:
        super().__init__(problem)
        self.problem = problem
        self.name = name
        self.line = line


class Row(NamedTuple):
    """line : where it begins, from 1; is_whole : it has a cell for each column"""

    line: int
    text: str
    language: str
    is_whole: bool


def read(data: bytes) -> list[Row]:
    """The rows below the first line; empty ones are left out. Raises NotSeeds."""
    if len(data) > MAX_BYTES:
        raise NotSeeds(Problem.TOO_LARGE)
    text = _decoded(data)
    first = text.partition("\n")[0]
    delimiter = next((sign for sign in DELIMITERS if sign in first), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    begins = 1
    names: list[str] | None = None
    try:
        for cells in reader:
            if names is None:
                names = _names(cells)
            elif any(cell.strip() for cell in cells):
                rows.append(_row(begins, names, cells))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise NotSeeds(Problem.BROKEN, line=begins) from error
    if names is None:
        raise NotSeeds(Problem.NO_COLUMNS)
    return rows


def _decoded(data: bytes) -> str:
    is_utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if is_utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotSeeds(Problem.NOT_TEXT) from error
    if "\0" in text:
        raise NotSeeds(Problem.NOT_TEXT)
    return text


def _names(cells: list[str]) -> list[str]:
    names = [cell.strip().lower() for cell in cells]
    if "text" not in names or len(set(names)) < len(names):
        raise NotSeeds(Problem.NO_COLUMNS)
    for name in names:
        if name not in COLUMNS:
            raise NotSeeds(Problem.UNKNOWN_COLUMN, name=name)
    return names


def _row(line: int, names: list[str], cells: list[str]) -> Row:
    found = dict(zip(names, cells, strict=False))
    return Row(
        line=line,
        text=found.get("text", ""),
        language=found.get("language", "").strip(),
        is_whole=len(cells) == len(names),
    )
