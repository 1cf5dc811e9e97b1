"""For or against: which words of a text are affirmed, and which denied.

"Should" and "should not" are the farthest apart that two statements can be, and the
nearest to each other in words and in any model's vectors. So what counts as the same
passes this gate first. Where it is in doubt, it is shut.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from deliberation.similarity import words
from deliberation.similarity.languages import LANGUAGES, Language

NUMBER = re.compile(r"\d+")
JOINED = re.compile(
    r"\s(?:and|but|y|e|et|mais|pero|sino|und|aber|sondern|ma|mas|і|та|але|а|لكن|بل|लेकिन|और|बल्कि)\s"
)


class Polarity(NamedTuple):
    """What a text is for and against.

    signs : stem -> True where it is affirmed, False where denied; without those
        that are both
    denies : whether any clause of it denies
    numbers : the numbers in it
    """

    signs: dict[str, bool]
    denies: bool
    numbers: frozenset[str]


def may_agree(
    one: Polarity, other: Polarity, is_telling: Callable[[str], bool]
) -> bool:
    """False where they are, or may be, opposites.

    is_telling : whether a stem says what a text is about; the other stems are looked
        at where the two share no such
    """
    if one.numbers and other.numbers and one.numbers != other.numbers:
        return False
    shared = one.signs.keys() & other.signs.keys()
    shared = {stem for stem in shared if is_telling(stem)} or shared
    if not shared:
        return one.denies == other.denies
    return all(one.signs[stem] == other.signs[stem] for stem in shared)


@lru_cache(maxsize=20_000)
def polarity(said: str, code: str) -> Polarity | None:
    """Polarity of normalised words; None in a language that is not known."""
    language = LANGUAGES.get(code)
    if language is None:
        return None
    signs: dict[str, set[bool]] = {}
    denies = False
    for clause in _clauses(said, language):
        rest, is_for = _verdict(clause, language)
        denies = denies or not is_for
        for stem, sign in _signed(rest, language):
            signs.setdefault(stem, set()).add(sign == is_for)
    return Polarity(
        {stem: next(iter(both)) for stem, both in signs.items() if len(both) == 1},
        denies,
        frozenset(NUMBER.findall(said)),
    )


def _clauses(said: str, language: Language) -> list[str]:
    """Clauses; at an "and" only where what follows says no for itself."""
    parts: list[str] = []
    for clause in said.split(","):
        begun = ""
        for piece in JOINED.split(f" {clause.strip()} "):
            if begun and _says_no(piece, language):
                parts.append(begun)
                begun = piece
            else:
                begun = f"{begun} {piece}".strip()
        parts.append(begun)
    return [" ".join(part.split()) for part in parts if part.strip()]


def _says_no(piece: str, language: Language) -> bool:
    piece = language.neutral.sub(" ", " ".join(piece.split()))
    return bool(language.negative.search(piece))


def _verdict(clause: str, language: Language) -> tuple[str, bool]:
    """The clause without its words of denial, and whether it affirms what is left."""
    clause = language.neutral.sub(" ", clause)
    marks: list[str] = []
    for at, pair in enumerate(language.opposites):
        for side, pattern in enumerate(pair):
            clause, count = pattern.subn(" ", clause)
            marks += [f"={at}{'+-'[side]}"] * bool(count)
    clause, against = language.against.subn(" ", clause)
    clause, negative = language.negative.subn(" ", clause)
    if language.is_concordant:
        negative = min(negative, 1)
    return " ".join([*clause.split(), *marks]), (against + negative) % 2 == 0


def _signed(rest: str, language: Language) -> list[tuple[str, bool]]:
    """Stems and whether the word itself is affirmative, unlike "un-..." or "less"."""
    signed = []
    for word in rest.split():
        if word.startswith("="):
            signed.append((word[:-1], word[-1] == "+"))
            continue
        turned = language.prefix.match(word) if language.prefix else None
        bare = turned[1] if turned else word
        signed += [(stem, not turned) for stem in words.stems(bare)]
    return signed
