"""The moderators' pages: what they show, what a decision answers, what is escaped."""

import pytest

from deliberation.models import Statement
from tests.factories import ModeratorFactory, StatementFactory

pytestmark = pytest.mark.django_db

HTMX = {"HTTP_HX_REQUEST": "true"}
HOME = "/moderate/rivers/"


@pytest.fixture
def pending(conversation):
    return StatementFactory(
        conversation=conversation, number=7, state="pending", text="Be kind."
    )


def state_of(statement):
    return Statement.objects.get(pk=statement.pk).state


# --- Conversations -----------------------------------------------------------------------


def test_list_shows_ones_own_conversations_alone(moderator_client, conversation):
    ModeratorFactory()

    response = moderator_client.get("/moderate/")

    assert list(response.context["page"]) == [conversation]
    assert HOME in response.content.decode()


NEW = {
    "question": "What next?",
    "slug": "next",
    "description": "",
    "language": "en",
    "moderation": "after",
}
