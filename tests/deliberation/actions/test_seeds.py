"""Seeds of the organisers: added all together, or not at all."""

import pytest

from deliberation.actions import seeds
from deliberation.actions.seeds import Seed
from deliberation.models import AuditEvent, Statement
from tests.factories import THEN, ConversationFactory, StatementFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory(username="mira")


def events():
    fields = ("action", "by_name", "target", "details")
    return list(AuditEvent.objects.order_by("id").values_list(*fields))


def add(conversation, *given, by):
    return seeds.add_seeds(conversation=conversation, seeds=given, by=by, now=THEN)


def revision(conversation):
    conversation.refresh_from_db()
    return conversation.moderation_revision


def test_seeds_are_accepted_and_numbered_on(by):
    conversation = ConversationFactory()
    StatementFactory(conversation=conversation, number=4)

    add(
        conversation,
        Seed("AI should be kind.", "en"),
        Seed("KI sei kurz.", "de"),
        by=by,
    )

    rows = Statement.objects.filter(is_seed=True, state="accepted", decided_by=by)
    assert list(rows.order_by("number").values_list("number", "text", "language")) == [
        (5, "AI should be kind.", "en"),
        (6, "KI sei kurz.", "de"),
    ]
    assert events() == [("seeds.add", "mira", "2 statements", {"numbers": [5, 6]})]
    assert revision(conversation) == 1


def test_seeds_of_an_operator_bear_no_name():
    (seed,) = add(ConversationFactory(), Seed("Be kind.", "en"), by=None)

    assert (seed.decided_by, seed.decided_at) == (None, None)
    assert [event[1] for event in events()] == [""]


def test_seeds_that_repeat_are_refused_all_together(by):
    conversation = ConversationFactory()
    StatementFactory(conversation=conversation, text="Ärger vermeiden.")
    texts = ["New.", "ÄRGER vermeiden.", "Newer.", "new."]

    with pytest.raises(seeds.SeedsRepeated) as refused:
        add(conversation, *(Seed(text, "de") for text in texts), by=by)

    assert refused.value.positions == (1, 3)
    assert str(refused.value) == (
        "Nothing was added: 2 of these statements are in the conversation already, or"
        " are given twice."
    )
    assert Statement.objects.count() == 1
    assert events() == []
    assert revision(conversation) == 0


def test_seeds_may_repeat_another_conversation(by):
    StatementFactory(text="Be kind.")

    add(ConversationFactory(), Seed("Be kind.", "en"), by=by)

    assert Statement.objects.filter(text="Be kind.").count() == 2
