"""The statements that are shown now, and the words of those that a page shows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from deliberation.models import Conversation, Statement
from deliberation.queries import figures, overview
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
            if all(part in words.text(view).casefold() for part in parts)
            or parts == [str(view.number)]
        ]


@dataclass(frozen=True)
class Words:
    """Texts and languages by statement id, as they are now."""

    known: dict[int, tuple[str, str]]

    @classmethod
    def of(cls, *lists: Iterable[Any]) -> "Words":
        """Of all entries; one query."""
        pks = {_statement(entry).pk for entries in lists for entry in entries}
        rows = Statement.objects.filter(pk__in=pks)
        return cls(
            {pk: (t, x) for pk, t, x in rows.values_list("pk", "text", "language")}
        )

    def text(self, view: StatementView) -> str:
        return self.known.get(view.pk, ("", ""))[0]

    def told(self, entries: Iterable[Entry]) -> list[Entry]:
        """The same entries with their statements' words."""
        return [self._told(entry) for entry in entries]

    def _told(self, entry: Any) -> Any:
        view = _statement(entry)
        text, language = self.known.get(view.pk, ("", ""))
        worded = figures.worded(view, text, language)
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
