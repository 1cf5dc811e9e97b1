"""A conversation with something in it for every action of those who run it."""

from deliberation import queries
from deliberation.actions import (
    constitutions,
    decisions,
    saved_views,
)
from deliberation.formats import polis
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


class World:
    """An open conversation with something in it for every action."""

    def __init__(self, folder):
        # Beyond the numbers that are given here.
        StatementFactory.reset_sequence(10_000)
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
