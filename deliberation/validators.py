"""Rules of input, shared by forms, commands and models."""

import re
import unicodedata
from collections.abc import Sequence

import regex
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

MAX_STATEMENT_LENGTH = 280
MAX_QUESTION_LENGTH = 200
MAX_PRINCIPLE_LENGTH = 600
MIN_OBJECTION_LENGTH, MAX_OBJECTION_LENGTH = 10, 500

# Embeddings, overrides and isolates of the Unicode bidirectional algorithm.
TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})

# Half a pair of UTF-16, which no text holds, and signs that nobody sees.
INVISIBLE = frozenset({"\u200b", "\u2060", "\ufeff", "\u00ad"})

# Languages heap up to three marks on a letter, old scripts four.
MAX_MARKS = 5
# A family of emoji takes eleven code points, a syllable of an Indian script fewer.
MAX_GRAPHEME = 16
# "Nooooo" is a word, whatever is longer is a pillow on the keyboard.
MAX_REPEATED = 12
MARKS = regex.compile(rf"[\p{{Mn}}\p{{Me}}]{{{MAX_MARKS + 1}}}")
GRAPHEME = regex.compile(r"\X")

# Ends of addresses that begin no sentence, when a space after a full stop is missing.
ENDS = (
    "com|net|org|info|biz|xyz|top|shop|online|site|club|app|dev|io|co|edu|gov|eu|"
    "ru|cn|uk|de|fr|jp|kr|br|nl|pl|ch|au|ly|gl|gg|рф|укр|中国|公司|网络|한국|भारत|مصر|السعودية"
)
LINKS = re.compile(
    r"[a-z][a-z0-9+.-]{1,20}:// | \bwww\. | \b(?:mailto|tel|javascript):\S"
    # somebody@example.org
    r"| [^\s@]@[^\s@.]+\.\w"
    # example.org, and any.name/with-a-path
    rf"| \w\.(?-i:{ENDS}|{ENDS.upper()})(?![\w-])"
    r"| \w\.[^\W\d]{2,24}/\w"
    # written so that no program sees it: example [dot] org
    r"| [\[({]\s?(?:dot|at|punkt|punto|point)\s?[\])}]"
    # 192.0.2.1:80; without the port it may be a sum
    r"| \b\d{1,3}(?:\.\d{1,3}){3}[:/]\d",
    re.IGNORECASE | re.VERBOSE,
)
# +1 (202) 555-0143, 0044 20 7946 0000, (030) 901820
PHONES = re.compile(
    r"(?<![\w.,])(?<!\d\s)(?:\+|\(?0)\d(?:[\s()./-]{0,2}\d){7,16}(?!\w)"
)

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
        and c not in INVISIBLE
        and unicodedata.category(c) != "Cs"
    )
    return " ".join(unicodedata.normalize("NFC", visible).split())


def clean_paragraphs(value: str) -> str:
    """As `clean_text`, line by line: lines and empty lines between them are kept."""
    return "\n".join(clean_text(line) for line in value.splitlines()).strip()


def clean_markdown(value: str) -> str:
    """As `clean_paragraphs`, and the spaces that lines begin with are kept: they mean
    something in Markdown. A tab is four."""
    lines = (line.replace("\t", "    ") for line in value.splitlines())
    kept = (
        " " * (len(line) - len(line.lstrip(" "))) + clean_text(line) for line in lines
    )
    return "\n".join(line.rstrip() for line in kept).strip("\n")


def graphemes(value: str) -> list[str]:
    """What a reader takes for single characters, in any script."""
    return [found.group() for found in GRAPHEME.finditer(value)]


def validate_statement(value: str, *, limit: int = MAX_STATEMENT_LENGTH) -> None:
    """A sentence in words that fits on a card, and leads nowhere else.

    limit : in graphemes

    Markup is let through: it is text, and shown as such.
    """
    _validate_text(value, limit=limit)
    _validate_words(value)
    _validate_no_link(value)


def validate_objection(value: str) -> None:
    """Long enough to say why, short enough to be read, and leads nowhere else."""
    _validate_text(value, limit=MAX_OBJECTION_LENGTH)
    if len(graphemes(value)) < MIN_OBJECTION_LENGTH:
        raise ValidationError(
            _("Say a little more: at least %(least)d characters."),
            code="too_short",
            params={"least": MIN_OBJECTION_LENGTH},
        )
    _validate_words(value)
    _validate_no_link(value)


def validate_principle(value: str) -> None:
    """Holds letters, and is short enough to be one sentence."""
    _validate_text(value, limit=MAX_PRINCIPLE_LENGTH)


def holds_link(value: str) -> bool:
    """Whether a web, mail or network address or a phone number is in it.

    Numbers, dates, sums, and sentences without a space between them are none.
    """
    plain = unicodedata.normalize("NFKC", value)
    return bool(LINKS.search(plain) or PHONES.search(plain))


def _validate_text(value: str, *, limit: int) -> None:
    if not any(unicodedata.category(c).startswith("L") for c in value):
        raise ValidationError(_("Write a sentence in words."), code="empty")
    shown = graphemes(value)
    if MARKS.search(value) or any(len(one) > MAX_GRAPHEME for one in shown):
        raise ValidationError(
            _("Too many marks stand on one letter; write it plainly."), code="marks"
        )
    if len(shown) > limit:
        raise ValidationError(
            ngettext_lazy(
                "This is %(excess)d character too long; the limit is %(limit)d.",
                "This is %(excess)d characters too long; the limit is %(limit)d.",
                "excess",
            ),
            code="too_long",
            params={"excess": len(shown) - limit, "limit": limit},
        )


def _validate_no_link(value: str) -> None:
    if holds_link(value):
        raise ValidationError(
            _(
                "Links, e-mail addresses and phone numbers are not taken; say it in"
                " words."
            ),
            code="link",
        )


def _validate_words(value: str) -> None:
    letters = [c for c in value.casefold() if unicodedata.category(c).startswith("L")]
    is_one = len(letters) > 3 and len(set(letters)) == 1
    if is_one or _longest_run(letters) > MAX_REPEATED:
        raise ValidationError(
            _("One letter over and over says nothing; write a sentence in words."),
            code="repeated",
        )


def _longest_run(letters: Sequence[str]) -> int:
    longest = run = 0
    before = ""
    for letter in letters:
        run = run + 1 if letter == before else 1
        longest, before = max(longest, run), letter
    return longest


# --- Passwords ---------------------------------------------------------------------------


class LongPassword(MinimumLengthValidator):
    """Django's, in words that all of our languages have."""

    def get_error_message(self) -> str:
        words = ngettext_lazy(
            "This password is too short: it needs at least %(least)d character.",
            "This password is too short: it needs at least %(least)d characters.",
            "least",
        )
        return str(words % {"least": self.min_length})


class UncommonPassword(CommonPasswordValidator):
    """Django's, in words that all of our languages have."""

    def get_error_message(self) -> str:
        return str(_("This password is one that many people use. Choose another."))
