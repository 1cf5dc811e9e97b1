"""A conversation with something behind every address for those who run it."""

from django.urls import reverse

from deliberation.actions import decisions
from deliberation.models import Moderator, SecondLook
from tests.contracts.permission_table import (
    FOR_ACCOUNTS,
    NEVER,
    NUMBERS,
    TABLE,
)
from tests.deliberation.judgements import analysed, judged
from tests.deliberation.worlds import drafted
from tests.factories import (
    THEN,
    AppealFactory,
    ComparisonFactory,
    ConversationFactory,
    DecisionFactory,
    InvitationFactory,
    ModeratorFactory,
    ParticipantFactory,
    SecondLookFactory,
    StatementFactory,
    UserFactory,
)


def rivers():
    """A conversation with something in it for every act."""
    conversation = ConversationFactory(slug="rivers", state="open")
    StatementFactory(
        conversation=conversation,
        number=7,
        state="pending",
        text="The AI asks.",
        flagged_at=THEN,
        flagged_by=UserFactory(),
    )
    run = analysed(conversation, A=10, B=10)
    for number in (1, 2):
        judged(run, number, A=(9, 0, 1), B=(9, 1, 0))
    drafted(conversation)
    replaced = StatementFactory(
        conversation=conversation, number=8_000, state="replaced"
    )
    rewording = DecisionFactory(
        statement=replaced,
        kind="reword",
        before=decisions.values(replaced) | {"state": "accepted"},
        after=decisions.values(replaced),
    )
    AppealFactory(decision=rewording)
    SecondLookFactory(decision__statement__conversation=conversation)
    say_the_same(conversation)
    ParticipantFactory(conversation=conversation, pk=9_001)
    ParticipantFactory(conversation=conversation, pk=9_002, is_excluded=True)
    ComparisonFactory(conversation=conversation, pk=9_003, participants=[9_001])
    ModeratorFactory(conversation=conversation, role=Moderator.Role.OWNER)
    InvitationFactory(conversation=conversation, expires_at=NEVER)
    StatementFactory(conversation=conversation, number=8_003, is_seed=True)
    return conversation


def say_the_same(conversation):
    """Three statements in a group, one of them folded into the first."""
    first = conversation.statements.get(number=7)
    group = {"conversation": conversation, "likeness_group": 7}
    conversation.statements.filter(pk=first.pk).update(likeness_group=7)
    StatementFactory(number=8_001, **group)
    folded = StatementFactory(
        number=8_002, state="rejected", duplicate_of=first, **group
    )
    after = decisions.values(folded)
    DecisionFactory(
        statement=folded,
        kind="fold",
        before=after | {"state": "accepted", "duplicate_of_id": None},
        after=after,
        batch="folded",
        other_number=7,
    )


def address(name, conversation):
    if name in FOR_ACCOUNTS:
        return reverse(name)
    principles = conversation.constitution.versions.get().principles
    values = {
        "number": NUMBERS.get(name, 7),
        "pk": principles.earliest("position").pk,
        "step": "schedule",
        "member": conversation.moderators.earliest("id").pk,
        "invitation": conversation.invitations.get().pk,
        "person": 9_001,
        "comparison": 9_003,
        "look": SecondLook.objects.get().pk,
    }
    names = getattr(TABLE[name], "names", ())
    named = {key: values[key] for key in names}
    return reverse(name, kwargs={"slug": conversation.slug} | named)
