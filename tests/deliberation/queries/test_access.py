"""Who gets a conversation; what one may not see does not exist."""

import pytest
from django.contrib.auth.models import AnonymousUser

from deliberation.queries import access
from tests.factories import ConversationFactory, ModeratorFactory, UserFactory


@pytest.mark.parametrize("state", ["open", "closed"])
def test_public_conversation_is_open_or_closed(db, state):
    conversation = ConversationFactory(slug="rivers", state=state)

    assert access.public_conversation("rivers") == conversation


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_public_conversation_hides_drafts_and_the_archive(db, state):
    ConversationFactory(slug="rivers", state=state)

    with pytest.raises(access.ConversationNotFound) as refused:
        access.public_conversation("rivers")

    assert refused.value.http_status == 404


@pytest.mark.parametrize(
    "gate",
    [
        access.public_conversation,
        access.any_conversation,
        lambda slug: access.moderated_conversation(slug, user=UserFactory()),
    ],
)
def test_no_gate_opens_where_there_is_nothing(db, gate):
    ConversationFactory(slug="rivers", state="open")

    with pytest.raises(access.ConversationNotFound):
        gate("lakes")


@pytest.mark.parametrize("role", ["owner", "moderator"])
@pytest.mark.parametrize("state", ["draft", "open", "closed", "archived"])
def test_moderated_conversation_is_for_those_who_run_it(db, role, state):
    moderator = ModeratorFactory(role=role, conversation__state=state)
    conversation = moderator.conversation

    found = access.moderated_conversation(conversation.slug, user=moderator.user)

    assert found == conversation


def test_moderated_conversation_does_not_exist_for_others(db):
    conversation = ConversationFactory(state="open")
    runs_another = ModeratorFactory().user
    operator = UserFactory(is_staff=True, is_superuser=True)

    for user in (AnonymousUser(), UserFactory(), runs_another, operator):
        with pytest.raises(access.ConversationNotFound):
            access.moderated_conversation(conversation.slug, user=user)


def test_any_conversation_finds_drafts_too(db):
    conversation = ConversationFactory(slug="rivers", state="draft")

    assert access.any_conversation("rivers") == conversation
