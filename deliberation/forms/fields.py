"""Fields that several forms share."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation.validators import clean_text

# Of a client's name of one event.
KEY_PATTERN = "[A-Za-z0-9-]{8,36}"

Read = TypeVar("Read")


class OneLineField(forms.CharField):
    """Text in one line: white space and control characters are tidied first."""

    def to_python(self, value: object) -> str:
        return clean_text(super().to_python(value) or "")


def each_line(
    lines: Iterable[tuple[int, str]], read: Callable[[str], Read]
) -> list[Read]:
    """What `read` makes of numbered lines; every one that it refuses is named."""
    found, errors = [], []
    for n, line in lines:
        try:
            found.append(read(line))
        except forms.ValidationError as error:
            problem = {"line": n, "problem": error.messages[0]}
            words = _("Line %(line)d: %(problem)s")
            errors.append(forms.ValidationError(words, params=problem))
    if errors:
        raise forms.ValidationError(errors)
    return found
