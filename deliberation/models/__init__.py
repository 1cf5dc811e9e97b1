"""Floor 1: what is stored, and what the database itself refuses."""

from deliberation.models.alert import Alert
from deliberation.models.analysis import AnalysisRun, OpinionGroup, StatementResult
from deliberation.models.audit import AuditEvent
from deliberation.models.constitution import (
    Constitution,
    ConstitutionVersion,
    Principle,
    Provenance,
)
from deliberation.models.conversation import Conversation, Moderator
from deliberation.models.news import Subscription
from deliberation.models.participant import Participant
from deliberation.models.statement import Statement, StatementFingerprint
from deliberation.models.translation import (
    ConversationTranslation,
    StatementTranslation,
)
from deliberation.models.vote import (
    Choice,
    Vote,
    VoteReason,
    VoteRevision,
    WithdrawnVote,
)

__all__ = [
    "Alert",
    "AnalysisRun",
    "AuditEvent",
    "Choice",
    "Constitution",
    "ConstitutionVersion",
    "Conversation",
    "ConversationTranslation",
    "Moderator",
    "OpinionGroup",
    "Participant",
    "Principle",
    "Provenance",
    "Statement",
    "StatementFingerprint",
    "StatementResult",
    "StatementTranslation",
    "Subscription",
    "Vote",
    "VoteReason",
    "VoteRevision",
    "WithdrawnVote",
]
