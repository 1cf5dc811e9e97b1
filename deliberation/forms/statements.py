"""Writing a statement of one's own."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation.forms.fields import OneLineField
from deliberation.validators import MAX_STATEMENT_LENGTH, validate_statement

MOST_CONSIDERED = 20
ID = re.compile(r"[0-9]{1,18}")


class ConsideredField(forms.CharField):
    """Ids of the suggestions that the page has shown, "12,7": a set of numbers."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: object) -> frozenset[int]:  # type: ignore[override]
        ids = str(value or "").split(",")[:MOST_CONSIDERED]
        return frozenset(int(each) for each in ids if ID.fullmatch(each))


class SubmitStatement(forms.Form):
    """What somebody says, and which statements she has seen that may say the same.

    limit : of the conversation, in graphemes
    """

    text = OneLineField(
        label=_("Your statement"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Write a sentence in words.")},
    )
    considered = ConsideredField()

    def __init__(
        self,
        data: object = None,
        *,
        limit: int = MAX_STATEMENT_LENGTH,
        **more: object,
    ) -> None:
        super().__init__(data, **more)  # type: ignore[arg-type]
        self.limit = limit

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        validate_statement(text, limit=self.limit)
        return text
