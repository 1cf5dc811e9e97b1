"""Conversations, who runs them, and what is known of each."""

from datetime import UTC, datetime

import factory
from django.contrib.auth.models import User

from deliberation import models
from tests.factories.moments import THEN


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"person-{n}")


class ConversationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Conversation

    slug = factory.Sequence(lambda n: f"conversation-{n}")
    question = "What should the AI do?"
    state = models.Conversation.State.OPEN


class ModeratorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Moderator

    conversation = factory.SubFactory(ConversationFactory)
    user = factory.SubFactory(UserFactory)


class InvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Invitation

    conversation = factory.SubFactory(ConversationFactory)
    role = models.Moderator.Role.MODERATOR
    digest = factory.Sequence(lambda n: f"{n:064x}")
    created_at = THEN
    created_by = factory.SubFactory(UserFactory)
    expires_at = datetime(2026, 3, 8, 12, 0, tzinfo=UTC)


class LogoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Logo

    conversation = factory.SubFactory(ConversationFactory)
    png = b""
    width = 1
    height = 1
    digest = "0" * 16
    stored_at = THEN


class ConversationTranslationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ConversationTranslation

    conversation = factory.SubFactory(ConversationFactory)
    language = "es"
    question = "¿Qué debería hacer la IA?"
    translated_at = THEN
    translated_by = factory.SubFactory(UserFactory)


class AlertFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Alert

    conversation = factory.SubFactory(ConversationFactory)
    kind = models.Alert.Kind.FLAT_ROUTING
    raised_at = THEN


class SubscriptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Subscription

    conversation = factory.SubFactory(ConversationFactory)
    email = factory.Sequence(lambda n: f"reader-{n}@example.org")
    language = "en"
    asked_at = THEN


class AuditEventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.AuditEvent

    conversation_id = 1
    action = "moderation.accept"
