"""The moderators' pages: what they show, what a decision answers, what is escaped."""

import pytest

from deliberation.models import Conversation, Statement
from tests.factories import StatementFactory

pytestmark = pytest.mark.django_db

HTMX = {"HTTP_HX_REQUEST": "true"}
HOME = "/moderate/rivers/"
NEW = {
    "question": "What next?",
    "slug": "next",
    "description": "",
    "language": "en",
    "moderation": "after",
}


@pytest.fixture
def pending(conversation):
    return StatementFactory(
        conversation=conversation, number=7, state="pending", text="Be kind."
    )


def state_of(statement):
    return Statement.objects.get(pk=statement.pk).state


# --- Conversations -----------------------------------------------------------------------


def test_new_conversation_is_a_draft_of_its_maker(outsider_client):
    response = outsider_client.post("/moderate/new/", NEW)

    assert response["Location"] == "/moderate/next/"
    made = Conversation.objects.get()
    assert (made.state, made.moderation) == ("draft", "after")
    assert made.moderators.get().role == "owner"


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        ("rivers", "There is a conversation at the address “rivers” already."),
        ("new", "“new” is an address of this site; choose another."),
        ("", "This field is required."),
    ],
)
def test_new_conversation_at_an_impossible_address_is_refused(
    moderator_client, slug, sentence
):
    response = moderator_client.post("/moderate/new/", NEW | {"slug": slug})

    assert response.status_code == 422
    assert response.context["form"].errors == {"slug": [sentence]}
    assert Conversation.objects.count() == 1


def test_conversation_is_closed_and_opened_again(moderator_client, conversation):
    for act, state in (("close/", "closed"), ("open/", "open")):
        response = moderator_client.post(HOME + act)

        conversation.refresh_from_db()
        assert (response["Location"], conversation.state) == (HOME, state)


def test_open_conversation_cannot_be_opened(moderator_client, conversation):
    response = moderator_client.post(HOME + "open/")

    assert response.status_code == 409
    assert str(response.context["error"]) == (
        "The state of this conversation is “Open”, so this cannot be done."
    )
