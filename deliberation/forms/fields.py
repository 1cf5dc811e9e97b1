"""Fields that several forms share."""

from django import forms

from deliberation.validators import clean_text


class OneLineField(forms.CharField):
    """Text in one line: white space and control characters are tidied first."""

    def to_python(self, value: object) -> str:
        return clean_text(super().to_python(value) or "")
