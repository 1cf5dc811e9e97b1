"""Floor 3: writing. One function per thing a person can do; it owns the transaction.

Import the floor, then name the staircase: `actions.voting.cast_vote(...)`.
"""

from deliberation.actions import (
    analysis,
    constitutions,
    conversations,
    decisions,
    fingerprints,
    interchange,
    moderation,
    news,
    participation,
    privacy,
    reasons,
    remarks,
    routing,
    statements,
    translations,
    undoing,
    voting,
)

__all__ = [
    "analysis",
    "constitutions",
    "conversations",
    "decisions",
    "fingerprints",
    "interchange",
    "moderation",
    "news",
    "participation",
    "privacy",
    "reasons",
    "remarks",
    "routing",
    "statements",
    "translations",
    "undoing",
    "voting",
]
