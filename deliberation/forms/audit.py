"""Which events of the audit log to show."""

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation.forms.fields import OneLineField


class AuditFilter(forms.Form):
    """Everything may be empty; the choices are what the log holds."""

    action = forms.ChoiceField(label=_("What was done"), required=False)
    by = forms.ChoiceField(label=_("By whom"), required=False)
    target = OneLineField(
        label=_("To what"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"placeholder": "statement 12", "dir": "ltr"}),
    )
    since = forms.DateField(
        label=_("From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self,
        data: object = None,
        *,
        actions: list[tuple[str, str]],
        people: list[str],
    ) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        everything = ("", _("Everything"))
        self.fields["action"].choices = [everything, *actions]  # type: ignore[attr-defined]
        self.fields["by"].choices = [  # type: ignore[attr-defined]
            ("", _("Everybody")),
            *((name, name) for name in people),
        ]

    def clean(self) -> dict[str, object]:
        given = self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day comes before the first."))
        return given
