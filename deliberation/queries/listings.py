"""The statements that are shown now, and the words of those that a page shows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.utils.translation import get_language

from deliberation.models import Conversation, Statement
from deliberation.queries import figures, overview, translations
from deliberation.queries.figures import StatementView
from deliberation.queries.overview import Overview

# What a list of a page holds: a statement, or something that is said of one.
Entry = TypeVar("Entry", bound=Any)


@dataclass(frozen=True)
class Listing:
    """All statements that are shown, by number, without words."""

    views: list[StatementView]

    def first(self, entries: Iterable[Entry], n: int) -> list[Entry]:
        """So many of those that are still shown."""
        shown = {view.pk for view in self.views}
        return [entry for entry in entries if _statement(entry).pk in shown][:n]

    def holding(self, sought: str) -> list[StatementView]:
        """Those that hold each of the words, whatever their case, or have them as
        number; one query where there are words."""
        parts = sought.casefold().split()
        if not parts:
            return self.views
        words = Words.of(self.views)
        return [
            view
            for view in self.views
            if all(part in words.both(view).casefold() for part in parts)
            or parts == [str(view.number)]
        ]


@dataclass(frozen=True)
class Words:
    """Texts and languages by statement id, as they are now; translations of those that
    moderators wrote in the reader's language."""

    known: dict[int, tuple[str, str, str]]
    reader: str

    @classmethod
    def of(cls, *lists: Iterable[Any]) -> "Words":
        """Of all entries; one query."""
        pks = {_statement(entry).pk for entries in lists for entry in entries}
        reader = get_language() or ""
        return cls(translations.words(pks, reader), reader)

    def both(self, view: StatementView) -> str:
        """The text and its translation, to seek in."""
        text, _language, translation = self.known.get(view.pk, ("", "", ""))
        return f"{text}\n{translation}"

    def told(self, entries: Iterable[Entry]) -> list[Entry]:
        """The same entries with their statements' words."""
        return [self._told(entry) for entry in entries]

    def _told(self, entry: Any) -> Any:
        view = _statement(entry)
        text, language, translation = self.known.get(view.pk, ("", "", ""))
        worded = figures.worded(view, text, language, translation, self.reader)
        return worded if entry is view else replace(entry, statement=worded)


def of(conversation: Conversation, known: Overview) -> Listing:
    """One query; a statement that is newer than the run has no votes yet."""
    shown = Statement.objects.shown(conversation).order_by("number")
    return Listing(
        [
            known.views.get(pk) or overview.without_votes(pk, number, is_meta)
            for pk, number, is_meta in shown.values_list("pk", "number", "is_meta")
        ]
    )


def _statement(entry: Any) -> StatementView:
    return entry if isinstance(entry, StatementView) else entry.statement
