"""Being forgotten."""

from django import forms
from django.utils.translation import gettext_lazy as _

KEEP, REMOVE = "keep", "remove"


class Erasure(forms.Form):
    """What is to become of one's own statements; without a word they stay."""

    statements = forms.ChoiceField(
        label=_("Your statements"),
        choices=[
            (KEEP, _("They stay, and nothing says any more that they are yours")),
            (REMOVE, _("They go too: nobody reads them or votes on them any more")),
        ],
        initial=KEEP,
        required=False,
        widget=forms.RadioSelect,
    )

    @property
    def takes_statements(self) -> bool:
        """Once it is valid: whether they go."""
        return bool(self.cleaned_data["statements"] == REMOVE)
