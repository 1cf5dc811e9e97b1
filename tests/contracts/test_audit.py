"""Whatever a moderator does is on record: one event, and none for what is refused.

The tables are held against the modules: a new action without an entry fails.
"""

import inspect
from datetime import timedelta
from typing import Any

import pytest

from deliberation import queries, thresholds
from deliberation.actions import (
    appeals,
    branding,
    comparisons,
    constitutions,
    conversations,
    copies,
    decisions,
    exclusions,
    flags,
    folding,
    interchange,
    moderation,
    participation,
    quality,
    reasons,
    saved_views,
    second_looks,
    seeds,
    setup,
    successors,
    team,
    translations,
    wording,
)
from deliberation.actions.seeds import Seed
from deliberation.formats import polis
from deliberation.models import AuditEvent
from deliberation.queries.constitutions import NoSuchPrinciple
from tests.deliberation.exports import write_export
from tests.deliberation.judgements import analysed, judged
from tests.deliberation.worlds import drafted
from tests.factories import (
    THEN,
    AppealFactory,
    ConversationFactory,
    DecisionFactory,
    InvitationFactory,
    ModeratorFactory,
    ParticipantFactory,
    SavedViewFactory,
    SecondLookFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
MODULES = (
    branding,
    comparisons,
    moderation,
    constitutions,
    conversations,
    exclusions,
    copies,
    folding,
    interchange,
    participation,
    quality,
    reasons,
    second_looks,
    seeds,
    setup,
    team,
    translations,
    appeals,
    successors,
    wording,
    flags,
    saved_views,
)


def actions_of_moderators():
    """Public functions that say by whom, as `module.function`."""
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}": function
        for module in MODULES
        for name, function in vars(module).items()
        if inspect.isfunction(function)
        and inspect.getmodule(inspect.unwrap(function)) is module
        and not name.startswith("_")
        and "by" in inspect.signature(function).parameters
    }


class World:
    """An open conversation with something in it for every action."""

    def __init__(self, folder):
        self.by = UserFactory(username="mo")
        self.conversation = ConversationFactory(slug="rivers", state="open")
        self.closed = ConversationFactory(slug="lakes", state="closed")
        self.statement = StatementFactory(
            conversation=self.conversation, number=7, state="pending"
        )
        self.flagged = StatementFactory(
            conversation=self.conversation, flagged_at=THEN, flagged_by=self.by
        )
        self.view = SavedViewFactory(conversation=self.conversation, user=self.by)
        self.crowded = ConversationFactory()
        SavedViewFactory.create_batch(
            saved_views.MOST, conversation=self.crowded, user=self.by
        )
        self.shown = StatementFactory(conversation=self.conversation, number=8_001)
        self.person = ParticipantFactory(
            conversation=self.conversation, imported_number=3
        )
        self.out = ParticipantFactory(conversation=self.conversation, is_excluded=True)
        self.look = SecondLookFactory(
            decision__statement__conversation=self.conversation
        )
        self.taken = SecondLookFactory(
            decision__statement__conversation=self.conversation,
            verdict="accepted",
            decided_at=THEN,
            decided_by=UserFactory(),
        )
        self.reworded = StatementFactory(
            conversation=self.conversation, number=9_000, state="replaced"
        )
        rewording = DecisionFactory(
            statement=self.reworded,
            kind="reword",
            before=decisions.values(self.reworded) | {"state": "accepted"},
            after=decisions.values(self.reworded),
        )
        self.appeal = AppealFactory(decision=rewording)
        self.answered = AppealFactory(
            decision=DecisionFactory(statement=self.shown),
            outcome="upheld",
            answered_at=THEN,
            answered_by=self.by,
        )
        self.first, self.frozen = (
            self.first_principle(c) for c in (self.conversation, self.closed)
        )
        constitutions.publish(conversation=self.closed, by=self.by, now=THEN)
        sign = polis.VoteSign.AGREE_IS_PLUS_ONE
        self.export = polis.read_export(write_export(folder), sign=sign)

    def first_principle(self, conversation):
        """Of a draft from two statements."""
        run = analysed(conversation, A=10, B=10)
        for number in (1, 2):
            judged(run, number, A=(9, 0, 1), B=(9, 1, 0))
        return drafted(conversation).principles.earliest("position")


def invited(conversation):
    """The token of an open invitation."""
    InvitationFactory(conversation=conversation, digest=queries.team.digest("token"))
    return "token"


def only_owner(world):
    return ModeratorFactory(conversation=world.conversation, role="owner")


def imported(world, slug):
    return {
        "export": world.export,
        "slug": slug,
        "title": "",
        "excluded": frozenset(),
        "now": THEN,
        "progress": lambda *_: None,
    }


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
}


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def events_since(n):
    rows = AuditEvent.objects.order_by("id").values_list("action", "by_id", "by_name")
    return list(rows)[n:]


def test_the_tables_hold_every_action_of_moderators():
    assert set(DONE) == set(actions_of_moderators())
    assert set(REFUSED) | NEVER_REFUSED == set(DONE)


@pytest.mark.parametrize("name", DONE)
def test_an_action_leaves_one_event_that_names_who_did_it(world, name):
    before = AuditEvent.objects.count()

    actions_of_moderators()[name](by=world.by, **DONE[name](world))

    (event,) = events_since(before)
    assert event[1:] == (world.by.pk, "mo")
    assert event[0].partition(".")[0] == name.partition(".")[0]
    assert event[0] in queries.audit.LABELS


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_action_leaves_no_event(world, name):
    refusal, changes = REFUSED[name]
    given = DONE[name](world) | changes(world)
    before = AuditEvent.objects.count()

    with pytest.raises(refusal):
        actions_of_moderators()[name](by=world.by, **given)

    assert events_since(before) == []


@pytest.mark.parametrize("name", ["moderation.accept", "moderation.reject"])
def test_a_decision_taken_twice_is_one_event(world, name):
    before = AuditEvent.objects.count()

    for _ in range(2):
        actions_of_moderators()[name](by=world.by, **DONE[name](world))

    assert len(events_since(before)) == 1


def test_an_operator_is_on_record_without_a_name(world):
    before = AuditEvent.objects.count()

    conversations.close_conversation(conversation=world.conversation, by=None, now=THEN)

    assert events_since(before) == [("conversations.closed", None, "")]
