"""What the engine reads, and the latest run as pages draw it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.db import connection
from django.db.models import Count, Sum

from deliberation.models import (
    AnalysisRun,
    Conversation,
    Participant,
    Statement,
    Vote,
)

IntArray = npt.NDArray[np.int64]
ROW = np.dtype([("participant", ">i8"), ("statement", ">i8"), ("choice", ">i2")])
VOTES_PER_PACK = 100_000


# --- What the engine reads -------------------------------------------------------


@dataclass(frozen=True)
class VoteArrays:
    """Three equally long arrays, in no particular order."""

    participants: IntArray
    statements: IntArray
    choices: IntArray


@dataclass(frozen=True)
class Exclusions:
    """What takes no part in an analysis, by id."""

    participants: list[int]
    statements: list[int]
    meta_statements: list[int]


def vote_arrays(conversation: Conversation) -> VoteArrays:
    """All votes of a conversation, read in bulk: no Python object per vote."""
    if connection.vendor == "postgresql":
        packs = list(_postgresql_packs(conversation.pk))
        rows = np.frombuffer(b"".join(packs), dtype=ROW)
    else:
        rows = np.fromiter(_sqlite_rows(conversation.pk), dtype=ROW)
    return VoteArrays(
        rows["participant"].astype(np.int64),
        rows["statement"].astype(np.int64),
        rows["choice"].astype(np.int64),
    )


def _postgresql_packs(conversation_id: int) -> Iterator[bytes]:
    """The server packs the rows: a tenth of the client's work for COPY or a cursor."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(int8send(participant_id) || int8send(statement_id)"
            " || int2send(choice), ''::bytea) FROM deliberation_vote"
            " WHERE conversation_id = %s GROUP BY id / %s",
            [conversation_id, VOTES_PER_PACK],
        )
        for (pack,) in cursor:
            yield bytes(pack)


def _sqlite_rows(conversation_id: int) -> Iterator[tuple[int, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT participant_id, statement_id, choice FROM deliberation_vote"
            " WHERE conversation_id = %s",
            [conversation_id],
        )
        while rows := cursor.fetchmany(10_000):
            yield from rows


def exclusions(conversation: Conversation) -> Exclusions:
    """Excluded people; statements that are not shown; statements about the person."""
    shown = Statement.objects.shown(conversation)
    statements = Statement.objects.filter(conversation=conversation)
    hidden = statements.exclude(pk__in=shown.values("pk"))
    excluded = Participant.objects.filter(conversation=conversation, is_excluded=True)
    return Exclusions(
        participants=_ids(excluded),
        statements=_ids(hidden),
        meta_statements=_ids(shown.filter(is_meta=True)),
    )


def _ids(rows: object) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))  # type: ignore[attr-defined]


def fingerprint(conversation: Conversation) -> str:
    """Changes with every vote, every changed vote and every moderator's decision.

    Two counts and a sum, so that "votes newer than the analysis" is a fact of the
    database that needs no clock and no message.
    """
    votes = Vote.objects.filter(conversation=conversation)
    counted = votes.aggregate(n=Count("pk"), revisions=Sum("revision"))
    decisions = Conversation.objects.values_list("moderation_revision", flat=True)
    revision = decisions.get(pk=conversation.pk)
    return f"v{counted['n']}.r{counted['revisions'] or 0}.m{revision}"


# --- The latest run ------------------------------------------------------------------


def latest_run(conversation: Conversation) -> AnalysisRun | None:
    """The last good one, without its arrays."""
    return (
        AnalysisRun.objects.filter(
            conversation=conversation, state=AnalysisRun.State.SUCCEEDED
        )
        .defer("arrays")
        .order_by("-id")
        .first()
    )


def is_current(conversation: Conversation) -> bool:
    run = latest_run(conversation)
    return run is not None and run.input_fingerprint == fingerprint(conversation)
