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
COMMA_OR_AND = re.compile(
    r" (?:,|and|but|y|e|et|mais|pero|sino|und|aber|sondern|ma|mas|і|та|але|а|لكن|بل|लेकिन|और|बल्कि) "
)


class Polarity(NamedTuple):
    """What a text is for and against.

    signs : stem -> True where it is affirmed, False where denied; without those of
        which it is not clear
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
    signs: dict[str, set[bool | None]] = {}
    denies = False
    for sentence in said.split("."):
        clauses = [_verdict(clause, language) for clause in _clauses(sentence, language)]
        denies_here = any(denied for _, denied, _ in clauses)
        denies = denies or denies_here
        is_open = denies_here and language.denies_last
        for rest, denied, is_whole in clauses:
            is_clear = denied or is_whole or not is_open
            is_open = not is_clear or denied or (denies_here and language.denies_last)
            for stem, sign in _signed(rest, language):
                signs.setdefault(stem, set()).add((sign != denied) if is_clear else None)
    clear = {stem: sign for stem, (sign, *more) in signs.items() if not more}
    return Polarity(
        {stem: sign for stem, sign in clear.items() if sign is not None},
        denies,
        frozenset(NUMBER.findall(said)),
    )


def _clauses(sentence: str, language: Language) -> list[str]:
    """Parts at commas, at "and", and before words like "without" and "because"."""
    marked = sentence
    for pattern in (language.instead, language.subordinate):
        marked = pattern.sub(lambda match: f" , {match[0]} ", marked)
    parts = COMMA_OR_AND.split(" ".join(marked.split()))
    return [part for part in parts if part.strip(" ,")]


def _verdict(clause: str, language: Language) -> tuple[str, bool, bool]:
    """What is left without words of denial, whether it is denied, whether it is whole.

    What is not whole may hang on a denial elsewhere: "not rude, aggressive or mean".
    """
    is_whole = bool(language.restarts.search(clause))
    clause = language.neutral.sub(" ", clause)
    marks: list[str] = []
    for at, pair in enumerate(language.opposites):
        for side, pattern in enumerate(pair):
            clause, count = pattern.subn(" ", clause)
            marks += [f"={at}{'+-'[side]}"] * bool(count)
    clause, instead = language.instead.subn(" ", clause)
    clause, against = language.against.subn(" ", clause)
    clause, negative = language.negative.subn(" ", clause)
    if language.is_concordant:
        negative = min(negative, 1)
    is_denied = (instead + against + negative) % 2 == 1
    return " ".join([*clause.split(), *marks]), is_denied, is_whole


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
