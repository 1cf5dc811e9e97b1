"""The preview: what participants will see, and nothing stored."""

import pytest

from deliberation.models import Conversation, Participant, Vote
from tests.factories import THEN, StatementFactory

pytestmark = pytest.mark.django_db
PAGE = "/moderate/rivers/preview/"


def test_draft_is_shown_as_if_it_were_open(moderator_client, conversation):
    Conversation.objects.update(state="draft", description="**Why** we ask.")
    StatementFactory(conversation=conversation, text="Be kind.")
    StatementFactory(conversation=conversation, text="Not yet.", state="pending")

    page = moderator_client.get(PAGE).content.decode()

    assert "So participants will see it once it is open." in page
    assert "<strong>Why</strong> we ask." in page
    assert "Be kind." in page
    assert "Not yet." not in page
    assert 'href="#cards"' in page
    assert Conversation.objects.get().state == "draft"


def test_nothing_in_it_can_be_sent(moderator_client, conversation):
    StatementFactory(conversation=conversation)

    page = moderator_client.get(PAGE).content.decode()

    assert "/c/rivers/votes/" not in page
    assert (Vote.objects.count(), Participant.objects.count()) == (0, 0)


def test_what_is_over_is_shown_as_over(moderator_client, conversation):
    Conversation.objects.update(votes_until=THEN)

    page = moderator_client.get(PAGE).content.decode()

    assert "Nothing can be voted on any more." in page


def test_without_statements_it_says_so(moderator_client):
    page = moderator_client.get(PAGE).content.decode()

    assert "There is no statement to vote on yet." in page
