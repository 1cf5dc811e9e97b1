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
_Token = tuple[str, str]
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
        return _pieces(_changed(before, after))
    found: list[tuple[Kind, str]] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found.append((Kind.SAME, _common(old[i1:i2], new[j1:j2])))
        else:
            found += _changed(_text(old[i1:i2]), _text(new[j1:j2]))
    return _pieces(found)


def _common(old: list[_Token], new: list[_Token]) -> str:
    """With a space wherever one of the two has one."""
    pairs = zip(old, new, strict=True)
    return "".join(word + (space or was) for (_w, was), (word, space) in pairs)


def _text(tokens: list[_Token]) -> str:
    return "".join(word + space for word, space in tokens)


def _changed(removed: str, added: str) -> list[tuple[Kind, str]]:
    """A space behind changed words is not marked with them."""
    found: list[tuple[Kind, str]] = []
    for kind, text in ((Kind.REMOVED, removed), (Kind.ADDED, added)):
        words = text.rstrip()
        found += [(kind, words), (Kind.SAME, text[len(words) :])]
    return found


def _pieces(found: list[tuple[Kind, str]]) -> list[Piece]:
    """Those that say something; what is the same in one run."""
    pieces: list[Piece] = []
    for kind, text in found:
        if pieces and kind is Kind.SAME and pieces[-1].kind is Kind.SAME:
            pieces[-1] = Piece(kind, pieces[-1].text + text)
        elif text:
            pieces.append(Piece(kind, text))
    return pieces
