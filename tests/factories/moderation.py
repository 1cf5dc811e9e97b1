"""What moderators decided, and what came of it."""

import factory

from deliberation import models
from tests.factories.conversations import ConversationFactory, UserFactory
from tests.factories.moments import THEN
from tests.factories.voting import StatementFactory


class DecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Decision

    statement = factory.SubFactory(StatementFactory)
    conversation = factory.SelfAttribute("statement.conversation")
    kind = models.Decision.Kind.ACCEPT
    before = factory.LazyFunction(lambda: {"state": "pending"})
    after = factory.LazyFunction(lambda: {"state": "accepted"})
    batch = factory.Sequence(lambda n: f"batch-{n}")
    decided_at = THEN
    decided_by = factory.SubFactory(UserFactory)


class SecondLookFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.SecondLook

    decision = factory.SubFactory(DecisionFactory)
    conversation = factory.SelfAttribute("decision.conversation")
    drawn_at = THEN


class AppealFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Appeal

    decision = factory.SubFactory(DecisionFactory)
    statement = factory.SelfAttribute("decision.statement")
    conversation = factory.SelfAttribute("decision.conversation")
    text = "I meant something else."
    made_at = THEN


class SessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Session

    session_key = factory.Sequence(lambda n: f"session-{n:024d}")
    session_data = ""
    expire_date = THEN
    user = factory.SubFactory(UserFactory)


class SavedViewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.SavedView

    conversation = factory.SubFactory(ConversationFactory)
    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"View {n}")
    query = "state=pending"


class WordingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Wording

    statement = factory.SubFactory(StatementFactory)
    text = "The AI shoud ask."
    language = "en"
    edited_at = THEN
    edited_by = factory.SubFactory(UserFactory)
