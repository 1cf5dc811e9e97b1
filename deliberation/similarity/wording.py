"""Words in common, each weighed by how rare it is in the conversation."""

import math
from collections import Counter
from collections.abc import Sequence

from deliberation.similarity import words
from deliberation.similarity.languages import LANGUAGES

# Small words make a difference only between texts that have little else.
SMALL_WORD = 0.3
# A stem in more statements than these tells manner or topic, not what is meant.
TELLING_SHARE = 0.1
TELLING_AT_LEAST = 3
# One typing error is forgiven in stems of this length or more.
LONG_STEM = 6
MISTYPED = 0.8


class Wordings:
    """The words of a conversation's statements.

    stems : of each statement
    """

    def __init__(self, texts: Sequence[str], languages: Sequence[str]) -> None:
        self.stems = [frozenset(words.said(text)) for text in texts]
        self._places: dict[str, list[int]] = {}
        for at, stems in enumerate(self.stems):
            for stem in stems:
                self._places.setdefault(stem, []).append(at)
        self._small = _small(languages)
        self._weights = {stem: self._weight(stem) for stem in self._places}
        self._sizes = [self._size(stems) for stems in self.stems]
        self._slips: dict[str, list[str]] = {}
        for stem in self._places:
            for slip in _slips(stem):
                self._slips.setdefault(slip, []).append(stem)

    def overlaps(self, text: str) -> list[float]:
        """(n) share of words in common with each statement, 0 to 1."""
        asked = frozenset(words.said(text))
        size = self._size(asked)
        shared = [0.0] * len(self.stems)
        for stem in asked:
            weight = self._weight(stem)
            for known, trust in self._alike(stem).items():
                gain = trust * weight * self._weights[known]
                for at in self._places[known]:
                    shared[at] += gain
        return [
            min(1.0, gain / (size * own)) if gain else 0.0
            for gain, own in zip(shared, self._sizes, strict=True)
        ]

    def is_telling(self, stem: str) -> bool:
        """Whether it says what a statement is about."""
        most = max(TELLING_AT_LEAST, TELLING_SHARE * len(self.stems))
        return stem not in self._small and len(self._places.get(stem, ())) <= most

    def _alike(self, stem: str) -> dict[str, float]:
        """Known stems that may be the same word, and how far that is trusted."""
        alike = {
            known: MISTYPED for slip in _slips(stem) for known in self._slips.get(slip, ())
        }
        if stem in self._places:
            alike[stem] = 1.0
        return alike

    def _weight(self, stem: str) -> float:
        count = len(self._places.get(stem, ()))
        rarity = math.log((len(self.stems) + 1) / (count + 0.5))
        return rarity * (SMALL_WORD if stem in self._small else 1.0)

    def _size(self, stems: frozenset[str]) -> float:
        weights = (self._weights.get(stem) or self._weight(stem) for stem in stems)
        return math.sqrt(sum(weight * weight for weight in weights)) or 1.0


def _small(languages: Sequence[str]) -> frozenset[str]:
    """Stems of the small words of the language most is written in."""
    most = Counter(languages).most_common(1)
    known = LANGUAGES.get(most[0][0]) if most else None
    return frozenset(words.said(" ".join(sorted(known.small)))) if known else frozenset()


def _slips(stem: str) -> set[str]:
    """What is left of a stem with one letter out: two that share one are one slip apart."""
    if len(stem) < LONG_STEM:
        return set()
    return {stem, *(stem[:at] + stem[at + 1 :] for at in range(len(stem)))}
