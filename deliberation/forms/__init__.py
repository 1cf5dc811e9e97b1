"""Plain forms that clean input; none of them saves.

Callers write forms.Vote(...): the files beside this one are for finding things.
"""

from deliberation.forms import events
from deliberation.forms.audit import AuditFilter
from deliberation.forms.constitutions import DraftRule, Move, Reword
from deliberation.forms.conversations import MAX_SEEDS, NewConversation, Seeds
from deliberation.forms.moderation import Reject
from deliberation.forms.news import Subscribe
from deliberation.forms.participation import Participation
from deliberation.forms.privacy import Erasure
from deliberation.forms.reasons import Policy
from deliberation.forms.statements import SubmitStatement
from deliberation.forms.translations import TranslateConversation, TranslateStatement
from deliberation.forms.voting import DRAW, Remark, Undo, Vote, signed_draw

__all__ = [
    "DRAW",
    "AuditFilter",
    "MAX_SEEDS",
    "DraftRule",
    "Erasure",
    "Move",
    "NewConversation",
    "Participation",
    "Policy",
    "Reject",
    "Remark",
    "Reword",
    "Seeds",
    "SubmitStatement",
    "Subscribe",
    "TranslateConversation",
    "TranslateStatement",
    "Undo",
    "Vote",
    "events",
    "signed_draw",
]
