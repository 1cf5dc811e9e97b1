"""Setting a conversation up."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from deliberation.forms.fields import OneLineField, each_line
from deliberation.models import Conversation
from deliberation.validators import (
    MAX_QUESTION_LENGTH,
    clean_paragraphs,
    clean_text,
    validate_slug,
    validate_statement,
)

MAX_SEEDS = 500


class NewConversation(forms.Form):
    question = OneLineField(
        label=_("Question"),
        help_text=_("What people are asked, in one sentence."),
        max_length=MAX_QUESTION_LENGTH,
    )
    slug = forms.CharField(
        label=_("Address"),
        help_text=_("The end of the link: small letters, digits and hyphens."),
        validators=[validate_slug],
    )
    description = forms.CharField(
        label=_("Description"),
        help_text=_("Why you ask, who asks, and what will happen with the result."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    moderation = forms.ChoiceField(
        label=_("New statements"),
        choices=Conversation.Moderation.choices,
        initial=Conversation.Moderation.BEFORE,
        widget=forms.RadioSelect,
    )

    def clean_description(self) -> str:
        return clean_paragraphs(self.cleaned_data["description"])


class Seeds(forms.Form):
    """One seed statement a line."""

    seeds = forms.CharField(
        label=_("Seed statements"),
        help_text=_("One statement a line."),
        # An empty first line counts when a later one is named by its number.
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def clean_seeds(self) -> list[str]:
        """The statements in order, empty lines dropped; every bad line is named."""
        lines = self.cleaned_data["seeds"].splitlines()
        texts = [(n, clean_text(line)) for n, line in enumerate(lines, 1)]
        texts = [(n, text) for n, text in texts if text]
        if len(texts) > MAX_SEEDS:
            raise forms.ValidationError(
                _("These are %(n)d lines; at most %(most)d fit in one go."),
                params={"n": len(texts), "most": MAX_SEEDS},
            )
        each_line(texts, validate_statement)
        return [text for _n, text in texts]
