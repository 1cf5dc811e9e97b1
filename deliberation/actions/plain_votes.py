"""A plain vote, stored by one statement: the way that nearly every vote takes.

The statement stores a vote only where everything about it is plain: somebody known, an
open conversation, a shown statement without a vote of hers, a key that was not taken
back. Otherwise it stores nothing and says nothing, and `voting.cast_vote` decides, which
knows all rules and refuses by name. docs/decisions/0010 says why, and what it gains.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import psycopg
from django.db import OperationalError, connection, transaction

from deliberation import identity
from deliberation.actions import messages
from deliberation.models import Choice
from deliberation.queries.decks import Revision

logger = logging.getLogger(__name__)

# Whoever undoes a vote holds the participant's row alone (undoing.py). Waiting for it
# in a statement of its own, the next one sees what was undone meanwhile. SQLite lets
# one write at a time.
_WAIT = """
SELECT 1 FROM deliberation_participant p
JOIN deliberation_conversation c ON c.id = p.conversation_id
WHERE c.slug = %(slug)s AND p.code = %(code)s FOR SHARE OF p
"""
_JOIN = """
INSERT INTO deliberation_participant
    (conversation_id, code, is_excluded, joined_at, network)
SELECT c.id, %(code)s, false, %(now)s, CAST(%(network)s AS varchar(16)) FROM deliberation_conversation c
WHERE c.slug = %(slug)s AND c.state = 'open'
    AND (c.votes_until IS NULL OR c.votes_until > %(now)s)
ON CONFLICT (conversation_id, code) DO NOTHING
"""
# What follows of the answer is read in the same breath: her other choices, and of
# which revision the cards are that she is dealt (queries/decks.py).
_STORE = """
INSERT INTO deliberation_vote (conversation_id, participant_id, statement_id, choice,
    revision, cast_at, probability, n_candidates, client_key, matters)
SELECT c.id, p.id, s.id, %(choice)s, 1, %(now)s, %(probability)s, %(n_candidates)s,
    CAST(%(key)s AS varchar(36)), false
FROM deliberation_conversation c
JOIN deliberation_participant p ON p.conversation_id = c.id AND p.code = %(code)s
JOIN deliberation_statement s ON s.conversation_id = c.id AND s.id = %(statement)s
WHERE c.slug = %(slug)s AND c.state = 'open'
    AND (c.votes_until IS NULL OR c.votes_until > %(now)s)
    AND (c.entry = 'anyone' OR %(is_invited)s = 1)
    AND (s.state = 'accepted' OR s.state = 'pending' AND c.moderation = 'after')
    AND NOT EXISTS (
        SELECT 1 FROM deliberation_withdrawnvote w WHERE w.participant_id = p.id
        AND w.statement_id = s.id AND w.client_key = CAST(%(key)s AS varchar(36)))
ON CONFLICT (participant_id, statement_id) DO NOTHING
RETURNING conversation_id,
    (SELECT moderation_revision FROM deliberation_conversation c
        WHERE c.id = deliberation_vote.conversation_id),
    (SELECT s.id FROM deliberation_statement s
        WHERE s.conversation_id = deliberation_vote.conversation_id
        ORDER BY s.id DESC LIMIT 1),
    (SELECT {list}(v.statement_id || ':' || v.choice, ',') FROM deliberation_vote v
        WHERE v.participant_id = deliberation_vote.participant_id)
"""
_STORE_ON = {
    "postgresql": _STORE.format(list="string_agg"),
    "sqlite": _STORE.format(list="group_concat"),
}
# The connection went, or a pooler gave another one, which has prepared nothing.
_LOST = (
    OperationalError,
    psycopg.OperationalError,
    psycopg.errors.InvalidSqlStatementName,
    psycopg.errors.DuplicatePreparedStatement,
)
Parameters = Mapping[str, Any]


@dataclass(frozen=True)
class Stored:
    """What the vote was stored in.

    revision : of what is shown there; votes : all her choices that hold, by statement
    id, this one among them
    """

    conversation_id: int
    revision: Revision
    votes: dict[int, int]


def store(
    *,
    slug: str,
    code: str,
    statement_id: int,
    choice: Choice,
    now: datetime,
    key: str,
    probability: float | None,
    n_candidates: int | None,
) -> Stored | None:
    """The vote where all is plain; None where nothing was stored, for whatever reason.

    Called outside of a transaction: the vote is committed when this returns.
    """
    parameters = {
        "slug": slug,
        "code": code,
        "statement": statement_id,
        "choice": int(choice),
        "now": connection.ops.adapt_datetimefield_value(now),
        "key": key,
        "probability": probability,
        "n_candidates": n_candidates,
        "is_invited": int(identity.is_invited(code)),
    }
    row = _row(parameters)
    if row is None:
        return None
    conversation_id, n_decisions, newest, others = row
    transaction.on_commit(partial(messages.ask_for_analysis, conversation_id))
    votes = {statement_id: int(choice)}
    for other in others.split(",") if others else ():
        statement, _colon, chosen = other.partition(":")
        votes[int(statement)] = int(chosen)
    return Stored(conversation_id, Revision(n_decisions, newest), votes)


def store_first(
    *, slug: str, code: str, now: datetime, network: str = "", **ballot: Any
) -> Stored | None:
    """The plain first vote of a newcomer, who joins by it; else None, and she does not.

    Takes what `store` takes, and from which network she joins.
    """
    moment = connection.ops.adapt_datetimefield_value(now)
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                who = {"slug": slug, "code": code, "now": moment, "network": network}
                cursor.execute(_JOIN, who)
            stored = store(slug=slug, code=code, now=now, **ballot)
            if stored is None:
                transaction.set_rollback(True)
    except _LOST as error:
        _let_go(error)
        return None
    return stored


def _row(parameters: Parameters) -> tuple[Any, ...] | None:
    if connection.vendor == "postgresql":
        return _row_of_postgresql(parameters)
    with connection.cursor() as cursor:
        cursor.execute(_STORE_ON[connection.vendor], parameters)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def _row_of_postgresql(parameters: Parameters) -> tuple[Any, ...] | None:
    """Both statements on one way there and back, and prepared.

    To plan them anew for each vote takes longer than to run them. Nor is the
    connection tried before it is used: where it was lost, the careful way makes
    another, and by its key the vote is stored once.
    """
    connection.ensure_connection()
    raw = connection.connection
    raw.prepare_threshold = 0
    try:
        with raw.pipeline():
            psycopg.Cursor(raw).execute(_WAIT, parameters)
            stored = psycopg.Cursor(raw).execute(_STORE_ON["postgresql"], parameters)
        row: tuple[Any, ...] | None = stored.fetchone()
    except _LOST as error:
        _let_go(error)
        return None
    return row


def _let_go(error: Exception) -> None:
    """The careful way begins with a new connection."""
    if connection.in_atomic_block:
        raise error
    logger.warning("a plain vote goes the careful way: %s", error)
    connection.close()
