"""The rules of moderation as a conversation writes them: its policy and its reasons."""

from typing import TypedDict

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation.forms.fields import OneLineField
from deliberation.models import Conversation
from deliberation.models.reason import Reason
from deliberation.validators import clean_paragraphs, clean_text

MAX_OWN = 6
MAX_WORDS = 120


class Reasons(TypedDict):
    code: str
    words: str
    is_offered: bool


class Policy(forms.Form):
    policy = forms.CharField(
        label=_("By what rules statements are accepted"),
        help_text=_(
            "Everybody can read this, beside the box for new statements and above the"
            " log of decisions. Lists and emphasis as in Markdown."
        ),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    own = forms.CharField(
        label=_("Reasons of your own"),
        help_text=_("One a line, as the author will read it; at most six."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, data: object = None, *, conversation: Conversation, **more: object
    ) -> None:
        self.before = {reason["code"]: reason for reason in conversation.reasons}
        own = [
            reason["words"]
            for reason in conversation.reasons
            if reason["code"] not in Reason.values and reason["is_offered"]
        ]
        initial = {"policy": conversation.policy, "own": "\n".join(own)}
        super().__init__(data, initial=initial, **more)  # type: ignore[arg-type]
        for code, usual in Reason.choices:
            known = self.before.get(code, {"words": "", "is_offered": True})
            self.fields[f"use_{code}"] = forms.BooleanField(
                label=usual, required=False, initial=known["is_offered"]
            )
            self.fields[f"words_{code}"] = OneLineField(
                label=_("In your words"),
                required=False,
                max_length=MAX_WORDS,
                initial=known["words"],
                widget=forms.TextInput(attrs={"placeholder": _("In your words")}),
            )

    def usual(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Whether a reason is used, and how it is worded, for each of the usual ones."""
        return [(self[f"use_{code}"], self[f"words_{code}"]) for code in Reason.values]

    def clean_policy(self) -> str:
        return clean_paragraphs(self.cleaned_data["policy"])

    def clean_own(self) -> list[str]:
        lines = [clean_text(line) for line in self.cleaned_data["own"].splitlines()]
        lines = list(dict.fromkeys(line for line in lines if line))
        if len(lines) > MAX_OWN:
            raise forms.ValidationError(
                _("These are %(n)d reasons of your own; at most %(most)d can be kept."),
                params={"n": len(lines), "most": MAX_OWN},
            )
        if too_long := [line for line in lines if len(line) > MAX_WORDS]:
            raise forms.ValidationError(
                _("“%(line)s …” is too long; say it in %(most)d characters."),
                params={"line": too_long[0][:30], "most": MAX_WORDS},
            )
        return lines

    def clean(self) -> dict[str, object]:
        given = self.cleaned_data
        used = [code for code in Reason.values if given.get(f"use_{code}")]
        if "own" in given and len(used) + len(given["own"]) < 2:
            raise forms.ValidationError(
                _("Keep two reasons at least: moderators have to choose from some.")
            )
        return given

    def reasons(self) -> list[Reasons]:
        """As a conversation keeps them; what is offered no more stays for its words."""
        given = self.cleaned_data
        usual = [
            Reasons(
                code=code,
                words=given[f"words_{code}"],
                is_offered=given[f"use_{code}"],
            )
            for code in Reason.values
        ]
        return [*usual, *self._own(given["own"])]

    def _own(self, lines: list[str]) -> list[Reasons]:
        known = {
            reason["words"]: code
            for code, reason in self.before.items()
            if code not in Reason.values
        }
        free = (code for n in range(1, 1000) if (code := f"own_{n}") not in self.before)
        offered = {known.get(line) or next(free): line for line in lines}
        gone = {code: words for words, code in known.items() if code not in offered}
        return [
            *(Reasons(code=c, words=w, is_offered=True) for c, w in offered.items()),
            *(Reasons(code=c, words=w, is_offered=False) for c, w in gone.items()),
        ]
