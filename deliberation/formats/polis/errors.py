"""What can be wrong with a Polis export, each as one sentence a person can act on.

``message_id`` and ``params`` are kept apart so that the platform can translate
the sentence; ``str(error)`` is the English one. No path of the machine is in it.
"""

from collections.abc import Mapping
from typing import Final, TypeAlias

Params: TypeAlias = Mapping[str, str | int]

_CELL: Final = "%(file)s, line %(line)d, column %(column)s: "

MESSAGES: Final[Mapping[str, str]] = {
    # the sign of the votes
    "sign_undecided": (
        'The vote sign must be given as "agree=+1" or "agree=-1", '
        'but it was "%(found)s".'
    ),
    "sign_contradicted": _CELL
    + (
        'expected a file with "%(sign)s" as you declared, '
        'but the file says "%(found)s".'
    ),
    "sign_unreadable": _CELL
    + (
        'expected a vote convention such as "agree=+1;disagree=-1;pass=0", '
        'found "%(found)s".'
    ),
    # files
    "missing_folder": "%(file)s: expected a folder with a Polis export, found none.",
    "missing_file": "%(file)s: expected this file in the folder, found none.",
    "two_matrices": (
        "%(file)s: expected only one file of this kind, found %(other)s beside it."
    ),
    # bytes and rows
    "empty_file": _CELL + "expected a first line, found an empty file.",
    "not_utf8": _CELL + "expected UTF-8 text, found the byte %(found)s.",
    "nul_character": _CELL + "expected text, found a NUL character.",
    "line_too_long": _CELL
    + ("expected a line of at most %(limit)d bytes, found a longer one."),
    "field_too_long": _CELL
    + ("expected a field of at most %(limit)d characters, found a longer one."),
    "open_quote": _CELL
    + ("expected a closing quotation mark, found the end of the file."),
    "bad_quoting": _CELL
    + (
        "expected quotation marks and line breaks only around and inside "
        "quoted fields, found one elsewhere."
    ),
    "field_count": _CELL + "expected %(expected)d fields, found %(found)d.",
    "missing_column": _CELL + "expected this column in the header, found none.",
    "duplicate_column": _CELL + "expected this column once, found it again.",
    "unknown_column": _CELL + "expected a statement number as the column's name.",
    # cells
    "not_number": _CELL
    + ('expected a whole number from 0 to %(limit)d, found "%(found)s".'),
    "not_time": _CELL
    + ('expected a time in seconds or milliseconds since 1970, found "%(found)s".'),
    "not_vote": _CELL + 'expected a vote of 1, 0 or -1, found "%(found)s".',
    "not_moderation": _CELL
    + ('expected a moderation state of 1, 0 or -1, found "%(found)s".'),
    "not_boolean": _CELL + 'expected "true" or "false", found "%(found)s".',
    "empty_text": _CELL + "expected the text of a statement, found none.",
    # rows against each other
    "duplicate_statement": _CELL
    + ("expected each statement once, found statement %(statement)d again."),
    "duplicate_participant": _CELL
    + ("expected each participant once, found participant %(participant)d again."),
    "unknown_statement": _CELL
    + ("expected a statement of comments.csv, found statement %(statement)d."),
    # files against each other
    "vote_missing": _CELL
    + (
        "expected the vote of participant %(participant)d on statement "
        "%(statement)d in %(other)s too, found none there."
    ),
    "vote_differs": _CELL
    + (
        "expected the vote of participant %(participant)d on statement "
        "%(statement)d to be one of those in %(other)s, found another."
    ),
}


class PolisError(ValueError):
    """A refusal with a stable ``code``; pickles, so that a task may raise it."""

    def __init__(self, code: str, params: Params) -> None:
        super().__init__(code, dict(params))
        self.code = code
        self.params: dict[str, str | int] = dict(params)

    @property
    def message_id(self) -> str:
        """The English sentence with named placeholders, for translation."""
        return MESSAGES[self.code]

    def __str__(self) -> str:
        return self.message_id % self.params


class VoteSignError(PolisError):
    """The sign of the votes was not given, or not in one of the two forms."""


class PolisFormatError(PolisError):
    """A file is not what a Polis export holds.

    ``line`` counts from 1; it is None, like ``column``, when the whole file is
    meant. ``column`` is the column's name, or, where no name applies (bad bytes,
    NUL), the position in the line.
    """

    @property
    def file(self) -> str:
        return str(self.params["file"])

    @property
    def line(self) -> int | None:
        line = self.params.get("line")
        return None if line is None else int(line)

    @property
    def column(self) -> str | None:
        column = self.params.get("column")
        return None if column is None else str(column)


def at(
    code: str, file: str, line: int, column: str, **params: str | int
) -> PolisFormatError:
    """The error for one place in a file."""
    place: Params = {"file": file, "line": line, "column": quoted(column)}
    return PolisFormatError(code, {**place, **params})


def quoted(found: str) -> str:
    """A cell as it may stand in a sentence: short, on one line, printable."""
    shown = "".join(letter if letter.isprintable() else " " for letter in found)
    return shown if len(shown) <= 40 else shown[:39] + "…"
