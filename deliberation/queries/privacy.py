"""Everything that is held about one participant, for her own eyes."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.paginator import Page
from django.db.models import Count, Prefetch, Q, QuerySet

from deliberation import identity
from deliberation.models import (
    AnalysisRun,
    Appeal,
    Choice,
    Conversation,
    Participant,
    Statement,
    Vote,
    VoteRevision,
    WithdrawnVote,
)
from deliberation.queries import paging

FORMAT = "folkmoot.my-data"
FORMAT_VERSION = 1
PER_PAGE = 30


@dataclass(frozen=True)
class Earlier:
    """A choice before the one that holds. `client_key`: as the browser named it."""

    choice: str
    cast_at: datetime
    client_key: str


@dataclass(frozen=True)
class HeldVote:
    """A choice ("agree", "pass" or "disagree") and all that is kept beside it.

    statement : its number
    probability, n_candidates : with what probability, and among how many statements,
        this one was drawn for her; None where it was not drawn
    """

    statement: int
    text: str
    language: str
    choice: str
    cast_at: datetime
    client_key: str
    matters: bool
    probability: float | None
    n_candidates: int | None
    reason: str
    reason_written_at: datetime | None
    earlier: list[Earlier]


@dataclass(frozen=True)
class HeldWithdrawal:
    """A vote that was taken back: of the choice itself nothing is left."""

    statement: int
    text: str
    language: str
    client_key: str
    withdrawn_at: datetime


@dataclass(frozen=True)
class HeldStatement:
    number: int
    text: str
    language: str
    state: str
    created_at: datetime


@dataclass(frozen=True)
class HeldObjection:
    """To a decision on the statement with this number; `outcome` is empty while it
    waits for an answer."""

    statement: int
    text: str
    # Of the statement: she writes on it in the same one, as a rule.
    language: str
    made_at: datetime
    outcome: str
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True)
class Held:
    """What there is of a person, votes aside, which may be many.

    is_invited : her code was made from a signed link
    is_analysed : the latest analysis keeps her number, her place and her group
    """

    participant: Participant
    is_invited: bool
    is_analysed: bool
    n_votes: int
    n_changes: int
    n_reasons: int
    n_matters: int
    withdrawn: list[HeldWithdrawal]
    statements: list[HeldStatement]
    objections: list[HeldObjection]


def held(participant: Participant) -> Held:
    """Seven queries, whatever there is."""
    votes = Vote.objects.filter(participant=participant)
    counts = votes.aggregate(
        n=Count("pk"),
        n_reasons=Count("reason"),
        n_matters=Count("pk", filter=Q(matters=True)),
    )
    revisions = VoteRevision.objects.filter(vote__participant=participant)
    return Held(
        participant=participant,
        is_invited=identity.is_invited(participant.code),
        is_analysed=_is_analysed(participant),
        n_votes=counts["n"],
        n_changes=revisions.count(),
        n_reasons=counts["n_reasons"],
        n_matters=counts["n_matters"],
        withdrawn=_withdrawn(participant),
        statements=_statements(participant),
        objections=_objections(participant),
    )


def votes(participant: Participant, page: int | str = 1) -> Page[HeldVote]:
    """Newest first."""
    return paging.told(_rows(participant), page, PER_PAGE, _held_vote)


def document(
    conversation: Conversation, participant: Participant, now: datetime
) -> dict[str, object]:
    """All of it for a file; docs/privacy.md explains every key."""
    whole = held(participant)
    return {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "made_at": now,
        "conversation": {
            "address": conversation.slug,
            "question": conversation.question,
        },
        "participant": {
            "number": participant.pk,
            "code": participant.code,
            "is_invited": whole.is_invited,
            "imported_number": participant.imported_number,
            "joined_at": participant.joined_at,
            "is_excluded": participant.is_excluded,
            "is_analysed": whole.is_analysed,
        },
        "votes": [asdict(_held_vote(vote)) for vote in _rows(participant)],
        "withdrawn_votes": [asdict(row) for row in whole.withdrawn],
        "statements": [asdict(row) for row in whole.statements],
        "objections": [asdict(row) for row in whole.objections],
    }


def _rows(participant: Participant) -> QuerySet[Vote]:
    return (
        Vote.objects.filter(participant=participant)
        .select_related("statement", "reason")
        .prefetch_related(
            Prefetch("revisions", VoteRevision.objects.order_by("-cast_at", "-id"))
        )
        .order_by("-cast_at", "-id")
    )


def _held_vote(vote: Vote) -> HeldVote:
    reason = getattr(vote, "reason", None)
    return HeldVote(
        statement=vote.statement.number,
        text=vote.statement.text,
        language=vote.statement.language,
        choice=_word(vote.choice),
        cast_at=vote.cast_at,
        client_key=vote.client_key,
        matters=vote.matters,
        probability=vote.probability,
        n_candidates=vote.n_candidates,
        reason=reason.text if reason else "",
        reason_written_at=reason.written_at if reason else None,
        earlier=[
            Earlier(_word(was.choice), was.cast_at, was.client_key)
            for was in vote.revisions.all()
        ],
    )


def _withdrawn(participant: Participant) -> list[HeldWithdrawal]:
    rows = WithdrawnVote.objects.filter(participant=participant)
    return [
        HeldWithdrawal(
            statement=row.statement.number,
            text=row.statement.text,
            language=row.statement.language,
            client_key=row.client_key,
            withdrawn_at=row.withdrawn_at,
        )
        for row in rows.select_related("statement").order_by("-withdrawn_at", "-id")
    ]


def _statements(participant: Participant) -> list[HeldStatement]:
    mine = Statement.objects.filter(author=participant)
    return [
        HeldStatement(row.number, row.text, row.language, row.state, row.created_at)
        for row in mine.order_by("-created_at", "-id")
    ]


def _objections(participant: Participant) -> list[HeldObjection]:
    rows = Appeal.objects.filter(statement__author=participant)
    return [
        HeldObjection(
            statement=row.statement.number,
            text=row.text,
            language=row.statement.language,
            made_at=row.made_at,
            outcome=row.outcome,
            answer=row.answer,
            answered_at=row.answered_at,
        )
        for row in rows.select_related("statement").order_by("-made_at", "-id")
    ]


def _is_analysed(participant: Participant) -> bool:
    """Whether a vote of hers was there when the run that keeps its arrays began."""
    runs = AnalysisRun.objects.filter(
        conversation=participant.conversation_id, arrays__isnull=False
    )
    started = runs.order_by("-id").values_list("started_at", flat=True).first()
    if started is None:
        return False
    votes = Vote.objects.filter(participant=participant, cast_at__lte=started)
    return votes.exists()


def _word(choice: int) -> str:
    return Choice(choice).name.lower()
