"""All statements of one conversation compared with each other, for moderators.

By the measure of one text (index.py): a pair scores here what it scores there. What is
near roughly (rough.py) is looked at closely. Statements in the very same words are
compared once. What comes out depends on the statements, not on the order they come in.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

import numpy as np

from deliberation.similarity import groups
from deliberation.similarity.fingerprints import Fingerprint
from deliberation.similarity.index import NEAR, SAME, Index, Kind, score_of
from deliberation.similarity.polarity import may_agree, polarity
from deliberation.similarity.rough import Floats, Rough
from deliberation.similarity.words import in_order

# Related and mistyped words, seen only closely, lift one near pair of a hundred by more.
ROUGHLY_NEAR = NEAR - 0.07
# So many others of each are looked at closely.
LOOKED_AT = 16
# So many of each are told.
TOLD = {True: 6, False: 3}


class Pair(NamedTuple):
    """Keys of two statements, the smaller first.

    score : 0 to 1; it orders pairs and means nothing else
    kind : OPPOSITE where they are near, and one may deny what the other says
    """

    one: int
    other: int
    score: float
    kind: Kind


class Compared(NamedTuple):
    """What is near to what; and groups in which every two say nearly the same, of two
    or more, each sorted, nothing in two of them."""

    pairs: list[Pair]
    groups: list[list[int]]


class _Near(NamedTuple):
    score: float
    overlap: float
    may_agree: bool


def compare(entries: Iterable[tuple[int, Fingerprint]]) -> Compared:
    """entries : key and fingerprint of each statement; those of another VERSION, and
    those without a word, are like nothing"""
    comparison = _Comparison(sorted(entries, key=lambda entry: entry[0]))
    near = comparison.near()
    return Compared(comparison.told(near), comparison.grouped(near))


class _Comparison(Index[int]):
    """`_copies` are places by the first that is in the very same words."""

    def __init__(self, entries: list[tuple[int, Fingerprint]]) -> None:
        super().__init__(entries)
        by_words: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for at, stored in enumerate(self._prints):
            if self._wordings.stems[at]:
                by_words[tuple(in_order(stored.words))].append(at)
        self._copies = {places[0]: places for places in by_words.values()}
        self._polarities = [
            polarity(stored.words, stored.language) for stored in self._prints
        ]
        self._seen: dict[tuple[int, int], _Near] = {}

    def near(self) -> dict[tuple[int, int], _Near]:
        """Pairs of places that are near, one of each wording."""
        firsts = sorted(self._copies)
        if not firsts:
            return {}
        names = [stored.language for stored in self._prints]
        languages = np.unique(names, return_inverse=True)[1]
        vectors = None if self._vectors is None else self._vectors[firsts]
        rough = Rough(self._wordings, firsts, vectors, languages[firsts])
        found = {}
        for pair in sorted(set(rough.near(ROUGHLY_NEAR, LOOKED_AT))):
            seen = self._look(*pair)
            is_near = seen.score >= NEAR or seen.overlap >= SAME
            if is_near and all(self._polarities[at] for at in pair):
                found[pair] = seen
        return found

    def told(self, near: dict[tuple[int, int], _Near]) -> list[Pair]:
        """The nearest of each; of copies the first speaks for all."""
        pairs = [
            Pair(self._keys[first], self._keys[copy], 1.0, Kind.SAME)
            for first, copies in self._copies.items()
            for copy in copies[1:]
        ]
        told: dict[tuple[int, bool], int] = defaultdict(int)
        for one, other in sorted(near, key=lambda pair: (-near[pair].score, pair)):
            seen = near[one, other]
            places = (one, seen.may_agree), (other, seen.may_agree)
            if any(told[place] < TOLD[seen.may_agree] for place in places):
                keys = self._keys[one], self._keys[other]
                pairs.append(Pair(*keys, round(seen.score, 4), _kind(seen)))
                for place in places:
                    told[place] += 1
        return sorted(pairs)

    def grouped(self, near: dict[tuple[int, int], _Near]) -> list[list[int]]:
        found = groups.grouped(
            {pair: seen.score for pair, seen in near.items() if seen.may_agree},
            lambda one, other: self._look(one, other).score,
            lambda one, other: self._look(one, other).may_agree,
        )
        joined = {at for group in found for at in group}
        found += [
            [first]
            for first, copies in self._copies.items()
            if len(copies) > 1 and first not in joined
        ]
        return sorted(
            sorted(self._keys[copy] for first in group for copy in self._copies[first])
            for group in found
        )

    @cached_property
    def _vectors(self) -> Floats | None:
        return self._meanings.left() if self._meanings else None

    def _look(self, one: int, other: int) -> _Near:
        """At two places closely, once."""
        pair = (one, other) if one < other else (other, one)
        if pair not in self._seen:
            one, other = pair
            overlap = self._wordings.overlap(self._wordings.stems[one], other)
            score = score_of(overlap, self._alike(one, other), self._is_abroad(*pair))
            self._seen[pair] = _Near(score, overlap, self._agree(one, other))
        return self._seen[pair]

    def _alike(self, one: int, other: int) -> float | None:
        is_known = self._prints[one].vector and self._prints[other].vector
        if self._vectors is None or not is_known:
            return None
        return float(self._vectors[one] @ self._vectors[other])

    def _is_abroad(self, one: int, other: int) -> bool:
        return self._prints[one].language != self._prints[other].language

    def _agree(self, one: int, other: int) -> bool:
        """No two that are compared are in the very same words."""
        mine, yours = self._polarities[one], self._polarities[other]
        if mine is None or yours is None:
            return False
        return may_agree(mine, yours, self._wordings.is_telling)


def _kind(seen: _Near) -> Kind:
    if not seen.may_agree:
        return Kind.OPPOSITE
    return Kind.SAME if seen.overlap >= SAME else Kind.SIMILAR
