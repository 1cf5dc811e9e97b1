"""Words in common, each weighed by how rare it is in the conversation."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from os.path import commonprefix

from deliberation.similarity import words
from deliberation.similarity.languages import LANGUAGES

# Small words make a difference only between texts that have little else.
SMALL_WORD = 0.3
# A stem in more statements than these tells manner or topic, not what is meant.
TELLING_SHARE = 0.1
TELLING_AT_LEAST = 3
# One typing error is forgiven in stems of this length or more.
LONG_STEM = 5
MISTYPED = 0.9
# "Judge" and "judgment", "racist" and "racism" begin alike.
RELATED = 0.6
ALIKE_LETTERS = 4
ALIKE_SHARE = 0.6


class Wordings:
    """The words of a conversation's statements.

    stems : of each statement
    """

    def __init__(self, texts: Sequence[str], languages: Sequence[str]) -> None:
        self.stems = [words.said(text) for text in texts]
        self._places: dict[str, list[int]] = defaultdict(list)
        for at, stems in enumerate(self.stems):
            for stem in stems:
                self._places[stem].append(at)
        self._small = _small(languages)
        self._weights = {stem: self._weight(stem) for stem in self._places}
        squares = {stem: weight**2 for stem, weight in self._weights.items()}
        self._sizes = [
            math.sqrt(sum(map(squares.__getitem__, stems))) or 1.0
            for stems in self.stems
        ]

    def overlaps(self, asked: frozenset[str]) -> list[float]:
        """(n) share of these stems in common with each statement, 0 to 1."""
        size = self._size(asked)
        shared = [0.0] * len(self.stems)
        for stem in asked:
            gain = self._weights.get(stem, 0.0) ** 2
            for at in self._places.get(stem, ()):
                shared[at] += gain
        return [
            gain / (size * own) if gain else 0.0
            for gain, own in zip(shared, self._sizes, strict=True)
        ]

    def overlap(self, asked: frozenset[str], at: int) -> float:
        """As `overlaps` for one statement; related and mistyped words count in part."""
        stored = self.stems[at]
        weights = {
            stem: self._weights.get(stem) or self._weight(stem)
            for stem in asked | stored
        }
        shared = sum(weights[stem] ** 2 for stem in asked & stored)
        for stem, other, trust in _pairs(asked - stored, stored - asked):
            if trust == MISTYPED:
                weights[stem] = weights[other] = min(weights[stem], weights[other])
            shared += trust * weights[stem] * weights[other]
        sizes = (
            math.hypot(*(weights[stem] for stem in side)) for side in (asked, stored)
        )
        return shared / (math.prod(sizes) or 1.0)

    def weighed(self, at: int) -> Iterator[tuple[str, float]]:
        """Stems of a statement, each with its weight as a share of the statement's."""
        for stem in self.stems[at]:
            yield stem, self._weights[stem] / self._sizes[at]

    def n_with(self, stem: str) -> int:
        return len(self._places.get(stem, ()))

    def is_telling(self, stem: str) -> bool:
        """Whether it says what a statement is about."""
        most = max(TELLING_AT_LEAST, TELLING_SHARE * len(self.stems))
        return stem not in self._small and len(self._places.get(stem, ())) <= most

    def _weight(self, stem: str) -> float:
        count = len(self._places.get(stem, ()))
        rarity = math.log((len(self.stems) + 1) / (count + 0.5))
        return rarity * (SMALL_WORD if stem in self._small else 1.0)

    def _size(self, stems: frozenset[str]) -> float:
        return math.sqrt(sum(self._weight(stem) ** 2 for stem in stems)) or 1.0


def _small(languages: Sequence[str]) -> frozenset[str]:
    """Stems of the small words of the language most is written in."""
    most = Counter(languages).most_common(1)
    known = LANGUAGES.get(most[0][0]) if most else None
    return words.said(" ".join(known.small)) if known else frozenset()


def _pairs(
    ones: frozenset[str], others: frozenset[str]
) -> list[tuple[str, str, float]]:
    """Stems that are nearly one, each at most once, and how far that counts."""
    pairs = []
    left = set(others)
    for one in sorted(ones):
        trust, other = max(
            ((_kinship(one, other), other) for other in left), default=(0, "")
        )
        if trust:
            left.remove(other)
            pairs.append((one, other, trust))
    return pairs


def _kinship(one: str, other: str) -> float:
    """MISTYPED where one typing error makes one of the other, RELATED where they begin
    alike, else 0."""
    short, long = sorted((len(one), len(other)))
    if one[:2] != other[:2] and one[-2:] != other[-2:]:
        return 0.0
    if (
        short >= LONG_STEM
        and long - short <= 1
        and not _slips(one).isdisjoint(_slips(other))
    ):
        return MISTYPED
    alike = len(commonprefix((one, other)))
    return RELATED if alike >= max(ALIKE_LETTERS, ALIKE_SHARE * long) else 0.0


def _slips(stem: str) -> set[str]:
    """What is left with no letter or one left out; two that share one are a slip apart."""
    return {stem, *(stem[:at] + stem[at + 1 :] for at in range(len(stem)))}
