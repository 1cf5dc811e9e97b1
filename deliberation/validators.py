"""Rules of input, shared by forms, commands and models."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

MAX_STATEMENT_LENGTH = 280
MAX_QUESTION_LENGTH = 200
MAX_PRINCIPLE_LENGTH = 600

# Embeddings, overrides and isolates of the Unicode bidirectional algorithm.
TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})

# Addresses of ours that a conversation's slug must not shadow.
RESERVED_SLUGS = frozenset({"new", "import"})


def validate_slug(value: str) -> None:
    """Small letters, digits and single hyphens, two to sixty characters."""
    if (
        not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", value)
        or not 2 <= len(value) <= 60
    ):
        raise ValidationError(
            _(
                "Use 2 to 60 small letters, digits and single hyphens for the"
                " address, like clean-rivers-2026."
            ),
            code="slug",
        )
    if value in RESERVED_SLUGS:
        raise ValidationError(
            _("“%(slug)s” is an address of this site; choose another."),
            code="slug",
            params={"slug": value},
        )


def clean_text(value: str) -> str:
    """One line of NFC text: no control characters, no runs of white space.

    Nor what turns the direction of writing: it would reorder the page around it.
    """
    visible = "".join(
        " " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c
        for c in value
        if unicodedata.bidirectional(c) not in TURNING
    )
    return " ".join(unicodedata.normalize("NFC", visible).split())


def clean_paragraphs(value: str) -> str:
    """As `clean_text`, line by line: lines and empty lines between them are kept."""
    return "\n".join(clean_text(line) for line in value.splitlines()).strip()


def validate_statement(value: str) -> None:
    """Holds letters, and no more characters than a card can show."""
    _validate_text(value, limit=MAX_STATEMENT_LENGTH)


def validate_principle(value: str) -> None:
    """Holds letters, and is short enough to be one sentence."""
    _validate_text(value, limit=MAX_PRINCIPLE_LENGTH)


def _validate_text(value: str, *, limit: int) -> None:
    if not any(unicodedata.category(c).startswith("L") for c in value):
        raise ValidationError(_("Write a sentence in words."), code="empty")
    if len(value) > limit:
        raise ValidationError(
            ngettext_lazy(
                "This is %(excess)d character too long; the limit is %(limit)d.",
                "This is %(excess)d characters too long; the limit is %(limit)d.",
                "excess",
            ),
            code="too_long",
            params={"excess": len(value) - limit, "limit": limit},
        )
