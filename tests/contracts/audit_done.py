"""What every action of those who run a conversation is called with, to be done."""

from datetime import timedelta
from typing import Any

from deliberation import thresholds
from deliberation.actions import (
    constitutions,
)
from deliberation.actions.seeds import Seed
from tests.contracts.audit_world import imported, invited
from tests.factories import (
    THEN,
    ConversationFactory,
    InvitationFactory,
    ModeratorFactory,
    UserFactory,
)

DONE: dict[str, Any] = {
    "appeals.answer": lambda w: {
        "appeal": w.appeal,
        "outcome": "upheld",
        "answer": "It was spam.",
        "now": THEN,
    },
    "wording.edit": lambda w: {
        "statement": w.statement,
        "text": "The AI asks back.",
        "language": "en",
        "now": THEN,
    },
    "successors.reword": lambda w: {
        "statement": w.statement,
        "text": "The AI asks back.",
        "language": "en",
        "now": THEN,
    },
    "successors.split": lambda w: {
        "statement": w.statement,
        "texts": ["The AI asks back.", "The AI is kind."],
        "language": "en",
        "now": THEN,
    },
    "successors.take_back": lambda w: {"statement": w.reworded, "now": THEN},
    "moderation.accept": lambda w: {
        "conversation": w.conversation,
        "statements": [w.statement],
        "now": THEN,
    },
    "moderation.mark_meta": lambda w: {
        "conversation": w.conversation,
        "statements": [w.statement],
        "is_meta": True,
        "now": THEN,
    },
    "flags.flag": lambda w: {
        "conversation": w.conversation,
        "statement": w.statement,
        "note": "What do you think?",
        "now": THEN,
    },
    "flags.unflag": lambda w: {"conversation": w.conversation, "statement": w.flagged},
    "saved_views.save": lambda w: {
        "conversation": w.conversation,
        "name": "Short ones",
        "query": "state=pending",
    },
    "saved_views.remove": lambda w: {
        "conversation": w.conversation,
        "name": w.view.name,
    },
    "moderation.reject": lambda w: {
        "conversation": w.conversation,
        "statements": [w.statement],
        "reason": "spam",
        "note": "",
        "now": THEN,
    },
    "seeds.add_seeds": lambda w: {
        "conversation": w.conversation,
        "seeds": [Seed("One.", "en"), Seed("Two.", "en")],
        "now": THEN,
    },
    "exclusions.exclude": lambda w: {
        "conversation": w.conversation,
        "participants": [w.person.pk],
        "reason": "a test person",
    },
    "exclusions.exclude_imported": lambda w: {
        "conversation": w.conversation,
        "imported_numbers": {3},
        "reason": "a test person",
    },
    "exclusions.restore": lambda w: {
        "conversation": w.conversation,
        "participants": [w.out.pk],
        "reason": "no test person",
    },
    "comparisons.compare": lambda w: {
        "conversation": w.conversation,
        "participants": [w.person.pk],
        "now": THEN,
    },
    "quality.change_rule": lambda w: {
        "conversation": w.conversation,
        "values": thresholds.of({"spam_hour": 30}),
    },
    "constitutions.draft_from_consensus": lambda w: {
        "conversation": w.conversation,
        "threshold": 0.6,
        "max_principles": 5,
    },
    "constitutions.reword": lambda w: {"principle": w.first, "text": "Better."},
    "constitutions.move": lambda w: {
        "principle": w.first,
        "direction": constitutions.Direction.DOWN,
    },
    "constitutions.withdraw": lambda w: {"principle": w.first},
    "constitutions.publish": lambda w: {"conversation": w.conversation, "now": THEN},
    "conversations.create": lambda w: {"slug": "seas", "question": "Why?"},
    "team.add_moderator": lambda w: {
        "conversation": w.conversation,
        "user": UserFactory(),
        "role": "moderator",
    },
    "team.invite": lambda w: {
        "conversation": w.conversation,
        "role": "observer",
        "label": "Ada",
        "days": 7,
        "now": THEN,
    },
    "team.revoke": lambda w: {
        "conversation": w.conversation,
        "invitation_id": InvitationFactory(conversation=w.conversation).pk,
        "now": THEN,
    },
    "team.accept": lambda w: {
        "token": invited(w.conversation),
        "now": THEN,
    },
    "team.change_role": lambda w: {
        "conversation": w.conversation,
        "member_id": ModeratorFactory(conversation=w.conversation).pk,
        "role": "observer",
    },
    "team.remove": lambda w: {
        "conversation": w.conversation,
        "member_id": ModeratorFactory(conversation=w.conversation).pk,
    },
    "team.leave": lambda w: {
        "conversation": ModeratorFactory(
            conversation=w.conversation, user=w.by
        ).conversation
    },
    "conversations.open_conversation": lambda w: {
        "conversation": w.closed,
        "now": THEN,
    },
    "conversations.close_conversation": lambda w: {
        "conversation": w.conversation,
        "now": THEN,
    },
    "folding.fold": lambda w: {
        "conversation": w.conversation,
        "statements": [w.shown],
        "into": w.statement,
        "now": THEN,
    },
    "folding.lead": lambda w: {
        "conversation": w.conversation,
        "statements": [w.statement],
        "into": w.shown,
        "now": THEN,
    },
    "interchange.import_polis": lambda w: imported(w, "seas"),
    "setup.change_words": lambda w: {
        "conversation": w.conversation,
        "question": "What now?",
        "description": "**Read** this.",
        "language": "en",
        "languages": ["es", "ko"],
    },
    "setup.change_schedule": lambda w: {
        "conversation": w.conversation,
        "now": THEN,
        "opens_at": None,
        "collects_until": THEN + timedelta(days=1),
        "votes_until": THEN + timedelta(days=2),
        "drafts_until": None,
        "ratifies_until": None,
    },
    "setup.change_people": lambda w: {
        "conversation": w.conversation,
        "entry": "link",
        "moderation": "after",
        "embed_origins": ["https://example.org"],
    },
    "setup.change_sight": lambda w: {
        "conversation": w.conversation,
        "results": "close",
        "takes_reasons": True,
        "takes_importance": True,
    },
    "setup.change_limits": lambda w: {
        "conversation": w.conversation,
        "vote_goal": 30,
        "max_statement_length": 200,
        "max_statements": 3,
    },
    "setup.change_draft_rule": lambda w: {
        "conversation": w.conversation,
        "threshold": 0.7,
        "max_principles": 9,
        "min_votes": 6,
    },
    "copies.copy": lambda w: {
        "conversation": w.conversation,
        "slug": "seas",
        "now": THEN,
    },
    "conversations.archive": lambda w: {"conversation": w.closed},
    "conversations.restore": lambda w: {
        "conversation": ConversationFactory(state="archived")
    },
    "participation.change_link_secret": lambda w: {"conversation": w.conversation},
    "branding.change_branding": lambda w: {
        "conversation": w.conversation,
        "host_name": "The city",
        "accent": "",
        "logo": None,
        "without_logo": False,
        "now": THEN,
    },
    "reasons.change_policy": lambda w: {
        "conversation": w.conversation,
        "policy": "Be kind.",
        "reasons": [],
    },
    "second_looks.look_again": lambda w: {
        "conversation": w.conversation,
        "look": w.look,
        "verdict": "rejected",
        "reason": "spam",
        "now": THEN,
    },
    "translations.translate_conversation": lambda w: {
        "conversation": w.conversation,
        "language": "ko",
        "question": "왜?",
        "description": "",
        "now": THEN,
    },
    "translations.translate_statement": lambda w: {
        "statement": w.statement,
        "original": w.statement.text,
        "language": "ko",
        "text": "AI는 묻는다.",
        "now": THEN,
    },
}
