"""Which statement leads, and which are folded into it."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MARK = re.compile(r"(\d{1,9}):(\d{1,9})")


class Fold(forms.Form):
    """What is marked is folded; the one that leads is not, marked or not.

    seen : "number:revision" of each statement that the page showed
    """

    into = forms.TypedChoiceField(
        coerce=int,
        error_messages={
            "required": _("Choose the statement that leads."),
            "invalid_choice": _("Choose the statement that leads."),
        },
    )
    fold = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={
            "required": _("Mark at least one statement to fold."),
            "invalid_choice": _(
                "What you marked is not in this group any more: look at it again."
            ),
        },
    )
    although_opposite = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, leaders: Sequence[int], numbers: Sequence[int], **kwargs: Any
    ) -> None:
        """leaders : numbers of those that can lead; numbers : of all that are shown"""
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = [(n, n) for n in leaders]  # type: ignore[attr-defined]
        self.fields["fold"].choices = [(n, n) for n in numbers]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        folded = [n for n in cleaned.get("fold", []) if n != cleaned.get("into")]
        if not self.errors and not folded:
            self.add_error("fold", _("Mark at least one statement to fold."))
        return cleaned | {"fold": folded}

    @property
    def seen(self) -> dict[int, int]:
        """Numbers to revisions; what cannot be read is decided as it is now."""
        given = self.data.getlist("seen") if hasattr(self.data, "getlist") else []
        marks = [MARK.fullmatch(mark) for mark in given]
        return {int(mark[1]): int(mark[2]) for mark in marks if mark}
