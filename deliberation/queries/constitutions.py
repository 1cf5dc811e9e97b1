"""The versions of a constitution: as pages show them, and as documents.

The words around the principles (title, rule in words) are English and frozen with
a version when it is published: the document must be the same bytes for every reader.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from deliberation.errors import DeliberationError
from deliberation.formats import constitution as constitution_format
from deliberation.formats.constitution import (
    AnalysisEntry,
    ConstitutionDocument,
    GroupEntry,
    GroupVotes,
    OriginEntry,
    PrincipleEntry,
    RuleEntry,
    SourceEntry,
)
from deliberation.models import (
    ConstitutionVersion,
    Conversation,
    Principle,
    Provenance,
)
from deliberation.tallies import Tally
from deliberation.validators import clean_text

TITLE = "Constitution"
# By the score a rule names; drafts of 0.1 name the first.
ORDERS = {
    "group_aware_consensus": "the highest group-aware consensus",
    "consensus": "the surest consensus across groups",
}
# Stands for the letter of a group where a conversation has no opinion groups.
EVERYONE = "all"

WRITERS: Mapping[str, Callable[[ConstitutionDocument], str]] = {
    "md": constitution_format.to_markdown,
    "txt": constitution_format.to_text,
    "json": constitution_format.to_json,
}


class NoSuchFormat(DeliberationError):
    code = "no_such_format"
    message = _("A constitution can be had as md, txt or json, not as %(asked)s.")
    http_status = 404


class NoSuchVersion(DeliberationError):
    code = "no_such_version"
    message = _("This constitution has no published version %(number)d.")
    http_status = 404


class NoSuchPrinciple(DeliberationError):
    code = "no_such_principle"
    message = _("There is no such principle in the draft; load the page again.")
    http_status = 404


# --- Versions ------------------------------------------------------------------------


def draft(conversation: Conversation) -> ConstitutionVersion | None:
    """The one version without a number, if there is one."""
    return _versions(conversation).filter(number=None).first()


def latest_version(conversation: Conversation) -> ConstitutionVersion | None:
    published = _versions(conversation).filter(number__isnull=False)
    return published.order_by("-number").first()


def version(conversation: Conversation, number: int) -> ConstitutionVersion:
    """A published version. Raises NoSuchVersion."""
    found = _versions(conversation).filter(number=number).first()
    if found is None:
        raise NoSuchVersion(number=number)
    return found


def draft_principle(conversation: Conversation, pk: int) -> Principle:
    """One principle of the draft. Raises NoSuchPrinciple."""
    draft = _versions(conversation).filter(number=None)
    found = Principle.objects.filter(pk=pk, version__in=draft).first()
    if found is None:
        raise NoSuchPrinciple
    return found


def principles(version: ConstitutionVersion) -> list[Principle]:
    """In order, each with its provenance (`principle.provenance.all()`): two queries."""
    return list(
        version.principles.order_by("position", "id").prefetch_related("provenance")
    )


@dataclass(frozen=True)
class SourceView:
    """A statement behind a principle, with the votes of each described group.

    `consensus` and `p_top` as in `queries.candidates`; drafts of 0.1 have neither.
    `lineage` is what moderators made it of, the nearest first.
    """

    statement_number: int
    text: str
    group_aware_consensus: float
    consensus: float | None
    p_top: float | None
    votes: list[tuple[str, Tally]]
    lineage: tuple[OriginEntry, ...] = ()


@dataclass(frozen=True)
class PrincipleView:
    """A principle as pages show it; its number counts from 1 whatever was withdrawn."""

    pk: int
    number: int
    text: str
    sources: list[SourceView]
    is_last: bool


def principle_views(version: ConstitutionVersion) -> list[PrincipleView]:
    """In order, with their evidence: two queries."""
    ordered = principles(version)
    return [
        PrincipleView(
            pk=principle.pk,
            number=number,
            text=principle.text,
            sources=[
                SourceView(
                    source.statement_number,
                    source.text,
                    source.figures["group_aware_consensus"],
                    source.figures.get("consensus"),
                    source.figures.get("p_top"),
                    list(votes_by_group(source).items()),
                    _lineage(source),
                )
                for source in _provenance(principle)
            ],
            is_last=number == len(ordered),
        )
        for number, principle in enumerate(ordered, 1)
    ]


def _provenance(principle: Principle) -> list[Provenance]:
    return sorted(principle.provenance.all(), key=lambda p: p.statement_number)


def _versions(conversation: Conversation) -> QuerySet[ConstitutionVersion]:
    return ConstitutionVersion.objects.filter(
        constitution__conversation=conversation
    ).select_related("constitution__conversation")


# --- A version as a document -----------------------------------------------------------


def document(version: ConstitutionVersion) -> ConstitutionDocument:
    """The same document for the same version, whoever asks: two queries."""
    words = frozen_words(version)
    conversation = version.constitution.conversation
    return ConstitutionDocument(
        title=TITLE,
        question=words["question"],
        slug=conversation.slug,
        version=version.number,
        published_at=_moment(version.published_at),
        language=words["language"],
        description=words["description"],
        rule=_rule(version.rule, words["rule"]),
        analysis=_analysis(version),
        principles=tuple(
            PrincipleEntry(number, principle.text, _sources(principle))
            for number, principle in enumerate(principles(version), 1)
        ),
    )


def written(version: ConstitutionVersion, file_format: str) -> str:
    """The document as md, txt or json. Raises NoSuchFormat."""
    if file_format not in WRITERS:
        raise NoSuchFormat(asked=clean_text(file_format)[:20])
    return WRITERS[file_format](document(version))


def _moment(published_at: datetime | None) -> str | None:
    if published_at is None:
        return None
    return published_at.astimezone(UTC).isoformat(timespec="seconds")


def frozen_words(version: ConstitutionVersion) -> dict[str, str]:
    """What a document says besides the principles; kept with a published version."""
    if version.words:
        stored: dict[str, str] = version.words
        return stored
    conversation = version.constitution.conversation
    return {
        "question": conversation.question,
        "description": conversation.description,
        "language": conversation.language,
        "rule": _rule_in_words(version),
    }


def _rule_in_words(version: ConstitutionVersion) -> str:
    rule = version.rule
    least = rule["min_votes_per_group"]
    judges, judge = "every opinion group", "a group"
    if not version.analysis["described"]:
        judges, judge = "all people together", "a statement"
    words = (
        f"A statement became a principle where at least {100 * rule['threshold']:.4g}% of the"
        f" votes of {judges} agree. A pass counts as a vote, and {judge} needs at least"
        f" {least}. Groups of fewer than {rule['min_group_size']} people are not"
        " described. Moderators may have changed the order, which began with"
        f" {ORDERS[rule['score']]}, and the wording: the statement stands below"
        " each principle."
    )
    most = rule["max_principles"]
    return f"{words} At most {most} were taken, the best first." if most else words


def _rule(rule: Mapping[str, str | int | float | None], text: str) -> RuleEntry:
    given = {name: value for name, value in rule.items() if value is not None}
    return RuleEntry(text=text, parameters=given)


def _analysis(version: ConstitutionVersion) -> AnalysisEntry:
    found = version.analysis
    return AnalysisEntry(
        run_digest=found["digest"],
        n_participants=found["n_participants"],
        n_grouped=found["n_grouped"],
        n_votes=found["n_votes"],
        groups=tuple(GroupEntry(g["letter"], g["size"]) for g in found["groups"]),
    )


def _sources(principle: Principle) -> tuple[SourceEntry, ...]:
    return tuple(
        SourceEntry(
            statement_number=source.statement_number,
            text=source.text,
            group_aware_consensus=source.figures["group_aware_consensus"],
            groups={
                letter: GroupVotes(counts.n_agree, counts.n_disagree, counts.n_pass)
                for letter, counts in votes_by_group(source).items()
            },
            lineage=_lineage(source),
        )
        for source in _provenance(principle)
    )


def _lineage(source: Provenance) -> tuple[OriginEntry, ...]:
    return tuple(
        OriginEntry(step["number"], step["lineage"], step["text"])
        for step in source.lineage or []
    )


def votes_by_group(source: Provenance) -> dict[str, Tally]:
    """Of each described group; without groups, of everyone under the word for all."""
    figures = source.figures
    groups = {letter: Tally.of(counts) for letter, counts in figures["groups"].items()}
    if groups:
        return dict(sorted(groups.items()))
    return {
        EVERYONE: Tally(figures["n_agree"], figures["n_disagree"], figures["n_pass"])
    }
