"""What tests of voting by JSON begin with."""

import pytest
from django.test import Client

from deliberation import identity
from deliberation.models import Conversation, Statement
from tests import factories
from tests.deliberation.ballots import post


@pytest.fixture
def statements(conversation: Conversation) -> list[Statement]:
    return factories.StatementFactory.create_batch(9, conversation=conversation)


@pytest.fixture
def learned(either_way: None, client: Client, db: None) -> None:
    """The first answer of a process goes the ordinary way; these come after it."""
    conversation = factories.ConversationFactory(slug="lakes")
    statement = factories.StatementFactory(conversation=conversation)
    signed = identity.sign("somebody", "lakes")
    answer = post(client, "/c/lakes/votes/", statement=statement.pk, participant=signed)
    assert answer.status_code == 200
    client.cookies.clear()
    conversation.delete()
