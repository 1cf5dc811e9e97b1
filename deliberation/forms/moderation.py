"""A moderator's decisions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation.forms.fields import OneLineField
from deliberation.models import Statement


class Reject(forms.Form):
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose a reason")), *Statement.Reason.choices],
    )
    note = OneLineField(
        label=_("Note"),
        help_text=_("The author reads this, with the reason."),
        required=False,
        max_length=300,
    )
