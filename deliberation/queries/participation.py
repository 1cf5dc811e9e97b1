"""What the look at participation reads, in bulk: votes with times, newcomers, authors"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.db import connection

from deliberation.models import Conversation, Participant, Statement
from deliberation.queries.engine import VOTES_PER_PACK

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
ROW = np.dtype(
    [
        ("participant", ">i8"),
        ("statement", ">i8"),
        ("choice", ">i2"),
        ("seconds", ">f8"),
    ]
)
# Reasons that speak against whoever wrote the statement, and not against its words.
AS_SPAM = (Statement.Reason.SPAM, Statement.Reason.OFF_TOPIC)


@dataclass(frozen=True)
class TimedVotes:
    """Equally long arrays; of imported votes nobody knows the time: NaN.

    n_characters : of statements by id
    """

    participants: IntArray
    statements: IntArray
    choices: IntArray
    seconds: FloatArray
    n_characters: dict[int, int]


@dataclass(frozen=True)
class Newcomers:
    """Equally long arrays; network : numbers that say only which are the same."""

    participants: IntArray
    seconds: FloatArray
    networks: IntArray


@dataclass(frozen=True)
class Authors:
    """Equally long arrays, a place for each statement of a participant's."""

    participants: IntArray
    seconds: FloatArray
    is_spam: npt.NDArray[np.bool_]
    groups: IntArray


def timed_votes(conversation: Conversation) -> TimedVotes:
    """Votes of people who are counted, on what is shown or was."""
    if connection.vendor == "postgresql":
        rows = np.frombuffer(b"".join(_postgresql_packs(conversation.pk)), dtype=ROW)
    else:
        rows = np.fromiter(_sqlite_rows(conversation.pk), dtype=ROW)
    excluded, imported = _aside(conversation)
    rows = rows[~np.isin(rows["participant"], excluded)]
    seconds = rows["seconds"].astype(np.float64)
    seconds[np.isin(rows["participant"], imported)] = np.nan
    texts = Statement.objects.filter(conversation=conversation)
    return TimedVotes(
        rows["participant"].astype(np.int64),
        rows["statement"].astype(np.int64),
        rows["choice"].astype(np.int64),
        seconds,
        {pk: len(text) for pk, text in texts.values_list("pk", "text").iterator()},
    )


def _aside(conversation: Conversation) -> tuple[list[int], list[int]]:
    """Who is excluded, and who came with an import."""
    people = Participant.objects.filter(conversation=conversation)
    excluded = people.filter(is_excluded=True).values_list("pk", flat=True)
    imported = people.filter(imported_number__isnull=False)
    return list(excluded), list(imported.values_list("pk", flat=True))


def newcomers(conversation: Conversation) -> Newcomers:
    """Those whose network is known still."""
    people = Participant.objects.filter(conversation=conversation, is_excluded=False)
    rows = list(
        people.exclude(network="")
        .order_by("pk")
        .values_list("pk", "joined_at", "network")
    )
    names = {name: n for n, name in enumerate(sorted({row[2] for row in rows}))}
    return Newcomers(
        np.array([row[0] for row in rows], dtype=np.int64),
        np.array([row[1].timestamp() for row in rows], dtype=np.float64),
        np.array([names[row[2]] for row in rows], dtype=np.int64),
    )


def authors(conversation: Conversation) -> Authors:
    """Of every statement with an author who is counted."""
    rows = list(
        Statement.objects.filter(
            conversation=conversation, author__isnull=False, author__is_excluded=False
        )
        .order_by("pk")
        .values_list("author_id", "created_at", "state", "reason", "likeness_group")
    )
    rejected = Statement.State.REJECTED
    return Authors(
        np.array([row[0] for row in rows], dtype=np.int64),
        np.array([row[1].timestamp() for row in rows], dtype=np.float64),
        np.array(
            [row[2] == rejected and row[3] in AS_SPAM for row in rows], dtype=bool
        ),
        np.array([-1 if row[4] is None else row[4] for row in rows], dtype=np.int64),
    )


def _postgresql_packs(conversation_id: int) -> Iterator[bytes]:
    """As queries/engine.py reads votes, with their times."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(int8send(participant_id) || int8send(statement_id)"
            " || int2send(choice) || float8send(extract(epoch FROM cast_at)::float8),"
            " ''::bytea) FROM deliberation_vote"
            " WHERE conversation_id = %s GROUP BY id / %s",
            [conversation_id, VOTES_PER_PACK],
        )
        for (pack,) in cursor:
            yield bytes(pack)


def _sqlite_rows(conversation_id: int) -> Iterator[tuple[int, int, int, float]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT participant_id, statement_id, choice,"
            " (julianday(cast_at) - 2440587.5) * 86400.0 FROM deliberation_vote"
            " WHERE conversation_id = %s",
            [conversation_id],
        )
        while rows := cursor.fetchmany(10_000):
            yield from rows
