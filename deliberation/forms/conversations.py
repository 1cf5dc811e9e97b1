"""Seed statements from lines."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from deliberation.forms.fields import each_line
from deliberation.validators import clean_text, validate_statement

MAX_SEEDS = 500


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
