"""Strict reading of one CSV file: every row complete, every cell checked and placed.

Python's ``csv`` repairs quietly (an open quotation mark at the end of the file,
rows of any length); here each of these is refused with file, line and column.
"""

import csv
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Final

from deliberation.formats.polis.errors import PolisFormatError, at, quoted
from deliberation.formats.polis.sign import DECLARATION, VoteSign, check_declaration

FIELD_LIMIT: Final = 2**20
LINE_LIMIT: Final = 2**24
NUMBER_LIMIT: Final = 999_999_999
_TIME_LIMIT: Final = 253_402_300_799_999  # the end of the year 9999, in milliseconds
_SECONDS_BELOW: Final = 100_000_000_000  # as milliseconds: 1973, before any Polis
_SIGNED: Final[Mapping[str, int]] = {"1": 1, "0": 0, "-1": -1}
_BOOLEANS: Final[Mapping[str, bool]] = {"true": True, "false": False}

csv.field_size_limit(FIELD_LIMIT)


class Table:
    """One CSV file with a header, read once from top to bottom.

    A ``# vote-convention:`` line before the header is checked against ``sign``.
    """

    def __init__(self, path: Path, *, sign: VoteSign) -> None:
        self.path = path
        self.file = path.name
        self._sign = sign
        self._records = records(path)
        self.header_line, self.header = self._read_header()
        self._numbers: dict[str, int] = {}

    def _read_header(self) -> tuple[int, list[str]]:
        line, header = next(self._records, (1, []))
        if header and header[0].startswith("#"):
            text = ",".join(header).removeprefix("#").strip()
            name, _, value = text.partition(":")
            declared = value if name.strip() == DECLARATION else text
            check_declaration(declared, self._sign, self.file, line)
            line, header = next(self._records, (line + 1, []))
        seen: set[str] = set()
        for name in header:
            if name in seen:
                raise at("duplicate_column", self.file, line, name)
            seen.add(name)
        return line, header

    def positions(self, *names: str) -> list[int]:
        """Where the named columns stand; the first absent one is refused."""
        for name in names:
            if name not in self.header:
                raise at("missing_column", self.file, self.header_line, name)
        return [self.header.index(name) for name in names]

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """The rows after the header, each with the line on which it begins."""
        expected = len(self.header)
        for line, row in self._records:
            if len(row) != expected:
                column = self.header[min(len(row), expected - 1)]
                raise at(
                    "field_count",
                    self.file,
                    line,
                    column,
                    expected=expected,
                    found=len(row),
                )
            yield line, row

    def wrong(
        self, code: str, line: int, position: int, cell: str, **params: str | int
    ) -> PolisFormatError:
        """The error for one cell of a row."""
        name = self.header[position]
        return at(code, self.file, line, name, found=quoted(cell), **params)

    def number(self, line: int, position: int, cell: str) -> int:
        """A participant's or statement's number, or a count. Repeats are cheap."""
        known = self._numbers.get(cell)
        if known is not None:
            return known
        number = plain_number(cell)
        if number is None or number > NUMBER_LIMIT:
            raise self.wrong("not_number", line, position, cell, limit=NUMBER_LIMIT)
        self._numbers[cell] = number
        return number

    def time(self, line: int, position: int, cell: str) -> int:
        """Milliseconds since 1970; seconds are told apart by their magnitude."""
        number = plain_number(cell)
        if number is None or number > _TIME_LIMIT:
            raise self.wrong("not_time", line, position, cell)
        return number * 1000 if number < _SECONDS_BELOW else number

    def signed(self, code: str, line: int, position: int, cell: str) -> int:
        """One of 1, 0, -1: a vote in the file's own sign, or a moderation state."""
        value = _SIGNED.get(cell)
        if value is None:
            raise self.wrong(code, line, position, cell)
        return value

    def boolean(self, line: int, position: int, cell: str) -> bool:
        value = _BOOLEANS.get(cell)
        if value is None:
            raise self.wrong("not_boolean", line, position, cell)
        return value


def plain_number(cell: str) -> int | None:
    """Digits and nothing else: no sign, space, underscore or other script."""
    if not (cell.isascii() and cell.isdecimal() and len(cell) < 20):
        return None
    return int(cell)


def text_lines(path: Path) -> Iterator[str]:
    """The lines as text; a byte order mark is dropped, NUL and bad bytes refused."""
    with path.open("rb") as handle:
        number = 0
        while raw := handle.readline(LINE_LIMIT + 1):
            number += 1
            text = _decoded(raw, path.name, number)
            yield text.removeprefix("\ufeff") if number == 1 else text
    if number == 0:
        raise at("empty_file", path.name, 1, "1")


def _decoded(raw: bytes, file: str, line: int) -> str:
    if len(raw) > LINE_LIMIT:
        raise at("line_too_long", file, line, "1", limit=LINE_LIMIT)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = f"0x{raw[error.start]:02X}"
        column = str(error.start + 1)
        raise at("not_utf8", file, line, column, found=byte) from None
    if "\0" in text:
        raise at("nul_character", file, line, str(text.index("\0") + 1))
    return text


def records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Every CSV record with the line on which it begins."""
    if not path.is_file():
        raise PolisFormatError("missing_file", {"file": path.name})
    reader = csv.reader(text_lines(path), strict=True)
    start = 1
    header: list[str] = []
    try:
        for row in reader:
            if not header and not (row and row[0].startswith("#")):
                header = row
            yield start, row
            start = reader.line_num + 1
    except csv.Error as error:
        raise _misquoted(path, start, header, str(error)) from None


def _misquoted(
    path: Path, start: int, header: list[str], reason: str
) -> PolisFormatError:
    column = _column_left_open(path, start, header)
    if "field limit" in reason:
        return at("field_too_long", path.name, start, column, limit=FIELD_LIMIT)
    code = "open_quote" if "end of data" in reason else "bad_quoting"
    return at(code, path.name, start, column)


def _column_left_open(path: Path, start: int, header: list[str]) -> str:
    """The name of the last column that the record's first line reaches."""
    first = next(islice(text_lines(path), start - 1, None))
    lenient = csv.reader([first[:FIELD_LIMIT].replace("\r", "")])
    reached = max(len(next(lenient, [])), 1)
    return header[reached - 1] if reached <= len(header) else str(reached)
