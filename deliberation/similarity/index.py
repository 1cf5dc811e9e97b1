"""All statements of one conversation, ready to be asked what says nearly the same."""

from collections.abc import Collection, Hashable, Iterable, Sequence
from enum import StrEnum
from heapq import nlargest
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from deliberation.similarity.fingerprints import VERSION, Fingerprint, fingerprint
from deliberation.similarity.polarity import may_agree, polarity
from deliberation.similarity.wording import Wordings
from deliberation.similarity.words import in_order, said

if TYPE_CHECKING:
    from deliberation.similarity.meaning import Meanings

Key = TypeVar("Key", bound=Hashable)

# See docs/decisions/0009-near-duplicates.md for where these come from.
MEANING_SHARE = 0.6
# Between two languages there are no words in common to help.
MEANING_SHARE_ABROAD = 0.65
NEAR = 0.45
NEAR_IN_WORDS = 0.5
SAME = 0.9
ALL_BUT_ROUNDING = 0.9999
LOOKED_AT = 40


class Kind(StrEnum):
    SAME = "same"
    SIMILAR = "similar"
    # Near, and one may deny what the other says: told to moderators alone.
    OPPOSITE = "opposite"


class Match(NamedTuple, Generic[Key]):
    """A statement to vote on instead.

    score : 0 to 1; it orders matches of one text and means nothing else
    kind : the same words but for small ones, or a similar meaning
    """

    key: Key
    score: float
    kind: Kind


class Index(Generic[Key]):
    """Compares a text with all statements of a conversation."""

    def __init__(self, entries: Iterable[tuple[Key, Fingerprint]]) -> None:
        """entries : key and fingerprint of each statement, the one to be offered first
        among equal ones first; those of another VERSION are left out."""
        known = [entry for entry in entries if entry[1].version == VERSION]
        self._keys = [key for key, _ in known]
        self._prints = [stored for _, stored in known]
        self._wordings = Wordings(
            [stored.words for stored in self._prints],
            [stored.language for stored in self._prints],
        )
        self._meanings = _meanings([stored.vector for stored in self._prints])

    def __len__(self) -> int:
        return len(self._keys)

    def similar(
        self, text: str, language: str, most: int = 3, leave_out: Collection[Key] = ()
    ) -> list[Match[Key]]:
        """Statements that may say the same, the nearest first, no wording twice.

        Never one that says the opposite, or might. An empty text is like nothing.

        leave_out : keys not to be offered, like that of a statement being changed
        """
        return self.similar_to(fingerprint(text, language), most, leave_out)

    def similar_to(
        self,
        asked: Fingerprint,
        most: int = 3,
        leave_out: Collection[Key] = (),
        *,
        with_opposites: bool = False,
    ) -> list[Match[Key]]:
        """As `similar`, for a fingerprint of this VERSION.

        with_opposites : for who runs a conversation, those that might deny it as well,
            in a language that is known
        """
        found: list[Match[Key]] = []
        wordings = set()
        for score, overlap, at in self._near(asked):
            if self._keys[at] in leave_out:
                continue
            wording = self._wordings.stems[at]
            kind = self._kind_of(asked, at, overlap)
            is_opposite = kind is Kind.OPPOSITE and not with_opposites
            if kind is None or is_opposite or wording in wordings:
                continue
            wordings.add(wording)
            found.append(Match(self._keys[at], round(score, 4), kind))
            if len(found) == most:
                break
        return found

    def _near(self, asked: Fingerprint) -> list[tuple[float, float, int]]:
        """(score, overlap of words, place) of what is near, the nearest first."""
        stems = said(asked.words)
        if not stems:
            return []
        overlaps = self._wordings.overlaps(stems)
        likeness = self._likeness(asked)
        foreign = [stored.language != asked.language for stored in self._prints]
        rough = list(map(score_of, overlaps, likeness, foreign))
        near = []
        for at in nlargest(LOOKED_AT, range(len(rough)), key=rough.__getitem__):
            overlap = self._wordings.overlap(stems, at)
            score = score_of(overlap, likeness[at], foreign[at])
            if score >= NEAR or overlap >= SAME:
                near.append((score, overlap, at))
        return sorted(near, key=lambda found: (-found[0], found[2]))

    def _likeness(self, asked: Fingerprint) -> Sequence[float | None]:
        """(n) likeness of meanings, None where it is not known."""
        if self._meanings is None or not asked.vector:
            return [None] * len(self)
        return self._meanings.likeness(asked.vector)

    def _kind_of(self, asked: Fingerprint, at: int, overlap: float) -> Kind | None:
        """None where the language of one is not known, nor the words the same."""
        stored = self._prints[at]
        if in_order(asked.words) == in_order(stored.words):
            return Kind.SAME
        one = polarity(asked.words, asked.language)
        other = polarity(stored.words, stored.language)
        if one is None or other is None:
            return None
        if not may_agree(one, other, self._wordings.is_telling):
            return Kind.OPPOSITE
        return Kind.SAME if overlap >= SAME else Kind.SIMILAR


def score_of(overlap: float, likeness: float | None, is_foreign: bool) -> float:
    """Of words in common and likeness of meaning, None where that is not known."""
    if overlap > ALL_BUT_ROUNDING:
        return 1.0
    if likeness is None:
        return overlap * NEAR / NEAR_IN_WORDS
    score = MEANING_SHARE * likeness + (1 - MEANING_SHARE) * overlap
    return max(score, MEANING_SHARE_ABROAD * likeness) if is_foreign else score


def _meanings(vectors: list[bytes]) -> "Meanings | None":
    if not any(vectors):
        return None
    from deliberation.similarity.meaning import Meanings  # noqa: PLC0415 - numpy is loaded when first needed, not by every web process

    return Meanings(vectors)
