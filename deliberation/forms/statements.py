"""Writing a statement of one's own."""

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation.forms.fields import OneLineField
from deliberation.validators import validate_statement


class SubmitStatement(forms.Form):
    text = OneLineField(
        label=_("Your statement"),
        validators=[validate_statement],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write a sentence in words.")},
    )
