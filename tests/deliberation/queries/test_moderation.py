"""What moderators look up: statements, how many wait, accounts and views."""

import pytest

from deliberation.queries import moderation
from tests.factories import (
    THEN,
    ConversationFactory,
    SavedViewFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_counts_tell_how_many_are_in_each_state(conversation):
    for state, n in (("pending", 3), ("accepted", 2), ("rejected", 1)):
        StatementFactory.create_batch(n, conversation=conversation, state=state)
    StatementFactory(state="pending")
    StatementFactory(
        conversation=conversation,
        state="replaced",
        flagged_at=THEN,
        flagged_by=UserFactory(),
    )

    assert moderation.counts(conversation) == moderation.QueueCounts(3, 2, 1, 1, 1)
    assert moderation.counts(conversation).n_all == 7
    assert moderation.counts(ConversationFactory()).n_all == 0


def test_statement_is_found_by_its_number_in_the_conversation(conversation):
    statement = StatementFactory(conversation=conversation, number=7)
    StatementFactory(number=8)

    assert moderation.statement(conversation, 7) == statement
    with pytest.raises(moderation.NoSuchStatement) as refused:
        moderation.statement(conversation, 8)
    assert str(refused.value) == "There is no statement 8 in this conversation."


def test_statements_are_found_by_their_numbers(conversation):
    two = StatementFactory(conversation=conversation, number=2)
    one = StatementFactory(conversation=conversation, number=1)
    StatementFactory(number=1)

    assert moderation.statements(conversation, {2, 1, 99}) == [one, two]


def test_saved_views_are_ones_own_by_their_names(conversation):
    user = UserFactory()
    second = SavedViewFactory(conversation=conversation, user=user, name="B")
    first = SavedViewFactory(conversation=conversation, user=user, name="A")
    SavedViewFactory(conversation=conversation)
    SavedViewFactory(user=user)

    assert moderation.saved_views(conversation, user) == [first, second]


def test_account_is_found_by_its_name():
    mira = UserFactory(username="mira")

    assert moderation.account("mira") == mira
    with pytest.raises(moderation.NoSuchAccount) as refused:
        moderation.account("Mira")
    assert str(refused.value) == "There is no account named “Mira”."
