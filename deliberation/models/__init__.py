"""Floor 1: what is stored, and what the database itself refuses."""

from deliberation.models.alert import Alert
from deliberation.models.analysis import AnalysisRun, OpinionGroup, StatementResult
from deliberation.models.audit import AuditEvent
from deliberation.models.branding import Logo
from deliberation.models.constitution import (
    Constitution,
    ConstitutionVersion,
    Principle,
    Provenance,
)
from deliberation.models.conversation import Conversation
from deliberation.models.decision import Appeal, Decision, SavedView, SecondLook
from deliberation.models.likeness import Likeness
from deliberation.models.news import Subscription
from deliberation.models.participant import Participant
from deliberation.models.quality import Comparison, ParticipationSign
from deliberation.models.session import Session
from deliberation.models.statement import Statement, StatementFingerprint
from deliberation.models.team import Invitation, Moderator
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
from deliberation.models.wording import Wording

__all__ = [
    "Alert",
    "AnalysisRun",
    "Appeal",
    "AuditEvent",
    "Choice",
    "Comparison",
    "Constitution",
    "ConstitutionVersion",
    "Conversation",
    "ConversationTranslation",
    "Decision",
    "Invitation",
    "Likeness",
    "Logo",
    "Moderator",
    "OpinionGroup",
    "Participant",
    "ParticipationSign",
    "Principle",
    "Provenance",
    "SavedView",
    "SecondLook",
    "Session",
    "Statement",
    "StatementFingerprint",
    "StatementResult",
    "StatementTranslation",
    "Subscription",
    "Vote",
    "VoteReason",
    "VoteRevision",
    "WithdrawnVote",
    "Wording",
]
