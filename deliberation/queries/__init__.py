"""Floor 2: reading. Functions that return rows or frozen dataclasses; none writes.

Import the floor, then name the staircase: `queries.voting.next_statement(...)`.
"""

from deliberation.queries import (
    access,
    alerts,
    analysis,
    candidates,
    constitutions,
    conversations,
    decks,
    engine,
    findings,
    fingerprints,
    moderation,
    news,
    privacy,
    reasons,
    receipt,
    room,
    statement,
    statements,
    timeline,
    translations,
    visibility,
    voting,
)

__all__ = [
    "access",
    "alerts",
    "analysis",
    "candidates",
    "constitutions",
    "conversations",
    "decks",
    "engine",
    "findings",
    "fingerprints",
    "moderation",
    "news",
    "privacy",
    "reasons",
    "receipt",
    "room",
    "statement",
    "statements",
    "timeline",
    "translations",
    "visibility",
    "voting",
]
