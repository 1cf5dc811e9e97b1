"""What is stored of a statement, so that it need not be read again."""

from collections.abc import Iterable
from typing import NamedTuple

from deliberation.similarity import languages, words

VERSION = "1"
# Of the rules by which all statements are compared with each other (comparison.py) and
# of what these are made on; where others were used, they are compared anew.
COMPARISON = f"{VERSION}.1"


class Fingerprint(NamedTuple):
    """What a text says, in a form that is quick to compare.

    version : of the rules and the model that made it; never compared across versions
    language : the language it seems to be written in, like "en"
    words : the text without case and accents, as `words.normalise` leaves it
    vector : its meaning, 512 signed bytes, or empty where there is no model
    """

    version: str
    language: str
    words: str
    vector: bytes


def fingerprint(text: str, language: str) -> Fingerprint:
    """The fingerprint of one text; ``language`` is believed where the words do not tell."""
    return fingerprints([(text, language)])[0]


def fingerprints(texts: Iterable[tuple[str, str]]) -> list[Fingerprint]:
    """Fingerprints of many (text, language), several times as quick as one by one."""
    texts = list(texts)
    plain = [words.normalise(text) for text, _ in texts]
    vectors = _vectors([_readable(text) for text, _ in texts])
    return [
        Fingerprint(VERSION, languages.guess(said, language), said, vector)
        for (_, language), said, vector in zip(texts, plain, vectors, strict=True)
    ]


def warm() -> bool:
    """Load the model now; False where there is none."""
    return bool(fingerprint("warm", "en").vector)


def _readable(text: str) -> str:
    """The text as the model should see it: capitals and spaces have no meaning."""
    return " ".join(words.plain(text).casefold().split())


def _vectors(texts: list[str]) -> list[bytes]:
    from deliberation.similarity import meaning  # noqa: PLC0415 - numpy and the model are loaded when first needed, not by every web process

    return meaning.vectors(texts)
