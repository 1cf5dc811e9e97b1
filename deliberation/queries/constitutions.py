"""What a constitution may be drafted from, its versions, and a version as a document.

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
    PrincipleEntry,
    RuleEntry,
    SourceEntry,
)
from deliberation.models import (
    AnalysisRun,
    ConstitutionVersion,
    Conversation,
    Principle,
    Provenance,
    Statement,
    StatementResult,
)
from deliberation.tallies import MIN_GROUP_SIZE, MIN_GROUPED, Tally

TITLE = "Constitution"
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


# --- What a draft is chosen from -----------------------------------------------------


@dataclass(frozen=True)
class Candidate:
    """A statement with its votes: of everyone, and of each group that is described."""

    statement: Statement
    group_aware_consensus: float
    overall: Tally
    groups: Mapping[str, Tally]

    @property
    def judges(self) -> list[Tally]:
        """Whose agreement is asked for: every group's, or without groups everyone's."""
        return list(self.groups.values()) or [self.overall]

    @property
    def is_enough(self) -> bool:
        return all(tally.is_enough for tally in self.judges)

    @property
    def p_least(self) -> float:
        """The agree share of the group that agrees least, passes in the denominator."""
        return min(tally.p_agree for tally in self.judges)

    @property
    def figures(self) -> dict[str, object]:
        """As a principle's provenance keeps them."""
        return {
            "group_aware_consensus": self.group_aware_consensus,
            **{f"n_{choice}": n for choice, n in _counts(self.overall).items()},
            "groups": {letter: _counts(votes) for letter, votes in self.groups.items()},
        }


def candidates(run: AnalysisRun) -> list[Candidate]:
    """Shown statements about the matter itself: best consensus first, then number."""
    letters = described_letters(run)
    results = StatementResult.objects.filter(
        run=run,
        statement__in=Statement.objects.shown(run.conversation).filter(is_meta=False),
    ).select_related("statement")
    return [
        Candidate(
            statement=result.statement,
            group_aware_consensus=result.group_aware_consensus,
            overall=Tally(result.n_agree, result.n_disagree, result.n_pass),
            groups={letter: tally(result.groups[letter]) for letter in letters},
        )
        for result in results.order_by("-group_aware_consensus", "statement__number")
    ]


def described_letters(run: AnalysisRun) -> list[str]:
    """Groups whose votes may be told; none while there are too few people."""
    groups = list(run.groups.order_by("letter"))
    if run.n_grouped < MIN_GROUPED or len(groups) < 2:
        return []
    return [group.letter for group in groups if group.n_members >= MIN_GROUP_SIZE]


def analysis_figures(run: AnalysisRun) -> dict[str, object]:
    """As a version keeps them of the run it was drafted from."""
    groups = run.groups.order_by("letter")
    return {
        "digest": run.digest,
        "n_participants": run.n_participants,
        "n_grouped": run.n_grouped,
        "n_votes": run.n_votes,
        "groups": [{"letter": g.letter, "size": g.n_members} for g in groups],
        "described": described_letters(run),
    }


def _counts(votes: Tally) -> dict[str, int]:
    return {"agree": votes.n_agree, "disagree": votes.n_disagree, "pass": votes.n_pass}


def tally(counts: Mapping[str, int]) -> Tally:
    """From the shape in which groups' counts are stored."""
    return Tally(counts["agree"], counts["disagree"], counts["pass"])


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
        raise NoSuchFormat(asked=file_format)
    return WRITERS[file_format](document(version))


def _moment(published_at: datetime | None) -> str | None:
    if published_at is None:
        return None
    return published_at.astimezone(UTC).isoformat(timespec="seconds")


def frozen_words(version: ConstitutionVersion) -> dict[str, str]:
    """What a document says besides the principles; kept with a published version."""
    stored: dict[str, str] | None = version.analysis.get("words")
    if stored is not None:
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
    share = f"at least {rule['threshold']:.0%} of {least} or more votes agree"
    where = "in every opinion group" if version.analysis["described"] else "in all"
    words = (
        f"A statement became a principle where {where} {share}; a pass counts as a"
        f" vote. Groups of fewer than {rule['min_group_size']} people are not"
        " described. Moderators may have changed the order, which began with the"
        " highest group-aware consensus, and the wording: the statement stands below"
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
    provenance = sorted(principle.provenance.all(), key=lambda p: p.statement_number)
    return tuple(
        SourceEntry(
            statement_number=source.statement_number,
            text=source.text,
            group_aware_consensus=source.figures["group_aware_consensus"],
            groups={
                letter: GroupVotes(counts.n_agree, counts.n_disagree, counts.n_pass)
                for letter, counts in votes_by_group(source).items()
            },
        )
        for source in provenance
    )


def votes_by_group(source: Provenance) -> dict[str, Tally]:
    """Of each described group; without groups, of everyone under the word for all."""
    figures = source.figures
    groups = {letter: tally(counts) for letter, counts in figures["groups"].items()}
    if groups:
        return dict(sorted(groups.items()))
    return {
        EVERYONE: Tally(figures["n_agree"], figures["n_disagree"], figures["n_pass"])
    }
