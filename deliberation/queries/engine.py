"""What the engine reads, in bulk: no Python object per vote."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.db import connection
from django.db.models import QuerySet

from deliberation.models import AnalysisRun, Conversation, Participant, Statement

IntArray = npt.NDArray[np.int64]
ROW = np.dtype([("participant", ">i8"), ("statement", ">i8"), ("choice", ">i2")])
VOTES_PER_PACK = 100_000


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
    """All votes of a conversation."""
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


def _ids(rows: QuerySet[Participant] | QuerySet[Statement]) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


def latest_arrays(conversation: Conversation) -> bytes | None:
    """Of the last good run, what the engine stored for the next one."""
    runs = AnalysisRun.objects.filter(conversation=conversation, arrays__isnull=False)
    arrays = runs.order_by("-id").values_list("arrays", flat=True).first()
    return None if arrays is None else bytes(arrays)
