"""One plain factory for each model: what the database requires, and nothing more.

A conversation is open and a statement accepted unless the test says otherwise.
"""

from tests.factories.conversations import (
    AlertFactory,
    AuditEventFactory,
    ConversationFactory,
    ConversationTranslationFactory,
    InvitationFactory,
    LogoFactory,
    ModeratorFactory,
    SubscriptionFactory,
    UserFactory,
)
from tests.factories.moderation import (
    AppealFactory,
    DecisionFactory,
    SavedViewFactory,
    SecondLookFactory,
    SessionFactory,
    WordingFactory,
)
from tests.factories.moments import THEN
from tests.factories.results import (
    AnalysisRunFactory,
    ConstitutionFactory,
    ConstitutionVersionFactory,
    OpinionGroupFactory,
    PrincipleFactory,
    ProvenanceFactory,
    StatementResultFactory,
)
from tests.factories.voting import (
    ComparisonFactory,
    LikenessFactory,
    ParticipantFactory,
    ParticipationSignFactory,
    StatementFactory,
    StatementFingerprintFactory,
    StatementTranslationFactory,
    VoteFactory,
    VoteReasonFactory,
    VoteRevisionFactory,
    WithdrawnVoteFactory,
)

__all__ = [
    "AlertFactory",
    "AnalysisRunFactory",
    "AppealFactory",
    "AuditEventFactory",
    "ComparisonFactory",
    "ConstitutionFactory",
    "ConstitutionVersionFactory",
    "ConversationFactory",
    "ConversationTranslationFactory",
    "DecisionFactory",
    "InvitationFactory",
    "LikenessFactory",
    "LogoFactory",
    "ModeratorFactory",
    "OpinionGroupFactory",
    "ParticipantFactory",
    "ParticipationSignFactory",
    "PrincipleFactory",
    "ProvenanceFactory",
    "SavedViewFactory",
    "SecondLookFactory",
    "SessionFactory",
    "StatementFactory",
    "StatementFingerprintFactory",
    "StatementResultFactory",
    "StatementTranslationFactory",
    "SubscriptionFactory",
    "THEN",
    "UserFactory",
    "VoteFactory",
    "VoteReasonFactory",
    "VoteRevisionFactory",
    "WithdrawnVoteFactory",
    "WordingFactory",
]
