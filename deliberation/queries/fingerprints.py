"""Which shown statements may say what somebody is writing.

Each process keeps an index of every conversation it is asked about; nothing in it is
about a person. It is made anew when statements come, go or change.
"""

from dataclasses import dataclass
from threading import Lock

from django.db.models import Count, Max, Q, QuerySet

from deliberation import similarity
from deliberation.models import Conversation, Statement, StatementFingerprint

# So many suggestions at most, the nearest first.
MOST = 3
# So many that have no fingerprint yet are read on the spot; a task makes the others.
MADE_AT_ONCE = 64
# So many conversations stay in memory.
KEPT = 64

State = tuple[int, int, int, int]


@dataclass(frozen=True)
class Suggestion:
    """A statement to vote on instead."""

    statement_id: int
    number: int
    text: str
    language: str


@dataclass(frozen=True)
class _Kept:
    state: State
    index: similarity.Index[int]


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
    state = _state(conversation)
    kept = _indices.get(conversation.pk)
    if kept and kept.state == state:
        return kept.index
    # One makes it anew, the others wait: it takes less than each making it.
    with _lock:
        kept = _indices.get(conversation.pk)
        if not kept or kept.state != state:
            kept = _Kept(state, similarity.Index(_entries(conversation)))
            _indices.pop(conversation.pk, None)
            while len(_indices) >= KEPT:
                _indices.pop(next(iter(_indices)))
            _indices[conversation.pk] = kept
    return kept.index


def _state(conversation: Conversation) -> State:
    """Changes when a statement comes, goes or is reworded, or gets its fingerprint."""
    revision = Conversation.objects.filter(pk=conversation.pk)
    shown = Statement.objects.shown(conversation)
    made = Q(fingerprint__version=similarity.VERSION)
    counted = shown.aggregate(
        n=Count("id"), newest=Max("id"), n_made=Count("id", filter=made)
    )
    decisions = revision.values_list("moderation_revision", flat=True).get()
    return counted["n"], counted["newest"] or 0, counted["n_made"], decisions


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
