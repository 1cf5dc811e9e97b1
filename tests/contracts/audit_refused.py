"""How every action of those who run a conversation is refused, where it can be."""

from datetime import timedelta
from typing import Any

from deliberation import queries
from deliberation.actions import (
    appeals,
    constitutions,
    conversations,
    decisions,
    exclusions,
    flags,
    folding,
    moderation,
    saved_views,
    second_looks,
    seeds,
    successors,
    team,
    translations,
    wording,
)
from deliberation.actions.seeds import Seed
from deliberation.queries.constitutions import NoSuchPrinciple
from tests.contracts.audit_world import imported, only_owner
from tests.factories import (
    THEN,
    ConversationFactory,
)

REFUSED: dict[str, Any] = {
    "moderation.accept": (
        moderation.Replaced,
        lambda w: {"statements": [w.reworded]},
    ),
    "moderation.reject": (
        moderation.Replaced,
        lambda w: {"statements": [w.reworded]},
    ),
    "flags.unflag": (flags.NoFlag, lambda w: {"statement": w.statement}),
    "saved_views.save": (
        saved_views.TooManyViews,
        lambda w: {"conversation": w.crowded},
    ),
    "saved_views.remove": (saved_views.NoSuchView, lambda w: {"name": "Nobody's"}),
    "appeals.answer": (
        appeals.AnsweredAlready,
        lambda w: {"appeal": w.answered},
    ),
    "wording.edit": (wording.SameWords, lambda w: {"text": w.statement.text}),
    "successors.reword": (wording.SameWords, lambda w: {"text": w.statement.text}),
    "successors.split": (
        successors.WrongNumberOfParts,
        lambda w: {"texts": ["The AI asks back."]},
    ),
    "successors.take_back": (
        decisions.NoSuchDecision,
        lambda w: {"statement": w.statement},
    ),
    "seeds.add_seeds": (
        seeds.SeedsRepeated,
        lambda w: {"seeds": [Seed("One.", "en"), Seed("one.", "en")]},
    ),
    "exclusions.exclude": (
        exclusions.ReasonMissing,
        lambda w: {"reason": " "},
    ),
    "exclusions.exclude_imported": (
        exclusions.ParticipantsUnknown,
        lambda w: {"imported_numbers": {3, 99}},
    ),
    "exclusions.restore": (
        exclusions.NobodyChosen,
        lambda w: {"participants": []},
    ),
    "comparisons.compare": (
        exclusions.ParticipantsUnknown,
        lambda w: {"participants": [w.person.pk, 99_999]},
    ),
    "constitutions.draft_from_consensus": (
        constitutions.NoAnalysis,
        lambda w: {"conversation": ConversationFactory()},
    ),
    "constitutions.reword": (NoSuchPrinciple, lambda w: {"principle": w.frozen}),
    "constitutions.move": (
        constitutions.AtTheEdge,
        lambda w: {"direction": constitutions.Direction.UP},
    ),
    "constitutions.withdraw": (NoSuchPrinciple, lambda w: {"principle": w.frozen}),
    "constitutions.publish": (
        constitutions.NoDraft,
        lambda w: {"conversation": w.closed},
    ),
    "conversations.create": (conversations.SlugTaken, lambda w: {"slug": "rivers"}),
    "conversations.open_conversation": (
        conversations.WrongState,
        lambda w: {"conversation": w.conversation},
    ),
    "conversations.close_conversation": (
        conversations.WrongState,
        lambda w: {"conversation": w.closed},
    ),
    "folding.fold": (folding.FoldedIntoItself, lambda w: {"into": w.shown}),
    "folding.lead": (folding.FoldedIntoItself, lambda w: {"into": w.statement}),
    "conversations.archive": (
        conversations.WrongState,
        lambda w: {"conversation": w.conversation},
    ),
    "conversations.restore": (
        conversations.WrongState,
        lambda w: {"conversation": w.conversation},
    ),
    "copies.copy": (conversations.SlugTaken, lambda w: {"slug": "rivers"}),
    **{
        f"setup.{name}": (
            conversations.WrongState,
            lambda w: {"conversation": ConversationFactory(state="archived")},
        )
        for name in (
            "change_words",
            "change_schedule",
            "change_people",
            "change_sight",
            "change_limits",
            "change_draft_rule",
        )
    },
    "interchange.import_polis": (
        conversations.SlugTaken,
        lambda w: imported(w, "rivers"),
    ),
    "second_looks.look_again": (
        second_looks.LookedAtAlready,
        lambda w: {"look": w.taken},
    ),
    "team.add_moderator": (team.LastOwner, lambda w: {"user": only_owner(w).user}),
    "team.revoke": (
        queries.team.InvitationExpired,
        lambda w: {"now": THEN + timedelta(days=30)},
    ),
    "team.accept": (
        queries.team.InvitationExpired,
        lambda w: {"now": THEN + timedelta(days=30)},
    ),
    "team.change_role": (
        team.LastOwner,
        lambda w: {"member_id": only_owner(w).pk},
    ),
    "team.remove": (team.LastOwner, lambda w: {"member_id": only_owner(w).pk}),
    "team.leave": (
        queries.team.NoSuchMember,
        lambda w: {"conversation": w.closed},
    ),
    "translations.translate_conversation": (
        translations.InItsLanguage,
        lambda w: {"language": "en"},
    ),
    "translations.translate_statement": (
        translations.OriginalChanged,
        lambda w: {"original": "Something else."},
    ),
}
# These refuse nothing that the database lets through.
NEVER_REFUSED = {
    "moderation.mark_meta",
    "flags.flag",
    "team.add_moderator",
    "team.invite",
    "participation.change_link_secret",
    "branding.change_branding",
    "reasons.change_policy",
    "quality.change_rule",
}
