"""Objecting to a decision, and answering."""

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation.forms.fields import OneLineField
from deliberation.models import Appeal
from deliberation.validators import validate_objection


class Objection(forms.Form):
    text = OneLineField(
        label=_("What should another moderator know?"),
        help_text=_(
            "You can object once. Your words go to the moderators and to nobody else."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Say in a sentence why you object.")},
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        validate_objection(text)
        return text


class AppealAnswer(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            (Appeal.Outcome.UPHELD.value, _("The decision stands")),
            (Appeal.Outcome.GRANTED.value, _("Show the statement again")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    answer = OneLineField(
        label=_("To the author"),
        help_text=_("The author reads this with the answer."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": _("Give the author a reason in a sentence.")},
    )
