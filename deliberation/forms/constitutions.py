"""Drafting a constitution."""

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation.forms.fields import OneLineField
from deliberation.tallies import MIN_VOTES
from deliberation.validators import validate_principle


class DraftRule(forms.Form):
    """By what rule statements become principles."""

    threshold = forms.IntegerField(
        label=_("Every group agrees with at least (percent)"),
        min_value=1,
        max_value=100,
    )
    max_principles = forms.IntegerField(
        label=_("At most so many principles"), min_value=1, max_value=500
    )
    min_votes = forms.IntegerField(
        label=_("Least votes of every group on a statement"),
        min_value=MIN_VOTES,
        max_value=10_000,
    )


class Reword(forms.Form):
    text = OneLineField(
        label=_("Principle"),
        validators=[validate_principle],
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class Move(forms.Form):
    direction = forms.ChoiceField(choices=[("up", _("Up")), ("down", _("Down"))])
