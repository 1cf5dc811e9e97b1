"""From a text to its words: without case, accents, marks and the ways of typing them."""

import re
import unicodedata
from functools import lru_cache
from itertools import chain

SENTENCE_ENDS = frozenset(".;:!?…–—।॥؛؟。；：！？\n")
COMMAS = frozenset(",،、，")
STOPS = frozenset(".,")
APOSTROPHES = str.maketrans("’‘`´ʼ′＇", "'" * 7)
# "Al", "A1" and "A.I." are what phones and fonts make of "AI"; "al" is Spanish elsewhere.
LOOKS_LIKE_AI = re.compile(
    r"\bA(?:[Il1]|\.\s?[Il1]\.?)(?![\w.])|(?<=\bthe )[Aa][l1]\b"
    r"|\b[Aa]\s?[Il1](?=\s+(?:should|must|shall|will|can|could|may|needs?|has)\b)"
)
ABBREVIATION = re.compile(r"\b(?:[^\W\d_]\.){2,}")
NEGATED_VERB = re.compile(
    r"\b(ca|wo|sha|do|does|did|is|are|was|were|has|have|had|must|need|should|would|could)"
    r"(?:n't|nt)\b"
)
# Unlike "cannot": "wont" and "cant" are words, but nobody writes statements about them.
FULL_VERBS = {"ca": "can", "wo": "will", "sha": "shall"}
POSSESSIVE = re.compile(r"'s\b")
GLUED = re.compile(r"\bcannot\b")
ARABIC_MARKS = frozenset([*range(0x064B, 0x0656), 0x0640, 0x0670])
LETTER_WITHOUT_SPACES = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1780-\u17ff\uac00-\ud7af]"
)
# Endings of many European languages at once: too short to be right for any of them,
# long enough that "people's homes" and "a home", "honesto" and "honesta" meet.
ENDINGS = {"ing", "ed", "ly", "es", "en", "er", "em", "os", "as", *"seaoiny"}
SHORTEST_STEM = 4
ARABIC_ARTICLE = re.compile(r"^(?:و|ب|ل|ف)?ال(?=\w{3})")
LONGEST_STEM = 7


def plain(text: str) -> str:
    """The text with one kind of letter, space and apostrophe; still readable."""
    text = unicodedata.normalize("NFKC", text).translate(APOSTROPHES)
    text = LOOKS_LIKE_AI.sub("AI", text)
    return ABBREVIATION.sub(lambda match: match[0].replace(".", ""), text)


def normalise(text: str) -> str:
    """Words in lower case and without accents, one space between.

    What is left of the marks is a word of its own: "." between sentences, "," for any
    comma.
    """
    text = plain(text).casefold()
    text = NEGATED_VERB.sub(lambda m: f"{FULL_VERBS.get(m[1], m[1])} not", text)
    text = GLUED.sub("can not", text)
    text = POSSESSIVE.sub("s", text)
    return " ".join("".join(map(_letter, without_marks(text))).split()).strip(" .,")


def without_marks(text: str) -> str:
    """Without accents, in the alphabets whose writers leave them out.

    Vowels of Hindi and marks of Japanese stay: they are letters to their readers.
    """
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize(
        "NFC", "".join(c for c in apart if not _is_mark(ord(c)))
    )


def _is_mark(code: int) -> bool:
    return 0x0300 <= code < 0x0370 or code in ARABIC_MARKS


def _letter(character: str) -> str:
    if character in SENTENCE_ENDS:
        return " . "
    if character in COMMAS:
        return " , "
    return character if unicodedata.category(character)[0] in "LMN" else " "


@lru_cache(maxsize=20_000)
def stems(word: str) -> tuple[str, ...]:
    """What is compared of one word: its stem, or pairs of letters without spaces."""
    if word in STOPS:
        return ()
    if word.isascii():
        return (_bare(word),)
    if LETTER_WITHOUT_SPACES.search(word):
        return tuple(word[at : at + 2] for at in range(len(word) - 1)) or (word,)
    return (_bare(ARABIC_ARTICLE.sub("", word)),)


def _bare(word: str) -> str:
    for length in (3, 2, 1):
        if len(word) >= SHORTEST_STEM + length and word[-length:] in ENDINGS:
            return word[:-length][:LONGEST_STEM]
    if len(word) == SHORTEST_STEM and word[-1] == "s":
        return word[:-1]
    return word[:LONGEST_STEM]


def said(normal: str) -> frozenset[str]:
    """The stems of normalised words."""
    return frozenset(chain.from_iterable(map(stems, normal.split())))


def in_order(normal: str) -> list[str]:
    """Normalised words in their order, without the marks between them."""
    return [word for word in normal.split() if word not in STOPS]
