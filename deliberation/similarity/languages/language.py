"""What has to be known of a language: its small words, and how it says no.

All patterns are of whole words as `words.normalise` leaves them, so without accents;
in languages without spaces they are of parts of words.
"""

import re
from functools import cached_property

from deliberation.similarity.words import without_marks


def _listed(name: str) -> "cached_property[re.Pattern[str]]":
    """The pattern of one of a language's lists."""

    def pattern(language: "Language") -> re.Pattern[str]:
        return _pattern(language._lists[name], language._has_spaces)

    return cached_property(pattern)


class Language:
    """How to see what a clause is for, and what it is against.

    Made of lists of words: spaces between words, "_" within sayings, "*" at the end of
    a word that may go on. Each becomes a pattern when it is first needed.

    small : words that carry little meaning
    negative : words that turn a clause into its opposite, like "not"
    against : words that do so by what they mean, like "ban" and "avoid"
    joins : words like "and" and "but"
    instead : words that deny only what follows them, like "without"
    subordinate : words with which a clause of its own begins, like "because"
    restarts : words that a clause does not share with the one before, like "should"
    neutral : sayings with a word of the above that deny nothing, like "not only"
    opposites : a line for each pair, "these / those"
    prefix : a pattern of a word that is the opposite of its group
    denies_last : whether what denies comes after what is denied, as in Japanese
    is_concordant : whether two negative words of a clause are one, as in "no debe nunca"
    has_spaces : whether spaces are between words
    """

    def __init__(
        self,
        *,
        negative: str,
        against: str,
        small: str = "",
        joins: str = "",
        instead: str = "",
        subordinate: str = "",
        restarts: str = "",
        neutral: str = "",
        opposites: str = "",
        prefix: str = "",
        denies_last: bool = False,
        is_concordant: bool = False,
        has_spaces: bool = True,
    ) -> None:
        self.small = frozenset(without_marks(small).split())
        self.denies_last = denies_last
        self.is_concordant = is_concordant
        self._has_spaces = has_spaces
        self._prefix = prefix
        self._opposites = opposites
        self._lists = {
            "negative": negative,
            "against": against,
            "joins": joins,
            "instead": instead,
            "subordinate": subordinate,
            "restarts": restarts,
            "neutral": neutral,
        }

    negative = _listed("negative")
    against = _listed("against")
    joins = _listed("joins")
    instead = _listed("instead")
    subordinate = _listed("subordinate")
    restarts = _listed("restarts")
    neutral = _listed("neutral")

    @cached_property
    def prefix(self) -> re.Pattern[str]:
        return re.compile(self._prefix or "(?!)")

    @cached_property
    def opposites(self) -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
        pairs = (line.split("/") for line in self._opposites.strip().splitlines())
        return [
            (_pattern(these, self._has_spaces), _pattern(those, self._has_spaces))
            for these, those in pairs
        ]


def _pattern(listed: str, has_spaces: bool) -> re.Pattern[str]:
    sayings = sorted(without_marks(listed).split(), key=len, reverse=True)
    if not sayings:
        return re.compile(r"(?!)")
    one_of = "|".join(
        re.escape(saying).replace(r"\*", r"\S*").replace("_", " ") for saying in sayings
    )
    return re.compile(rf"(?<!\S)(?:{one_of})(?!\S)" if has_spaces else one_of)
