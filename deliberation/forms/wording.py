"""Better words for a statement: in one, or in several."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation.forms.fields import OneLineField
from deliberation.validators import MAX_STATEMENT_LENGTH, validate_statement

MAX_PARTS = 5


class _Wording(forms.Form):
    """`seen` is the revision that was looked at; `limit` is of the conversation."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, data: object = None, *, limit: int = MAX_STATEMENT_LENGTH, **more: Any
    ) -> None:
        super().__init__(data, **more)  # type: ignore[arg-type]
        self.limit = limit


def _words(label: Any, *, required: bool) -> OneLineField:
    return OneLineField(
        label=label,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Write a sentence in words.")},
    )


class Words(_Wording):
    text = _words(_("The statement in better words"), required=True)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        validate_statement(text, limit=self.limit)
        return text

    @property
    def texts(self) -> list[str]:
        return [self.cleaned_data["text"]]


class Parts(_Wording):
    """Up to five; those that are left empty are none."""

    part_1 = _words(_("First part"), required=True)
    part_2 = _words(_("Second part"), required=True)
    part_3 = _words(_("Third part, if there is one"), required=False)
    part_4 = _words(_("Fourth part, if there is one"), required=False)
    part_5 = _words(_("Fifth part, if there is one"), required=False)

    def clean(self) -> dict[str, Any]:
        super().clean()
        for name in self.names:
            if text := self.cleaned_data.get(name):
                try:
                    validate_statement(text, limit=self.limit)
                except forms.ValidationError as error:
                    self.add_error(name, error)
        return self.cleaned_data

    @property
    def names(self) -> list[str]:
        return [f"part_{n}" for n in range(1, MAX_PARTS + 1)]

    @property
    def fields_of_parts(self) -> list[forms.BoundField]:
        return [self[name] for name in self.names]

    @property
    def texts(self) -> list[str]:
        written = (self.cleaned_data.get(name, "") for name in self.names)
        return [text for text in written if text]
