"""What has to be known of a language: its small words, and how it says no.

All patterns are of whole words as `words.normalise` leaves them, so without accents;
in languages without spaces they are of parts of words.
"""

import re
from dataclasses import dataclass

from deliberation.similarity.words import without_marks


@dataclass(frozen=True)
class Language:
    """How to see what a clause is for, and what it is against.

    small : words that carry little meaning
    negative : words that turn a clause into its opposite, like "not"
    against : words that do so by what they mean, like "ban" and "avoid"
    instead : words that deny only what follows them, like "without"
    subordinate : words with which a clause of its own begins, like "because"
    restarts : words that a clause does not share with the one before, like "should"
    denies_last : whether what denies comes after what is denied, as in Japanese
    neutral : sayings with a word of the above that deny nothing, like "not only"
    opposites : pairs of patterns, one the opposite of the other
    prefix : a beginning that turns one word into its opposite, its rest a group
    is_concordant : whether two negative words of a clause are one, as in "no debe nunca"
    has_spaces : whether spaces are between words
    """

    small: frozenset[str]
    negative: re.Pattern[str]
    against: re.Pattern[str]
    instead: re.Pattern[str]
    subordinate: re.Pattern[str]
    restarts: re.Pattern[str]
    denies_last: bool
    neutral: re.Pattern[str]
    opposites: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    prefix: re.Pattern[str] | None
    is_concordant: bool
    has_spaces: bool


def language(
    *,
    small: str = "",
    negative: str,
    against: str,
    instead: str = "",
    subordinate: str = "",
    restarts: str = "",
    denies_last: bool = False,
    neutral: str = "",
    opposites: str = "",
    prefix: str = "",
    is_concordant: bool = False,
    has_spaces: bool = True,
) -> Language:
    """A language from word lists: spaces between words, "_" within sayings.

    "*" ends a word that may go on. A line of ``opposites`` is "these / those".
    """

    def pattern(listed: str) -> re.Pattern[str]:
        return _pattern(listed, has_spaces)

    pairs = (line.split("/") for line in opposites.strip().splitlines())
    return Language(
        small=frozenset(without_marks(small).split()),
        negative=pattern(negative),
        against=pattern(against),
        instead=pattern(instead),
        subordinate=pattern(subordinate),
        restarts=pattern(restarts),
        denies_last=denies_last,
        neutral=pattern(neutral),
        opposites=tuple((pattern(these), pattern(those)) for these, those in pairs),
        prefix=re.compile(prefix) if prefix else None,
        is_concordant=is_concordant,
        has_spaces=has_spaces,
    )


def _pattern(listed: str, has_spaces: bool) -> re.Pattern[str]:
    sayings = sorted(without_marks(listed).split(), key=len, reverse=True)
    if not sayings:
        return re.compile(r"(?!)")
    one_of = "|".join(
        re.escape(saying).replace(r"\*", r"\S*").replace("_", " ") for saying in sayings
    )
    return re.compile(rf"(?<!\S)(?:{one_of})(?!\S)" if has_spaces else one_of)
