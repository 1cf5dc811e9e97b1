"""Floor 1: what is stored, and what the database itself refuses."""

from deliberation.models.analysis import AnalysisRun, OpinionGroup, StatementResult
from deliberation.models.audit import AuditEvent
from deliberation.models.constitution import (
    Constitution,
    ConstitutionVersion,
    Principle,
    Provenance,
)
from deliberation.models.conversation import Conversation, Moderator
from deliberation.models.participant import Participant
from deliberation.models.statement import Statement
from deliberation.models.vote import Choice, Vote, VoteRevision

__all__ = [
    "AnalysisRun",
    "AuditEvent",
    "Choice",
    "Constitution",
    "ConstitutionVersion",
    "Conversation",
    "Moderator",
    "OpinionGroup",
    "Participant",
    "Principle",
    "Provenance",
    "Statement",
    "StatementResult",
    "Vote",
    "VoteRevision",
]
