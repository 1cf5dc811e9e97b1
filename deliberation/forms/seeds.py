"""Seed statements as they are given, pasted or in a file, and which of them to add."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from deliberation.formats import seeds as files
from deliberation.formats.seeds import NotSeeds, Problem
from deliberation.validators import clean_text, validate_statement

MAX_SEEDS = 500
TOO_MANY = _("These are %(n)d lines; at most %(most)d fit in one go.")
PROBLEMS = {
    Problem.TOO_LARGE: _(
        "This file is larger than %(kilobytes)d kB. At most %(most)d lines fit in one go."
    ),
    Problem.NOT_TEXT: _(
        "This file is not text in UTF-8. Save it as “CSV UTF-8” and choose it again."
    ),
    Problem.NO_COLUMNS: _(
        "The first line has to name the columns: text, or text and language."
    ),
    Problem.UNKNOWN_COLUMN: _(
        "There is a column “%(name)s”, which is not known. Keep text and language alone."
    ),
    Problem.BROKEN: _(
        "Line %(line)d cannot be read: a quotation mark is missing, or one too many."
    ),
}


@dataclass(frozen=True)
class Line:
    """A statement that is given. `number` is that of its line; `problem` says what is
    wrong with it, and is empty where nothing is."""

    number: int
    text: str
    language: str
    problem: str = ""


class Seeds(forms.Form):
    """Pasted, one statement a line, or a CSV file; looked at before anything is stored."""

    seeds = forms.CharField(
        label=_("Seed statements"),
        help_text=_("One statement a line."),
        required=False,
        # An empty first line counts when a later one is named by its number.
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    file = forms.FileField(
        label=_("Or a CSV file"),
        help_text=_(
            "With the columns text and, if you like, language; at most 500 lines and"
            " 200 kB."
        ),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("Of lines that name none."),
        choices=settings.LANGUAGES,
    )

    def clean_seeds(self) -> list[Line]:
        lines = self.cleaned_data["seeds"].splitlines()
        return [
            Line(n, text, "")
            for n, line in enumerate(lines, 1)
            if (text := clean_text(line))
        ]

    def clean_file(self) -> list[Line]:
        """Nothing of the file is stored; it is read here and let go."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file is None:
            return []
        try:
            # One more than fits says enough.
            rows = files.read(file.read(files.MAX_BYTES + 1))
        except NotSeeds as error:
            raise forms.ValidationError(
                PROBLEMS[error.problem],
                params={
                    "name": error.name[:40],
                    "line": error.line,
                    "kilobytes": files.MAX_BYTES // 1000,
                    "most": MAX_SEEDS,
                },
            ) from error
        if len(rows) > MAX_SEEDS:
            raise _too_many(len(rows))
        return [_of_file(row) for row in rows]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if self.errors:
            return cleaned
        pasted, of_file = cleaned["seeds"], cleaned["file"]
        if pasted and of_file:
            raise forms.ValidationError(
                _("Paste statements or choose a file, one of them at a time.")
            )
        given = pasted or of_file
        if not given:
            raise forms.ValidationError(
                _("Write at least one statement, or choose a file that holds one.")
            )
        if len(given) > MAX_SEEDS:
            raise _too_many(len(given))
        cleaned["lines"] = [_checked(line, cleaned["language"]) for line in given]
        return cleaned


class AddSeeds(forms.Form):
    """What the page of the preview sends back: all lines, and the marked ones."""

    lines = forms.JSONField(error_messages={"required": _("Nothing was sent.")})
    add = forms.TypedMultipleChoiceField(
        coerce=int,
        choices=[(n, n) for n in range(MAX_SEEDS)],
        error_messages={"required": _("Mark at least one statement to add.")},
    )

    def clean_lines(self) -> list[Line]:
        """Checked again: between the two steps they were in somebody's browser."""
        lines = [
            Line(number, clean_text(text), language)
            for number, text, language in _triples(self.cleaned_data["lines"])
        ]
        if len(lines) > MAX_SEEDS:
            raise _too_many(len(lines))
        return [_checked(line, line.language) for line in lines]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if not self.errors:
            lines: list[Line] = cleaned["lines"]
            chosen = [lines[at] for at in cleaned["add"] if at < len(lines)]
            for line in chosen:
                if line.problem:
                    self.add_error(None, _of_line(line.number, line.problem))
            cleaned["chosen"] = chosen
        return cleaned


def packed(lines: Iterable[Line]) -> str:
    """Lines for the hidden field of AddSeeds."""
    return json.dumps([list(asdict(line).values())[:3] for line in lines])


def _triples(given: object) -> list[tuple[int, str, str]]:
    is_whole = isinstance(given, list) and all(
        isinstance(line, list) and list(map(type, line)) == [int, str, str]
        for line in given
    )
    if not is_whole:
        raise forms.ValidationError(
            _("What you sent is not whole: begin again with your lines.")
        )
    return [tuple(line) for line in given]  # type: ignore[attr-defined]


def _of_file(row: files.Row) -> Line:
    problem = (
        "" if row.is_whole else _now("It has not as many columns as the first line.")
    )
    return Line(row.line, clean_text(row.text), row.language, problem)


def _checked(line: Line, language: str) -> Line:
    """With its language, and with what is wrong with it."""
    problem, code = line.problem, line.language or language
    known = {name.lower(): name for name, _words in settings.LANGUAGES}
    if not problem and code.lower() not in known:
        problem = _now("“%(code)s” is no language that can be read here.") % {
            "code": code[:20]
        }
    if not problem:
        try:
            validate_statement(line.text)
        except forms.ValidationError as error:
            problem = error.messages[0]
    return Line(line.number, line.text, known.get(code.lower(), code), problem)


def _of_line(number: int, problem: str) -> forms.ValidationError:
    return forms.ValidationError(
        _("Line %(line)d: %(problem)s"), params={"line": number, "problem": problem}
    )


def _too_many(n: int) -> forms.ValidationError:
    return forms.ValidationError(TOO_MANY, params={"n": n, "most": MAX_SEEDS})
