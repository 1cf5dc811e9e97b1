"""Asking for news by e-mail."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Subscribe(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("This is no e-mail address: it looks like name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )

    def clean_email(self) -> str:
        """In small letters: one address is one subscription."""
        return str(self.cleaned_data["email"]).lower()
