"""The languages whose "no" is known, and which of them a text seems to be written in."""

import re

from deliberation.similarity.languages.germanic import ENGLISH, GERMAN
from deliberation.similarity.languages.language import Language
from deliberation.similarity.languages.others import (
    ARABIC,
    CHINESE,
    HINDI,
    JAPANESE,
    KOREAN,
    UKRAINIAN,
)
from deliberation.similarity.languages.romance import (
    FRENCH,
    ITALIAN,
    PORTUGUESE,
    SPANISH,
)

__all__ = ["LANGUAGES", "Language", "guess"]

LANGUAGES = {
    "ar": ARABIC,
    "de": GERMAN,
    "en": ENGLISH,
    "es": SPANISH,
    "fr": FRENCH,
    "hi": HINDI,
    "it": ITALIAN,
    "ja": JAPANESE,
    "ko": KOREAN,
    "pt": PORTUGUESE,
    "uk": UKRAINIAN,
    "zh": CHINESE,
}
SCRIPTS = (
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("uk", re.compile(r"[\u0400-\u04ff]")),
)
LATIN = ("en", "es", "fr", "de", "it", "pt")


def guess(words: str, told: str) -> str:
    """The code of the language of normalised words; ``told`` where they do not tell.

    By its script, and for Latin script by its small words; what is told wins a draw.
    """
    told = told.lower().replace("_", "-").split("-")[0]
    for code, script in SCRIPTS:
        if script.search(words):
            return told if code == "zh" and told == "ja" else code
    if told and told not in LANGUAGES:
        return told
    listed = words.split()
    counts = {
        code: _small(LANGUAGES[code], listed) + (code == told) / 2 for code in LATIN
    }
    return max(LATIN, key=lambda code: counts[code])


def _small(language: Language, listed: list[str]) -> float:
    return sum(
        word in language.small or bool(language.negative.fullmatch(word))
        for word in listed
    )
