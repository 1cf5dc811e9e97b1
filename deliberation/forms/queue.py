"""The queue as its address asks for it, and decisions on many of its statements."""

import re
from collections.abc import Sequence
from dataclasses import fields
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from deliberation.forms.fields import OneLineField
from deliberation.models import Statement
from deliberation.queries.queue import EVERY_STATE, FLAGGED, ORDERS, Filters

ANY = ("", _("Any"))
SORT_WORDS = {
    "oldest": _("Oldest first"),
    "newest": _("Newest first"),
    "alike": _("Most alike first"),
    "votes": _("Most votes first"),
    "author": _("Author’s votes, most first"),
}
MARK = re.compile(r"\d{1,9}:\d{1,9}")


class QueueFilter(forms.Form):
    """What cannot be read is left out, and said; the rest holds."""

    state = forms.ChoiceField(
        required=False,
        choices=[
            *Statement.State.choices,
            (FLAGGED, _("Flagged")),
            (EVERY_STATE, _("All")),
        ],
        widget=forms.HiddenInput,
    )
    words = OneLineField(
        label=_("Contains"),
        help_text=_("All these words, in any order."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "data-search": ""}),
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[(name, SORT_WORDS[name]) for name in ORDERS],
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    waits = forms.ChoiceField(
        label=_("Written"),
        required=False,
        choices=[
            ANY,
            ("1h", _("More than an hour ago")),
            ("1d", _("More than a day ago")),
            ("3d", _("More than 3 days ago")),
            ("7d", _("More than 7 days ago")),
        ],
    )
    reason = forms.ChoiceField(label=_("Reason"), required=False)
    votes = forms.ChoiceField(
        label=_("Votes"),
        required=False,
        choices=[ANY, ("some", _("Has votes")), ("none", _("Has none"))],
    )
    seed = forms.ChoiceField(
        label=_("Seed statements"),
        required=False,
        choices=[ANY, ("yes", _("Only these")), ("no", _("All others"))],
    )
    author_of = forms.IntegerField(
        label=_("By the author of statement"),
        required=False,
        min_value=0,
        max_value=10**9,
    )
    similar_to = forms.IntegerField(
        label=_("Similar to statement"), required=False, min_value=0, max_value=10**9
    )
    group = forms.IntegerField(
        required=False, min_value=0, max_value=10**9, widget=forms.HiddenInput
    )

    def __init__(
        self,
        *args: Any,
        languages: Sequence[str],
        reasons: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        names = dict(settings.LANGUAGES)
        self._offer("language", [(code, names.get(code, code)) for code in languages])
        self._offer("reason", reasons)

    def _offer(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = [ANY, *choices]

    def filters(self) -> Filters:
        self.is_valid()
        asked = {
            field.name: self.cleaned_data.get(field.name) for field in fields(Filters)
        }
        return Filters(**{k: v for k, v in asked.items() if v not in ("", None)})

    @property
    def n_more(self) -> int:
        """How many filters are set beside those that always stand open."""
        filters, usual = self.filters(), Filters()
        named = {field.name for field in fields(Filters)}
        return sum(
            getattr(filters, name) != getattr(usual, name)
            for name in named - {"state", "words", "sort"}
        )


class Sweep(forms.Form):
    """One decision on the statements of a page that are marked, or on the others.

    It is written in one button, "reject:others:spam", and holds for what the page
    showed: `seen` names each of its statements with the revision that was looked at.
    """

    KINDS = ("accept", "reject", "meta", "lead")
    SCOPES = ("marked", "others", "matching")

    do = forms.CharField(max_length=60)
    note = OneLineField(required=False, max_length=300)

    def __init__(
        self, *args: Any, reasons: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._reasons = {code for code, _words in reasons}
        self.kind = self.scope = self.reason = ""
        self.lead = 0
        # Numbers to revisions, of all that the page showed.
        self.seen: dict[int, int] = {}
        self.marked: set[int] = set()

    @property
    def numbers(self) -> set[int]:
        """Of the statements that it is about."""
        return set(self.seen) - self.marked if self.scope == "others" else self.marked

    def clean_do(self) -> str:
        asked = str(self.cleaned_data["do"])
        self.kind, _colon, rest = asked.partition(":")
        self.scope, _colon, self.reason = rest.partition(":")
        is_lead = self.kind == "lead" and self.scope.isdecimal()
        if is_lead:
            self.lead = int(self.scope)
        if self.kind not in self.KINDS or not (is_lead or self.scope in self.SCOPES):
            raise forms.ValidationError(_("This is nothing that can be decided."))
        if self.kind == "reject" and self.reason not in self._reasons:
            raise forms.ValidationError(_("Choose a reason to reject them."))
        return asked

    def clean(self) -> dict[str, Any]:
        marks = " ".join(_listed(self.data, "seen")).split()
        numbers = " ".join(_listed(self.data, "statement")).split()
        if not all(map(MARK.fullmatch, marks)) or not all(map(_is_number, numbers)):
            raise forms.ValidationError(
                _("What you sent is not whole: load the page again.")
            )
        self.seen = {int(n): int(r) for n, r in (mark.split(":") for mark in marks)}
        self.marked = set(map(int, numbers))
        is_of_page = self.scope in ("marked", "others")
        if is_of_page and not self.errors and not self.numbers:
            raise forms.ValidationError(
                _("Mark at least one statement.")
                if self.scope == "marked"
                else _("There is no other statement on this page.")
            )
        return self.cleaned_data


class SaveView(forms.Form):
    name = OneLineField(label=_("Name of this view"), max_length=40)
    query = forms.CharField(
        required=False,
        max_length=500,
        error_messages={
            "max_length": _("This view is too long to keep: search for fewer words.")
        },
    )


def _listed(data: Any, name: str) -> list[str]:
    return data.getlist(name) if hasattr(data, "getlist") else []


def _is_number(word: str) -> bool:
    return word.isdecimal() and len(word) < 10
