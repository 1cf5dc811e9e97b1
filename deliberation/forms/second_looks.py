"""A second verdict on a statement, by somebody who does not know the first."""

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation import queries
from deliberation.models import Conversation


class SecondVerdict(forms.Form):
    verdict = forms.ChoiceField(
        choices=[("accepted", _("Accept")), ("rejected", _("Reject"))],
        error_messages={"required": _("Choose to accept or to reject.")},
    )
    reason = forms.ChoiceField(
        label=_("Reason, if you reject"),
        required=False,
    )

    def __init__(
        self, data: object = None, *, conversation: Conversation, **more: object
    ) -> None:
        super().__init__(data, **more)  # type: ignore[arg-type]
        offered = queries.reasons.choices(conversation)
        field = self.fields["reason"]
        field.choices = [("", _("None in particular")), *offered]  # type: ignore[attr-defined]
