"""What statements are compared by: made when they are written, or soon after.

The database, not the broker, remembers what is missing; a message only makes it soon.
"""

from functools import partial

from django.db import transaction

from deliberation import queries, similarity
from deliberation.actions import messages
from deliberation.models import Conversation, Statement, StatementFingerprint

# So many texts at a time; an import may hold thousands.
BATCH = 256


def request_fingerprints(*, conversation: Conversation) -> None:
    """Have the missing ones made after the commit."""
    transaction.on_commit(partial(messages.ask_for_fingerprints, conversation.pk))


def sweep() -> None:
    """Ask anew wherever one is missing, or was made in another way than today's."""
    for conversation_id in queries.fingerprints.conversations_with_missing():
        messages.ask_for_fingerprints(conversation_id)


def catch_up(*, conversation_id: int) -> None:
    """Make those that are missing; run twice at once, both end well.

    Then the statements are compared with each other.
    """
    messages.end_quiet_fingerprints(conversation_id)
    while rows := queries.fingerprints.missing(conversation_id, BATCH):
        made = similarity.fingerprints((row.text, row.language) for row in rows)
        _store_missing(rows, made)
    if queries.likeness.is_due(conversation_id):
        messages.ask_for_likenesses(conversation_id)


def store(statement: Statement, made: similarity.Fingerprint) -> None:
    """With other words it is not compared with the others yet."""
    StatementFingerprint.objects.update_or_create(
        statement=statement,
        defaults={
            "version": made.version,
            "data": queries.fingerprints.packed(made),
            "compared": "",
        },
    )
    transaction.on_commit(
        partial(messages.ask_for_likenesses, statement.conversation_id)
    )


@transaction.atomic
def _store_missing(rows: list[Statement], made: list[similarity.Fingerprint]) -> None:
    """One that came meanwhile, with a statement that was reworded, is kept."""
    old = StatementFingerprint.objects.filter(statement__in=rows)
    old.exclude(version=similarity.VERSION).delete()
    StatementFingerprint.objects.bulk_create(
        (
            StatementFingerprint(
                statement=row,
                version=one.version,
                data=queries.fingerprints.packed(one),
            )
            for row, one in zip(rows, made, strict=True)
        ),
        ignore_conflicts=True,
    )
