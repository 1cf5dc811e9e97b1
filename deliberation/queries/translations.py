"""What moderators wrote in other languages: to show it, and to see what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from deliberation.models import (
    Conversation,
    ConversationTranslation,
    Statement,
    StatementTranslation,
)
from deliberation.queries.moderation import NoSuchStatement


@dataclass(frozen=True)
class Progress:
    """How far a language is. `n_all` statements are shown that are in none of its words.

    asks_for_words : the conversation itself is in another language; has_words : and its
    question is translated
    """

    language: str
    n_translated: int
    n_all: int
    asks_for_words: bool
    has_words: bool
    is_wanted: bool = False

    @property
    def n_missing(self) -> int:
        return self.n_all - self.n_translated

    @property
    def is_whole(self) -> bool:
        return not self.n_missing and self.has_words >= self.asks_for_words


# --- To show -------------------------------------------------------------------------


def of_statements(ids: Iterable[int], language: str) -> dict[int, str]:
    """Texts by statement id, of those that have one; one query."""
    rows = StatementTranslation.objects.filter(statement__in=ids, language=language)
    return dict(rows.values_list("statement_id", "text"))


def words(ids: Iterable[int], language: str) -> dict[int, tuple[str, str, str]]:
    """Text, language and translation ("" without one) by statement id; one query."""
    mine = _translations(language).filter(statement=OuterRef("pk")).values("text")
    rows = Statement.objects.filter(pk__in=ids).values_list(
        "pk", "text", "language", Subquery(mine)
    )
    return {pk: (text, spoken, said or "") for pk, text, spoken, said in rows}


def of_conversation(
    conversation: Conversation, language: str
) -> ConversationTranslation | None:
    rows = ConversationTranslation.objects.filter(conversation=conversation)
    return rows.filter(language=language).first()


def worded(conversations: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """With `translated_question` and its like in the language that is active now."""
    language = get_language() or ""
    mine = ConversationTranslation.objects.filter(
        conversation=OuterRef("pk"), language=language
    )
    in_words: dict[str, Any] = {"translated_language": Value(language)}
    in_words |= {
        f"translated_{name}": Coalesce(
            Subquery(mine.values(name)), Value(""), output_field=TextField()
        )
        for name in ("question", "description")
    }
    return conversations.annotate(**in_words)


# --- To translate --------------------------------------------------------------------


def progress(conversation: Conversation) -> list[Progress]:
    """Of every language of the interface, those that are wanted first."""
    shown = Statement.objects.shown(conversation)
    written = _counts(shown)
    translations = StatementTranslation.objects.filter(statement__in=shown)
    translated = _counts(translations)
    words = set(conversation.translations.values_list("language", flat=True))
    n_all = sum(written.values())
    found = [
        Progress(
            language=language,
            n_translated=translated.get(language, 0),
            n_all=n_all
            - sum(written.get(spoken, 0) for spoken in _spellings(language)),
            asks_for_words=conversation.language != language,
            has_words=language in words,
            is_wanted=language in conversation.languages,
        )
        for language, _name in settings.LANGUAGES
    ]
    return sorted(found, key=lambda one: not one.is_wanted)


def to_translate(
    conversation: Conversation, language: str, *, only_missing: bool
) -> QuerySet[Statement]:
    """What is shown in other languages, by number, with its `translation` or ""."""
    shown = Statement.objects.shown(conversation)
    rows = _translated(shown.exclude(language__in=_spellings(language)), language)
    if only_missing:
        rows = rows.exclude(pk__in=_translations(language).values("statement"))
    return rows.order_by("number", "id")


def statement(conversation: Conversation, number: int, language: str) -> Statement:
    """One of them with its `translation`. Raises NoSuchStatement."""
    rows = Statement.objects.filter(conversation=conversation, number=number)
    found = _translated(rows, language).first()
    if found is None:
        raise NoSuchStatement(number=number)
    return found


def _translations(language: str) -> QuerySet[StatementTranslation]:
    return StatementTranslation.objects.filter(language=language)


def _translated(statements: QuerySet[Statement], language: str) -> QuerySet[Statement]:
    mine = _translations(language).filter(statement=OuterRef("pk"))
    return statements.annotate(
        translation=Coalesce(
            Subquery(mine.values("text")), Value(""), output_field=TextField()
        )
    )


def _counts(
    rows: QuerySet[Statement] | QuerySet[StatementTranslation],
) -> dict[str, int]:
    counted = rows.order_by().values("language").annotate(n=Count("pk"))
    return dict(counted.values_list("language", "n"))


def _spellings(language: str) -> set[str]:
    """A statement may say "pt" of itself where the interface says "pt-br"."""
    return {language, language.partition("-")[0]}
