"""A participant's receipt: that her votes are counted, and what they did.

Hers alone: read with her code, never stored, never cached.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from deliberation.models import (
    AnalysisRun,
    Choice,
    ConstitutionVersion,
    Conversation,
    Participant,
    Statement,
    Vote,
)
from deliberation.queries import constitutions, listings, overview, visibility
from deliberation.queries.analysis import described_groups, latest_run
from deliberation.queries.figures import StatementView
from deliberation.queries.listings import Words

# Where there is neither a constitution nor a draft: what the first draft would ask for.
USUAL_THRESHOLD = 0.6
STANCES = ("agreed", "opposed", "passed", "unseen")


@dataclass(frozen=True)
class Sentence:
    """A principle, or a statement that would become one, and what it comes from."""

    text: str
    language: str
    statement_numbers: list[int]


@dataclass(frozen=True)
class Slate:
    """The principles as they are, or would be, and how she voted on them.

    `version` is the number of the published constitution; None: they are likely ones,
    those with `threshold` in every group.
    """

    version: int | None
    threshold: float
    agreed: list[Sentence]
    opposed: list[Sentence]
    passed: list[Sentence]
    unseen: list[Sentence]

    @property
    def n_all(self) -> int:
        return self.n_voted + len(self.unseen)

    @property
    def n_voted(self) -> int:
        return len(self.agreed) + len(self.opposed) + len(self.passed)


@dataclass(frozen=True)
class Receipt:
    """`n_counted` of her `n_votes` are in the latest analysis, `n_newer` will be in the
    next, `n_withdrawn` are on statements that moderators took out since.

    Nothing of an excluded person is counted. Without a slate its time has not come:
    results are hidden, or nothing is analysed.
    """

    n_votes: int
    n_newer: int
    n_withdrawn: int
    is_excluded: bool
    analysed_at: datetime | None
    slate: Slate | None

    @property
    def n_counted(self) -> int:
        return self.n_votes - self.n_newer - self.n_withdrawn


def of(conversation: Conversation, participant: Participant) -> Receipt:
    """Her receipt of this moment; a dozen queries at most."""
    run = latest_run(conversation)
    shown = Q(statement__in=Statement.objects.shown(conversation))
    newer = shown & Q(cast_at__gt=run.started_at) if run else shown
    counts = Vote.objects.filter(participant=participant).aggregate(
        n=Count("pk"),
        n_newer=Count("pk", filter=newer),
        n_withdrawn=Count("pk", filter=~shown),
    )
    may_see = visibility.sight(conversation, participant).is_open
    return Receipt(
        n_votes=counts["n"],
        n_newer=counts["n_newer"],
        n_withdrawn=counts["n_withdrawn"],
        is_excluded=participant.is_excluded,
        analysed_at=run.finished_at if run else None,
        slate=_slate(conversation, participant, run) if may_see else None,
    )


def _slate(
    conversation: Conversation, participant: Participant, run: AnalysisRun | None
) -> Slate | None:
    version = constitutions.latest_version(conversation)
    # The moderators' own rule where they have drafted.
    draft = None if version else constitutions.draft(conversation)
    rule = draft.rule if draft else {}
    threshold = rule.get("threshold") or USUAL_THRESHOLD
    if version:
        sentences = _principles(version)
    else:
        sentences = _likely(conversation, run, threshold, rule.get("max_principles"))
    if not sentences:
        return None
    votes = Vote.objects.filter(participant=participant)
    choices = dict(votes.values_list("statement__number", "choice"))
    by_stance: dict[str, list[Sentence]] = {stance: [] for stance in STANCES}
    for sentence in sentences:
        stance = _stance(choices.get(n) for n in sentence.statement_numbers)
        by_stance[stance].append(sentence)
    number = version.number if version else None
    return Slate(version=number, threshold=threshold, **by_stance)


def _principles(version: ConstitutionVersion) -> list[Sentence]:
    language = version.words.get("language", "")
    return [
        Sentence(
            text=principle.text,
            language=language,
            statement_numbers=[s.statement_number for s in principle.provenance.all()],
        )
        for principle in constitutions.principles(version)
    ]


def _likely(
    conversation: Conversation,
    run: AnalysisRun | None,
    threshold: float,
    most: int | None,
) -> list[Sentence]:
    """What `queries.candidates` would offer a draft, from the remembered overview."""
    if run is None:
        return []
    known = overview.of(conversation, run, described_groups(run))
    listing = listings.of(conversation, known)
    chosen = [view for view in listing.views if _is_likely(view, threshold)]
    chosen.sort(
        key=lambda view: (
            not view.ranking.is_ranked,
            -view.ranking.agree if view.ranking.is_ranked else 0.0,
            view.number,
        )
    )
    return [
        Sentence(view.shown_text, view.shown_language, [view.number])
        for view in Words.of(chosen[:most]).told(chosen[:most])
    ]


def _is_likely(view: StatementView, threshold: float) -> bool:
    """Agreed with by so much of every group, or without groups of everyone."""
    return not view.is_meta and all(
        tally.is_enough and tally.p_agree >= threshold for tally in view.judges
    )


def _stance(choices: Iterable[int | None]) -> str:
    """To a sentence from the choices on its statements; None was not seen."""
    known = set(choices)
    if Choice.DISAGREE in known:
        return "opposed"
    if Choice.AGREE in known:
        return "agreed"
    return "passed" if Choice.PASS in known else "unseen"
