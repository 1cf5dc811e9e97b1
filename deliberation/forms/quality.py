"""Who is looked at, why somebody is left out, and what counts as a sign"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation import thresholds
from deliberation.forms.fields import OneLineField
from deliberation.models import ParticipationSign

MAX_REASON = 300
# Chosen at once; all who show a sign need no list.
MOST_CHOSEN = 20_000


class PeopleField(forms.TypedMultipleChoiceField):
    """Numbers of participants, whatever they are: the action knows which there are."""

    def valid_value(self, value: object) -> bool:
        text = str(value)
        return text.isascii() and text.isdigit() and len(text) < 19

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > MOST_CHOSEN:
            raise forms.ValidationError(
                _("These are %(n)d people; at most %(most)d can be chosen at once."),
                params={"n": len(value), "most": MOST_CHOSEN},
            )


class ChoosePeople(forms.Form):
    """Some by their numbers, or all who show a sign: `all` with its kind or without."""

    person = PeopleField(
        coerce=int,
        required=False,
        error_messages={
            "invalid_choice": _("“%(value)s” is no number of a participant.")
        },
    )
    everybody = forms.BooleanField(required=False)
    kind = forms.ChoiceField(
        choices=[("", ""), *ParticipationSign.Kind.choices],
        required=False,
        error_messages={"invalid_choice": _("“%(value)s” is no sign.")},
    )


class WithReason(forms.Form):
    reason = OneLineField(
        label=_("Reason"),
        help_text=_(
            "Everybody can read it beside the results. Say what was done, and name"
            " nobody: “30 people voted within one minute, all the same way.”"
        ),
        max_length=MAX_REASON,
        error_messages={
            "required": _("Say why: the reason is told to everybody, without names.")
        },
    )
    person = PeopleField(coerce=int, required=False)
    comparison = forms.IntegerField(required=False, widget=forms.HiddenInput)


class QualityRule(forms.Form):
    """A field for each threshold, with its usual value said beside it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in thresholds.ALL:
            kind: Any = forms.IntegerField if one.is_whole else forms.FloatField
            self.fields[one.name] = kind(
                label=one.words,
                min_value=one.least,
                max_value=one.most,
                help_text=_("Usually %(usual)s; between %(least)s and %(most)s.")
                % {
                    "usual": f"{one.usual:g}",
                    "least": f"{one.least:g}",
                    "most": f"{one.most:,g}" if one.most < 1e6 else "1,000,000",
                },
            )
            self.fields[one.name].widget.attrs["step"] = "1" if one.is_whole else "any"
