"""Which statements say nearly the same: all compared with each other by the worker.

The database, not the broker, remembers what is not compared yet. Whatever came, all are
compared: what is rare, and so what is near, depends on all of them. What comes out is
the same from the same statements, and only what differs is written.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from django.db import transaction

from deliberation import queries, similarity
from deliberation.actions import conversations, messages
from deliberation.models import Conversation, Likeness, Statement, StatementFingerprint
from deliberation.queries.likeness import Comparable

if TYPE_CHECKING:
    from deliberation.similarity.comparison import Compared, Pair

# So many rows in one statement to the database.
BATCH = 500
# Another worker was quicker so many times: it goes on without this one.
TRIES = 3


def request_likenesses(*, conversation: Conversation) -> None:
    """Have the statements compared after the commit, and a quiet period."""
    transaction.on_commit(partial(messages.ask_for_likenesses, conversation.pk))


def sweep() -> None:
    """Ask anew wherever a statement is not compared, or was by other rules."""
    for conversation_id in queries.likeness.conversations_due():
        messages.ask_for_likenesses(conversation_id)


def catch_up(*, conversation_id: int) -> None:
    """Compare all statements, where that is due; run twice at once, both end well."""
    from deliberation.similarity import comparison  # noqa: PLC0415 - scipy is the worker's alone

    messages.end_quiet_likenesses(conversation_id)
    for _ in range(TRIES):
        if not queries.likeness.is_due(conversation_id):
            return
        read = queries.likeness.comparable(conversation_id)
        found = comparison.compare((row.statement_id, row.fingerprint) for row in read)
        if _store(conversation_id, read, found):
            return


@transaction.atomic
def _store(conversation_id: int, read: Sequence[Comparable], found: "Compared") -> bool:
    """False, and nothing done, where newer words were compared by somebody else.

    Words that came or changed meanwhile stay due, and are asked for by whoever wrote.
    """
    conversation = conversations.lock(Conversation(pk=conversation_id))
    known = {row.statement_id: row.fingerprint for row in read}
    now = queries.likeness.comparable(conversation_id)
    as_read = {row for row in now if known.get(row.statement_id) == row.fingerprint}
    if any(row.is_compared and row not in as_read for row in now):
        return False
    there = {row.statement_id for row in now}
    _write_pairs(conversation, [pair for pair in found.pairs if there >= {*pair[:2]}])
    _write_groups(conversation, found.groups, {row.statement_id: row for row in now})
    newly = [row.fingerprint_id for row in as_read if not row.is_compared]
    _mark(newly, similarity.COMPARISON)
    gone = StatementFingerprint.objects.filter(
        statement__conversation=conversation, statement__state=Statement.State.REPLACED
    ).exclude(compared="")
    gone.update(compared="")
    return True


def _write_pairs(conversation: Conversation, pairs: Iterable["Pair"]) -> None:
    """Scores are kept to the hundredth: one more statement moves all of them a bit."""
    wanted = {
        (one, other, round(score, 2), str(kind)) for one, other, score, kind in pairs
    }
    rows = Likeness.objects.filter(conversation=conversation)
    kept = {
        tuple(row): pk
        for pk, *row in rows.values_list("pk", "one", "other", "score", "kind")
    }
    for pks in _batches(pk for row, pk in kept.items() if row not in wanted):
        Likeness.objects.filter(pk__in=pks).delete()
    Likeness.objects.bulk_create(
        (
            Likeness(
                conversation=conversation,
                one_id=one,
                other_id=other,
                score=score,
                kind=kind,
            )
            for one, other, score, kind in sorted(wanted - kept.keys())
        ),
        batch_size=BATCH,
    )


def _write_groups(
    conversation: Conversation,
    groups: Sequence[Sequence[int]],
    there: dict[int, Comparable],
) -> None:
    """Named by the lowest number of its members, who wrote first."""
    wanted: dict[int, int] = {}
    for group in groups:
        members = [pk for pk in group if pk in there]
        if len(members) > 1:
            name = min(there[pk].number for pk in members)
            wanted |= dict.fromkeys(members, name)
    mine = Statement.objects.filter(conversation=conversation)
    changed = [
        Statement(pk=pk, likeness_group=wanted.get(pk))
        for pk, group in mine.values_list("pk", "likeness_group").order_by("number")
        if group != wanted.get(pk)
    ]
    Statement.objects.bulk_update(changed, ["likeness_group"], batch_size=BATCH)


def _mark(fingerprint_ids: Iterable[int], compared: str) -> None:
    for pks in _batches(fingerprint_ids):
        StatementFingerprint.objects.filter(pk__in=pks).update(compared=compared)


def _batches(pks: Iterable[int]) -> Iterator[list[int]]:
    left = iter(pks)
    while batch := list(islice(left, BATCH)):
        yield batch
