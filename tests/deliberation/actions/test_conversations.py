"""Creating, opening and closing a conversation, and who runs it."""

from datetime import timedelta

import pytest

from deliberation.actions import conversations
from deliberation.models import AuditEvent, Conversation, Moderator
from tests.factories import THEN, ConversationFactory, UserFactory

pytestmark = pytest.mark.django_db


def events():
    fields = ("action", "by_name", "details")
    return list(AuditEvent.objects.order_by("id").values_list(*fields))


def test_create_makes_a_draft_that_its_maker_owns():
    user = UserFactory(username="mo")

    made = conversations.create(
        slug="rivers", question="What about rivers?", by=user, moderation="after"
    )

    made.refresh_from_db()
    assert (made.slug, made.state, made.moderation) == ("rivers", "draft", "after")
    assert (made.opened_at, made.closed_at) == (None, None)
    assert list(made.moderators.values_list("user", "role")) == [(user.pk, "owner")]
    assert events() == [("conversations.create", "mo", {})]


def test_create_by_an_operator_has_no_owner():
    made = conversations.create(slug="rivers", question="Why?", by=None)

    assert made.moderators.count() == 0


def test_create_refuses_an_address_in_use_and_makes_nothing():
    ConversationFactory(slug="rivers")

    with pytest.raises(conversations.SlugTaken) as refused:
        conversations.create(slug="rivers", question="Why?", by=UserFactory())

    assert str(refused.value) == (
        "There is a conversation at the address “rivers” already."
    )
    assert (Conversation.objects.count(), Moderator.objects.count()) == (1, 0)


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_open_makes_it_public(state):
    conversation = ConversationFactory(state=state, closed_at=THEN)

    conversations.open_conversation(
        conversation=conversation, by=UserFactory(), now=THEN + timedelta(days=1)
    )

    conversation.refresh_from_db()
    assert conversation.state == "open"
    assert conversation.opened_at == THEN + timedelta(days=1)
    assert conversation.closed_at is None


def test_close_ends_the_voting_and_keeps_when_it_began():
    conversation = ConversationFactory(state="open", opened_at=THEN)
    later = THEN + timedelta(days=30)

    conversations.close_conversation(
        conversation=conversation, by=UserFactory(username="mo"), now=later
    )

    conversation.refresh_from_db()
    times = (conversation.opened_at, conversation.closed_at)
    assert (conversation.state, times) == ("closed", (THEN, later))
    assert events() == [("conversations.closed", "mo", {"before": "open"})]


@pytest.mark.parametrize(
    ("act", "state"),
    [
        (conversations.open_conversation, "open"),
        (conversations.open_conversation, "archived"),
        (conversations.close_conversation, "draft"),
        (conversations.close_conversation, "closed"),
        (conversations.close_conversation, "archived"),
    ],
)
def test_a_change_from_another_state_is_refused(act, state):
    conversation = ConversationFactory(state=state)

    with pytest.raises(conversations.WrongState) as refused:
        act(conversation=conversation, by=UserFactory(), now=THEN)

    conversation.refresh_from_db()
    assert (conversation.state, conversation.opened_at) == (state, None)
    label = conversation.get_state_display()
    assert str(refused.value) == (
        f"The state of this conversation is “{label}”, so this cannot be done."
    )


def test_a_change_goes_by_the_state_of_this_moment():
    stale = ConversationFactory(state="open")
    Conversation.objects.update(state="closed")

    with pytest.raises(conversations.WrongState):
        conversations.close_conversation(conversation=stale, by=None, now=THEN)

    assert events() == []
