"""A constitution as a document that carries its own evidence.

Pure: the same document gives the same bytes, whatever the clock, the machine or
the order in which mappings were filled.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

FORMAT: Final = "folkmoot-constitution/1"
_DECIMALS: Final = 6


@dataclass(frozen=True)
class GroupVotes:
    """Votes of one opinion group on one statement."""

    agree: int
    disagree: int
    pass_: int

    @property
    def n_votes(self) -> int:
        return self.agree + self.disagree + self.pass_


@dataclass(frozen=True)
class SourceEntry:
    """A statement behind a principle, and how each opinion group voted on it."""

    statement_number: int
    text: str
    group_aware_consensus: float
    groups: Mapping[str, GroupVotes]


@dataclass(frozen=True)
class PrincipleEntry:
    number: int
    text: str
    sources: tuple[SourceEntry, ...]


@dataclass(frozen=True)
class RuleEntry:
    """How statements were selected: in words, and the numbers used."""

    text: str
    parameters: Mapping[str, str | int | float]


@dataclass(frozen=True)
class GroupEntry:
    letter: str
    size: int


@dataclass(frozen=True)
class AnalysisEntry:
    """The analysis run the figures come from."""

    run_digest: str
    n_participants: int
    n_grouped: int
    n_votes: int
    groups: tuple[GroupEntry, ...]


@dataclass(frozen=True)
class ConstitutionDocument:
    """One version, or the draft.

    ``version`` is None for a draft; ``published_at`` is an ISO 8601 string.
    ``question`` is what was put to the public; it may be empty.
    """

    title: str
    question: str
    slug: str
    version: int | None
    published_at: str | None
    language: str
    description: str
    rule: RuleEntry
    analysis: AnalysisEntry
    principles: tuple[PrincipleEntry, ...]


def digest(doc: ConstitutionDocument) -> str:
    """SHA-256 of the canonical JSON without its "digest" key.

    To check a downloaded file: remove the key, dump again with sorted keys, an
    indent of 2, characters unescaped and a line end, and hash the UTF-8 bytes.
    """
    return hashlib.sha256(_canonical(_content(doc)).encode()).hexdigest()


def to_json(doc: ConstitutionDocument) -> str:
    """The canonical JSON, with the digest in it."""
    return _canonical({**_content(doc), "digest": digest(doc)})


def to_text(doc: ConstitutionDocument) -> str:
    """One principle per line and nothing else."""
    lines = (" ".join(principle.text.split()) for principle in doc.principles)
    return "".join(f"{line}\n" for line in lines)


def to_markdown(doc: ConstitutionDocument) -> str:
    """A document to read and print; people's texts cannot become markup."""
    return render(doc, digest(doc))


def _content(doc: ConstitutionDocument) -> dict[str, Any]:
    return {"format": FORMAT, **_plain(asdict(doc))}


def _plain(value: Any) -> Any:
    """Floats to fixed decimals; ``pass_`` to the word it stands for."""
    if isinstance(value, Mapping):
        return {key.removesuffix("_"): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return round(value, _DECIMALS) + 0.0 if isinstance(value, float) else value


def _canonical(content: Mapping[str, Any]) -> str:
    text = json.dumps(
        content, sort_keys=True, ensure_ascii=False, indent=2, allow_nan=False
    )
    return text + "\n"
