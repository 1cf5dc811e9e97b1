"""Plain forms that clean input; none of them saves.

Callers write forms.Vote(...): the files beside this one are for finding things.
"""

from deliberation.forms import events, setup
from deliberation.forms.accounts import NewAccount
from deliberation.forms.appeals import AppealAnswer, Objection
from deliberation.forms.audit import AuditFilter
from deliberation.forms.branding import Branding
from deliberation.forms.constitutions import DraftRule, Move, Reword
from deliberation.forms.folding import Fold
from deliberation.forms.moderation import Decide, Flag, Meta, Reject, TakeBack
from deliberation.forms.news import Subscribe
from deliberation.forms.privacy import Erasure
from deliberation.forms.quality import ChoosePeople, QualityRule, WithReason
from deliberation.forms.queue import QueueFilter, SaveView, Sweep
from deliberation.forms.reasons import Policy
from deliberation.forms.second_looks import SecondVerdict
from deliberation.forms.seeds import MAX_SEEDS, AddSeeds, Line, Seeds
from deliberation.forms.setup import CopyConversation, NewConversation
from deliberation.forms.statements import SubmitStatement
from deliberation.forms.team import Invite, Role
from deliberation.forms.translations import TranslateConversation, TranslateStatement
from deliberation.forms.voting import DRAW, Remark, Undo, Vote, signed_draw
from deliberation.forms.wording import Parts, Words

__all__ = [
    "DRAW",
    "MAX_SEEDS",
    "AddSeeds",
    "AppealAnswer",
    "AuditFilter",
    "Branding",
    "ChoosePeople",
    "CopyConversation",
    "Decide",
    "DraftRule",
    "Erasure",
    "Flag",
    "Fold",
    "Invite",
    "Line",
    "Meta",
    "Move",
    "NewAccount",
    "NewConversation",
    "Objection",
    "Parts",
    "Policy",
    "QualityRule",
    "QueueFilter",
    "Reject",
    "Remark",
    "Reword",
    "Role",
    "SaveView",
    "SecondVerdict",
    "Seeds",
    "SubmitStatement",
    "Subscribe",
    "Sweep",
    "TakeBack",
    "TranslateConversation",
    "TranslateStatement",
    "Undo",
    "Vote",
    "WithReason",
    "Words",
    "events",
    "setup",
    "signed_draw",
]
