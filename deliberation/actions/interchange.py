"""Bringing conversations in: a Polis export becomes one of ours, whole or not at all."""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from deliberation import identity
from deliberation.actions import analysis, audit, fingerprints
from deliberation.actions.conversations import SlugTaken
from deliberation.actions.exclusions import ParticipantsUnknown
from deliberation.errors import DeliberationError
from deliberation.formats.polis import ImportedStatement, PolisExport, Votes
from deliberation.models import (
    Conversation,
    Moderator,
    Participant,
    Statement,
    Vote,
    VoteRevision,
)
from deliberation.validators import MAX_QUESTION_LENGTH, clean_paragraphs, clean_text

# Votes that are objects at the same time; an export may hold millions.
VOTES_PER_BATCH = 5_000

STATES = {
    1: Statement.State.ACCEPTED,
    0: Statement.State.PENDING,
    -1: Statement.State.REJECTED,
}

# Told what is being stored, how much of it is, and how much there is.
Progress = Callable[[str, int, int], None]


class TitleTooLong(DeliberationError):
    code = "title_too_long"
    message = _("The title has %(found)d characters; at most %(most)d fit.")
    http_status = 422


@dataclass
class _Import:
    """What the steps of one import share."""

    export: PolisExport
    conversation: Conversation
    now: datetime
    progress: Progress
    # Our keys by the numbers of the export.
    participants: dict[int, int] = field(default_factory=dict)
    statements: dict[int, int] = field(default_factory=dict)


@transaction.atomic
def import_polis(
    *,
    export: PolisExport,
    slug: str,
    title: str,
    excluded: frozenset[int],
    by: User | None,
    now: datetime,
    progress: Progress,
    language: str = "en",
) -> Conversation:
    """Store the export as an open conversation that can go on.

    Statements keep their numbers. Texts are kept, also beyond our own limit of length,
    without control characters and white space around them. People in `excluded` are kept
    and left out of every analysis. An empty `title` means the export's own, else the
    slug; `by` (None: an operator) becomes the owner. Raises SlugTaken, TitleTooLong,
    ParticipantsUnknown.
    """
    if unknown := excluded - set(export.participants.tolist()):
        raise ParticipantsUnknown(unknown)
    conversation = _conversation(export, slug, title, language, now)
    if by is not None:
        Moderator.objects.create(
            conversation=conversation, user=by, role=Moderator.Role.OWNER
        )
    run = _Import(export, conversation, now, progress)
    _store_participants(run, excluded)
    _store_statements(run)
    _store_votes(run)
    _record(run, excluded, by)
    fingerprints.request_fingerprints(conversation=conversation)
    analysis.request_analysis(conversation=conversation)
    return conversation


def _conversation(
    export: PolisExport, slug: str, title: str, language: str, now: datetime
) -> Conversation:
    question = clean_text(title) or clean_text(export.title) or slug
    if len(question) > MAX_QUESTION_LENGTH:
        raise TitleTooLong(found=len(question), most=MAX_QUESTION_LENGTH)
    try:
        with transaction.atomic():
            return Conversation.objects.create(
                slug=slug,
                question=question,
                description=clean_paragraphs(export.description),
                language=language,
                state=Conversation.State.OPEN,
                moderation=_moderation(export),
                opened_at=now,
            )
    except IntegrityError as error:
        raise SlugTaken(slug=slug) from error


def _moderation(export: PolisExport) -> Conversation.Moderation:
    """The export does not say; pending statements that people voted on were shown."""
    pending = [s.number for s in export.statements if s.moderation == 0]
    numbers, n_voters = np.unique(export.votes.statements, return_counts=True)
    n_shown = len(set(pending) & set(numbers[n_voters > 1].tolist()))
    if n_shown > len(pending) / 2:
        return Conversation.Moderation.AFTER
    return Conversation.Moderation.BEFORE


def _store_participants(run: _Import, excluded: Collection[int]) -> None:
    numbers = run.export.participants.tolist()
    people = Participant.objects.bulk_create(
        (
            Participant(
                conversation=run.conversation,
                code=identity.new_code(),
                imported_number=number,
                is_excluded=number in excluded,
            )
            for number in numbers
        ),
        batch_size=VOTES_PER_BATCH,
    )
    run.participants = {n: p.pk for n, p in zip(numbers, people, strict=True)}
    run.progress("participants", len(people), len(people))


def _store_statements(run: _Import) -> None:
    rows = run.export.statements
    statements = Statement.objects.bulk_create(
        (_statement(run, row) for row in rows), batch_size=VOTES_PER_BATCH
    )
    run.statements = {statement.number: statement.pk for statement in statements}
    run.progress("statements", len(statements), len(statements))


def _statement(run: _Import, row: ImportedStatement) -> Statement:
    author = run.participants.get(
        -1 if row.author_number is None else row.author_number
    )
    return Statement(
        conversation=run.conversation,
        number=row.number,
        text=clean_paragraphs(row.text) or row.text.strip(),
        language=run.conversation.language,
        state=STATES[row.moderation],
        # Where the export does not say: organisers write without ever voting.
        is_seed=author is None if row.is_seed is None else row.is_seed,
        is_meta=row.is_meta,
        author_id=author,
        created_at=row.created_at,
    )


def _store_votes(run: _Import) -> None:
    earlier = _earlier(run)
    total = len(run.export.votes)
    for start in range(0, total, VOTES_PER_BATCH):
        rows = _rows(run, run.export.votes, slice(start, start + VOTES_PER_BATCH))
        votes = Vote.objects.bulk_create(
            Vote(
                # By key: setting objects would cost a third more time.
                conversation_id=run.conversation.pk,
                participant_id=run.participants[participant],
                statement_id=run.statements[statement],
                choice=choice,
                cast_at=cast_at,
                revision=1 + len(earlier.get((participant, statement), ())),
            )
            for participant, statement, choice, cast_at in rows
        )
        VoteRevision.objects.bulk_create(
            VoteRevision(vote=vote, choice=choice, cast_at=cast_at)
            for vote, row in zip(votes, rows, strict=True)
            for choice, cast_at in earlier.get(row[:2], ())
        )
        run.progress("votes", start + len(votes), total)


def _earlier(run: _Import) -> dict[tuple[int, int], list[tuple[int, datetime]]]:
    """The superseded choices of each pair of participant and statement, in order."""
    earlier = defaultdict(list)
    for participant, statement, choice, cast_at in _rows(
        run, run.export.superseded, slice(None)
    ):
        earlier[participant, statement].append((choice, cast_at))
    return dict(earlier)


def _rows(
    run: _Import, votes: Votes, part: slice
) -> list[tuple[int, int, int, datetime]]:
    """Participant, statement, choice and time; now, where the export has no times."""
    has_times = run.export.has_vote_times
    return [
        (
            participant,
            statement,
            choice,
            datetime.fromtimestamp(milliseconds / 1000, UTC) if has_times else run.now,
        )
        for participant, statement, choice, milliseconds in zip(
            votes.participants[part].tolist(),
            votes.statements[part].tolist(),
            votes.choices[part].tolist(),
            votes.cast_at[part].tolist(),
            strict=True,
        )
    ]


def _record(run: _Import, excluded: Collection[int], by: User | None) -> None:
    audit.record(
        conversation=run.conversation,
        action="interchange.import_polis",
        by=by,
        target=f"conversation {run.conversation.slug}",
        vote_sign=run.export.sign.value,
        source=run.export.url,
        n_participants=len(run.participants),
        n_statements=len(run.statements),
        n_votes=len(run.export.votes),
        n_superseded=len(run.export.superseded),
        excluded=sorted(excluded),
    )
