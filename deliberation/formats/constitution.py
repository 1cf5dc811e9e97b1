"""A constitution as a document that carries its own evidence.

Pure: the same document gives the same bytes, whatever the clock, the machine or
the order in which mappings were filled.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from deliberation.formats.markdown import escaped, one_line, paragraphs, row
from deliberation.tallies import wilson

FORMAT: Final = "folkmoot-constitution/1"
_DECIMALS: Final = 6

_READING: Final = """\
## How to read the figures

**Agree share** is the share of a group's votes on a statement that agree, out of
agree, disagree and pass together. People who did not see a statement are not
counted. The range behind it is the 95 % Wilson score interval: the fewer votes,
the wider it is.

**Group-aware consensus** multiplies the smoothed agreement of all opinion groups:
it is high only if every group agrees.

**Digest** is the SHA-256 of this version's canonical JSON. Whoever holds the JSON
file can compute it again and see that nothing was changed.
"""


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
class OriginEntry:
    """What moderators made a statement of, by a "reword" or a "split"; its text is
    empty where it was never shown to the public."""

    statement_number: int
    lineage: str
    text: str


@dataclass(frozen=True)
class SourceEntry:
    """A statement behind a principle, and how each opinion group voted on it.

    lineage : where its words came from, the nearest first; empty, and not in the
        files, where it stands as it was written
    """

    statement_number: int
    text: str
    group_aware_consensus: float
    groups: Mapping[str, GroupVotes]
    lineage: tuple[OriginEntry, ...] = ()


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
    return "".join(f"{one_line(principle.text)}\n" for principle in doc.principles)


def _content(doc: ConstitutionDocument) -> dict[str, Any]:
    return {"format": FORMAT, **_plain(asdict(doc))}


def _plain(value: Any) -> Any:
    """Floats to fixed decimals; ``pass_`` to the word it stands for."""
    if isinstance(value, Mapping):
        names = {"pass_": "pass"}
        return {
            names.get(key, key): _plain(item)
            for key, item in value.items()
            # Digests of versions from before there was lineage stay as they were.
            if key != "lineage" or item
        }
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return round(value, _DECIMALS) + 0.0 if isinstance(value, float) else value


def _canonical(content: Mapping[str, Any]) -> str:
    text = json.dumps(
        content, sort_keys=True, ensure_ascii=False, indent=2, allow_nan=False
    )
    return text + "\n"


def to_markdown(doc: ConstitutionDocument) -> str:
    """A document to read and print; people's texts cannot become markup."""
    parts = [
        f"# {escaped(doc.title)}",
        f"> {escaped(doc.question)}" if doc.question.strip() else "",
        _status(doc),
        paragraphs(doc.description),
        _overview(doc),
        _rule(doc.rule),
        "## Principles",
        *(_principle(principle) for principle in doc.principles),
        _READING,
    ]
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def _status(doc: ConstitutionDocument) -> str:
    if doc.version is None:
        return "**DRAFT** · not ratified, may still change"
    date = escaped(doc.published_at[:10]) if doc.published_at else "not published"
    return f"**Version {doc.version}** · {date}"


def _overview(doc: ConstitutionDocument) -> str:
    found = doc.analysis
    groups = ", ".join(f"{escaped(g.letter)} ({g.size:,})" for g in found.groups)
    rows = [
        ("People who voted", f"{found.n_participants:,}"),
        ("Votes", f"{found.n_votes:,}"),
        ("People in opinion groups", f"{found.n_grouped:,}"),
        ("Opinion groups", groups or "none"),
        ("Principles", f"{len(doc.principles):,}"),
        ("Language", escaped(doc.language)),
        ("Analysis run", escaped(found.run_digest)),
        ("Digest", digest(doc)),
    ]
    lines = ["| | |", "| :-- | :-- |", *(row(*cells) for cells in rows)]
    return "\n".join(lines)


def _rule(rule: RuleEntry) -> str:
    lines = [
        f"- {escaped(name)}: {_parameter(value)}"
        for name, value in sorted(rule.parameters.items())
    ]
    text = "\n\n".join(filter(None, [paragraphs(rule.text), "\n".join(lines)]))
    return f"## How principles were chosen\n\n{text or 'By hand.'}"


def _parameter(value: str | int | float) -> str:
    return f"{value:.4f}" if isinstance(value, float) else escaped(str(value))


def _principle(principle: PrincipleEntry) -> str:
    text = f"### Principle {principle.number}\n\n{escaped(principle.text)}"
    sources = [_source(source) for source in principle.sources]
    return "\n\n".join([text, *(sources or ["*Written without a source statement.*"])])


def _source(source: SourceEntry) -> str:
    lines = [
        f"*From statement {source.statement_number}"
        f" · group-aware consensus {source.group_aware_consensus:.3f}*",
        "",
        f"> {escaped(source.text)}",
        "",
        *(_origin(origin) for origin in source.lineage),
        *([""] if source.lineage else []),
        row("Group", "Agree", "Disagree", "Pass", "Agree share (95 % interval)"),
        row(":--", "--:", "--:", "--:", "--:"),
        *(_group(letter, votes) for letter, votes in sorted(source.groups.items())),
    ]
    return "\n".join(lines)


def _origin(origin: OriginEntry) -> str:
    done = "Split off" if origin.lineage == "split" else "Reworded"
    text = f": {escaped(origin.text)}" if origin.text else ", which was not shown"
    return f"- {done} by moderators from statement {origin.statement_number}{text}"


def _group(letter: str, votes: GroupVotes) -> str:
    counts = (f"{n:,}" for n in (votes.agree, votes.disagree, votes.pass_))
    share = "no votes"
    if votes.n_votes:
        low, high = wilson(votes.agree, votes.n_votes)
        share = f"{votes.agree / votes.n_votes:.1%} ({low:.1%} to {high:.1%})"
    return row(escaped(letter), *counts, share)
