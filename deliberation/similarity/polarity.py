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


class Polarity(NamedTuple):
    """What a text is for and against.

    signs : stem -> True where it is affirmed, False where denied, None where that is
        not clear
    denies : whether any clause of it denies
    numbers : the numbers in it
    """

    signs: dict[str, bool | None]
    denies: bool
    numbers: frozenset[str]


class Clause(NamedTuple):
    """A part of a sentence.

    rest : its words without those that deny
    is_denied : whether it is against what is left
    is_whole : whether it has a verb of its own; where not, it may hang on a denial
        elsewhere, as in "not rude, aggressive or mean"
    reaches_back : whether its denial may be of what stands before it
    """

    rest: str
    is_denied: bool
    is_whole: bool
    reaches_back: bool


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
    signs = {(one.signs[stem], other.signs[stem]) for stem in shared}
    clear = [mine == yours for mine, yours in signs if None not in (mine, yours)]
    if clear:
        return all(clear)
    # The same words in another order, and it is not clear which of them are denied.
    is_turned = bool(signs) and one.signs.keys() == other.signs.keys()
    return one.denies == other.denies and not is_turned


@lru_cache(maxsize=12_000)
def polarity(said: str, code: str) -> Polarity | None:
    """Polarity of normalised words; None in a language that is not known."""
    language = LANGUAGES.get(code)
    if language is None:
        return None
    signs: dict[str, set[bool | None]] = {}
    denies = False
    for sentence in said.split("."):
        clauses = [_clause(part, code) for part in _parts(sentence, language)]
        denies = denies or any(clause.is_denied for clause in clauses)
        is_open = reaches_back = any(clause.reaches_back for clause in clauses)
        for clause in clauses:
            is_clear = clause.is_denied or clause.is_whole or not is_open
            is_open = (
                clause.is_denied
                or (reaches_back and language.denies_last)
                or not is_clear
            )
            for stem, sign in _signed(clause.rest, language):
                meant = sign != clause.is_denied
                signs.setdefault(stem, set()).add(meant if is_clear else None)
    one_sign = {
        stem: found.pop() if len(found) == 1 else None for stem, found in signs.items()
    }
    return Polarity(one_sign, denies, frozenset(NUMBER.findall(said)))


def _parts(sentence: str, language: Language) -> list[str]:
    """Parts at commas, and before words like "and", "without" and "because"."""
    for pattern in (language.joins, language.instead, language.subordinate):
        sentence = pattern.sub(lambda match: f" , {match[0]} ", sentence)
    parts = (" ".join(part.split()) for part in sentence.split(","))
    return [part for part in parts if part]


def _clause(clause: str, code: str) -> Clause:
    language = LANGUAGES[code]
    begins = not language.denies_last and _begins_with_no(clause, language)
    is_whole = bool(language.restarts.search(clause))
    clause = language.neutral.sub(" ", clause)
    marks: list[str] = []
    for at, pair in enumerate(language.opposites):
        for side, pattern in enumerate(pair):
            clause, count = pattern.subn(" ", clause)
            marks += [f"={code}{at}{'+-'[side]}"] * bool(count)
    clause, instead = language.instead.subn(" ", clause)
    clause, against = language.against.subn(" ", clause)
    clause, negative = language.negative.subn(" ", clause)
    if language.is_concordant:
        negative = min(negative, 1)
    return Clause(
        rest=" ".join([*clause.split(), *marks]),
        is_denied=(instead + against + negative) % 2 == 1,
        is_whole=is_whole,
        reaches_back=bool(against or negative) and not begins,
    )


def _begins_with_no(clause: str, language: Language) -> bool:
    """As in "and not rude": what stands before is not denied by it."""
    bare = language.joins.sub(" ", clause, count=1).strip()
    return bool(language.negative.match(bare))


def _signed(rest: str, language: Language) -> list[tuple[str, bool]]:
    """Stems and whether the word itself is affirmative, unlike "un-..." or "less"."""
    signed = []
    for word in rest.split():
        if word.startswith("="):
            signed.append((word[:-1], word[-1] == "+"))
            continue
        turned = language.prefix.match(word)
        bare = turned[1] if turned else word
        signed += [(stem, not turned) for stem in words.stems(bare)]
    return signed
