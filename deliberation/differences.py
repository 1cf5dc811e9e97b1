"""What differs between two texts, word by word, or sign by sign where no spaces are."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

import regex

# Chinese, Japanese, Thai and their like are written without spaces: one sign each.
_UNSPACED = (
    r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}"
)
_LETTER = rf"(?![{_UNSPACED}])[\p{{L}}\p{{N}}]\p{{M}}*"
# A word with its inner apostrophes and hyphens, or one sign; the spaces behind it go
# with it, and are not compared.
_TOKEN = regex.compile(rf"((?:{_LETTER})+(?:['’\-](?:{_LETTER})+)*|\X)(\s*)")
# Fewer words in common say nothing of how one text came of the other.
_MUCH = 0.3


class Kind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """A run of words that both texts have, or one of them."""

    kind: Kind
    text: str

    @property
    def is_removed(self) -> bool:
        return self.kind is Kind.REMOVED

    @property
    def is_added(self) -> bool:
        return self.kind is Kind.ADDED


def between(before: str, after: str) -> list[Piece]:
    """The pieces in order: without the added ones the text before, without the removed
    ones the text after, spaces aside."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    words = [word for word, _space in old], [word for word, _space in new]
    matcher = SequenceMatcher(None, *words, autojunk=False)
    if matcher.ratio() < _MUCH:
        return _changed(before, after)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Kind.SAME, _text(new[j1:j2])))
        else:
            pieces += _changed(_text(old[i1:i2]), _text(new[j1:j2]))
    return pieces


def _text(tokens: list[tuple[str, str]]) -> str:
    return "".join(word + space for word, space in tokens)


def _changed(removed: str, added: str) -> list[Piece]:
    both = [Piece(Kind.REMOVED, removed), Piece(Kind.ADDED, added)]
    return [piece for piece in both if piece.text]
