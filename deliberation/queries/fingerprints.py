"""Which shown statements may say what somebody is writing.

Each process keeps an index of every conversation it is asked about; nothing in it is
about a person. It is made anew when statements come, go or change.
"""

import time
from dataclasses import dataclass
from threading import Lock, Thread

from django.db import connection
from django.db.models import QuerySet

from deliberation import similarity
from deliberation.models import Conversation, Statement, StatementFingerprint
from deliberation.queries import decks

# So many suggestions at most, the nearest first.
MOST = 3
# So many that have no fingerprint yet are read on the spot; a task makes the others.
MADE_AT_ONCE = 64
# Where still more are missing, they are looked for again after so many seconds.
PATIENCE = 10.0
# Up to so many statements an index is made while somebody waits for it.
QUICK = 1000
# So many conversations stay in memory.
KEPT = 64


@dataclass(frozen=True)
class Suggestion:
    """A statement to vote on instead."""

    statement_id: int
    number: int
    text: str
    language: str


@dataclass(frozen=True)
class _Kept:
    revision: decks.Revision
    index: similarity.Index[int]
    # Every shown statement is in it.
    is_whole: bool
    made_at: float

    def is_of(self, revision: decks.Revision) -> bool:
        waits = time.monotonic() < self.made_at + PATIENCE
        return self.revision == revision and (self.is_whole or waits)


_indices: dict[int, _Kept] = {}
_lock = Lock()


def suggestions(
    conversation: Conversation,
    asked: similarity.Fingerprint,
    *,
    except_for: int | None = None,
) -> list[Suggestion]:
    """At most three shown statements, the nearest first; never the opposite.

    except_for : number of a statement that is being reworded
    """
    index = _index(conversation)
    found = index.similar_to(asked, most=MOST + 1) if len(index) else []
    keys = [match.key for match in found]
    rows = Statement.objects.shown(conversation).in_bulk(keys)
    return [
        Suggestion(row.pk, row.number, row.text, row.language)
        for key in keys
        if (row := rows.get(key)) and row.number != except_for
    ][:MOST]


def suggestions_for(
    conversation: Conversation,
    text: str,
    language: str,
    *,
    except_for: int | None = None,
) -> list[Suggestion]:
    """The same of a text; `language` is believed where its words do not tell."""
    asked = similarity.fingerprint(text, language)
    return suggestions(conversation, asked, except_for=except_for)


def missing(conversation_id: int, most: int) -> list[Statement]:
    """Statements without a fingerprint of today's kind, the oldest first."""
    rows = Statement.objects.filter(conversation=conversation_id)
    return list(_without(rows).order_by("id")[:most])


def conversations_with_missing() -> list[int]:
    """Ids of open conversations where a fingerprint is missing."""
    rows = Statement.objects.filter(conversation__state=Conversation.State.OPEN)
    ids = _without(rows).order_by("conversation").values_list("conversation", flat=True)
    return list(ids.distinct())


def packed(made: similarity.Fingerprint) -> bytes:
    """As it is stored beside its version."""
    return b"\0".join([made.language.encode(), made.words.encode(), made.vector])


def unpacked(version: str, data: bytes) -> similarity.Fingerprint:
    language, words, vector = data.split(b"\0", 2)
    return similarity.Fingerprint(version, language.decode(), words.decode(), vector)


def forget() -> None:
    """Whatever comes next is read from the database."""
    _indices.clear()


def _without(rows: QuerySet[Statement]) -> QuerySet[Statement]:
    return rows.exclude(fingerprint__version=similarity.VERSION)


def _index(conversation: Conversation) -> similarity.Index[int]:
    """As things are now; of many statements, as they were a moment ago.

    What is no longer shown is left out by whoever asks, so that an older index only
    misses what is new.
    """
    revision = decks.revision(conversation.pk)
    kept = _indices.get(conversation.pk)
    if kept and kept.is_of(revision):
        return kept.index
    if kept and len(kept.index) > QUICK:
        if _lock.acquire(blocking=False):
            Thread(target=_renew, args=[conversation], daemon=True).start()
        return kept.index
    with _lock:
        kept = _indices.get(conversation.pk)
        if kept and kept.is_of(revision):
            return kept.index
        return _keep(conversation).index


def _renew(conversation: Conversation) -> None:
    """In a thread of its own, which was handed the lock."""
    try:
        _keep(conversation)
    finally:
        connection.close()
        _lock.release()


def _keep(conversation: Conversation) -> _Kept:
    # Read first: what is read after it is never older.
    revision = decks.revision(conversation.pk)
    entries = _entries(conversation)
    is_whole = len(entries) == Statement.objects.shown(conversation).count()
    index = similarity.Index(entries)
    _indices.pop(conversation.pk, None)
    while len(_indices) >= KEPT:
        _indices.pop(next(iter(_indices)))
    _indices[conversation.pk] = kept = _Kept(
        revision, index, is_whole, time.monotonic()
    )
    return kept


def _entries(
    conversation: Conversation,
) -> list[tuple[int, similarity.Fingerprint]]:
    """The oldest first: among equal ones it is the one to vote on."""
    shown = Statement.objects.shown(conversation)
    rows = StatementFingerprint.objects.filter(
        statement__in=shown, version=similarity.VERSION
    ).values_list("statement_id", "version", "data")
    entries = [(pk, unpacked(version, bytes(data))) for pk, version, data in rows]
    bare = list(_without(shown).order_by("id")[:MADE_AT_ONCE])
    made = similarity.fingerprints((row.text, row.language) for row in bare)
    entries += [(row.pk, one) for row, one in zip(bare, made, strict=True)]
    return sorted(entries, key=lambda entry: entry[0])
