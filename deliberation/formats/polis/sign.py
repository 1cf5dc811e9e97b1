"""Which number means agree: declared by a person, never guessed.

Polis stores agree as -1, exports it as +1, and its exporters have disagreed with
each other about it; nothing inside an export settles the question for certain.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Final, Self

from deliberation.formats.polis.errors import VoteSignError, at, quoted

DECLARATION: Final = "vote-convention"


class VoteSign(Enum):
    """The number that stands for agree in the files to be read."""

    AGREE_IS_PLUS_ONE = "agree=+1"
    AGREE_IS_MINUS_ONE = "agree=-1"

    @classmethod
    def parse(cls, text: str) -> Self:
        """From the explicit argument; anything but the two exact forms is refused."""
        for sign in cls:
            if sign.value == text:
                return sign
        raise VoteSignError("sign_undecided", {"found": quoted(str(text))})

    @property
    def factor(self) -> int:
        """What turns a number of the file into our own: agree +1, disagree -1."""
        return 1 if self is VoteSign.AGREE_IS_PLUS_ONE else -1


_DECLARED: Final[Mapping[tuple[str | None, str | None], VoteSign]] = {
    ("+1", "-1"): VoteSign.AGREE_IS_PLUS_ONE,
    ("1", "-1"): VoteSign.AGREE_IS_PLUS_ONE,
    ("-1", "+1"): VoteSign.AGREE_IS_MINUS_ONE,
    ("-1", "1"): VoteSign.AGREE_IS_MINUS_ONE,
}


def check_declaration(text: str, sign: VoteSign, file: str, line: int) -> None:
    """Refuse a file whose own declaration is unreadable or says the opposite."""
    pairs = [part.partition("=") for part in text.strip().split(";")]
    declared = {name.strip(): value.strip() for name, _, value in pairs}
    numbers = (declared.get("agree"), declared.get("disagree"))
    if numbers not in _DECLARED:
        raise at("sign_unreadable", file, line, DECLARATION, found=quoted(text.strip()))
    if _DECLARED[numbers] is not sign:
        found = _DECLARED[numbers].value
        raise at(
            "sign_contradicted", file, line, DECLARATION, sign=sign.value, found=found
        )
