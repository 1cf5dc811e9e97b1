"""A moderator's decisions on one statement."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation.forms.fields import OneLineField


class Decide(forms.Form):
    """`seen` is the revision that was looked at; without it there is no clash."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class Reject(Decide):
    reason = forms.ChoiceField(label=_("Reason"))
    note = OneLineField(
        label=_("Note"),
        help_text=_("The author reads this, with the reason."),
        required=False,
        max_length=300,
    )

    def __init__(
        self, *args: Any, reasons: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        """reasons : (code, words) of those that the conversation offers"""
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["reason"])
        field.choices = [("", _("Choose a reason")), *reasons]


class Meta(Decide):
    is_meta = forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))])

    def clean_is_meta(self) -> bool:
        return bool(self.cleaned_data["is_meta"] == "yes")


class Flag(forms.Form):
    flag_note = OneLineField(
        label=_("Note to colleagues"),
        help_text=_("Only those who run this conversation read it."),
        required=False,
        max_length=200,
    )


class TakeBack(forms.Form):
    batch = forms.CharField(max_length=24)
