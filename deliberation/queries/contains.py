"""Full-text search: texts that hold all of some words, in any order and any script.

The texts of a conversation are read and compared here, not in the database: neither of
ours compares without accents in every script, and ten thousand texts are a megabyte.
"""

import unicodedata
from functools import lru_cache

from django.db.models import Q, QuerySet

from deliberation.models import Statement
from deliberation.similarity.words import without_marks


def containing(statements: QuerySet[Statement], words: str) -> list[int]:
    """Ids of the statements whose text holds every one of the words, or parts of it.

    Capitals and accents make no difference.
    """
    asked = folded(words).split()
    texts = _likely(statements, asked).order_by().values_list("pk", "text")
    return [pk for pk, text in texts if _holds(folded(text), asked)]


def _likely(statements: QuerySet[Statement], asked: list[str]) -> QuerySet[Statement]:
    """Without those that cannot hold the words: in plain letters, as the database sees."""
    other_letters = Q(text__regex=r"[^\x01-\x7F]")
    for word in asked:
        if word.isascii():
            statements = statements.filter(Q(text__icontains=word) | other_letters)
    return statements


# Who searches, searches again, and texts are what they were.
@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    return without_marks(unicodedata.normalize("NFKC", text).casefold())


def _holds(text: str, asked: list[str]) -> bool:
    return all(word in text for word in asked)
