"""Text written by the public, made safe to stand inside a Markdown document."""

import re
import unicodedata
from typing import Final

# Every character with a meaning in CommonMark or a common extension of it, and the
# beginnings of bare links, which GitHub's flavour turns into links by itself.
_SPECIAL: Final = re.compile(r"[\\`*_{}\[\]<>&~|#$^@]|:(?=//)|(?<=www)\.", re.I)
# What opens a list, a rule, a heading's underline or a definition at a line's start.
_AT_START: Final = re.compile(r"^(\d+(?=[.)])|(?=[-+=:]))(.)")


def one_line(text: str) -> str:
    """Line breaks and runs of spaces become one space; control characters go."""
    visible = (" " if unicodedata.category(c) == "Cc" else c for c in text)
    return " ".join("".join(visible).split())


def escaped(text: str) -> str:
    """One line that Markdown shows letter by letter, wherever it stands."""
    safe = _SPECIAL.sub(lambda found: "\\" + found[0], one_line(text))
    return _AT_START.sub(r"\1\\\2", safe)


def paragraphs(text: str) -> str:
    """Escaped text that keeps its paragraphs."""
    parts = (escaped(part) for part in re.split(r"\n\s*\n", text.strip()))
    return "\n\n".join(part for part in parts if part)


def row(*cells: str) -> str:
    """One line of a table; cells must be escaped already."""
    return f"| {' | '.join(cells)} |"
