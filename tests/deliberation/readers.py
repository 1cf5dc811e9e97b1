"""People who ask for news, and the mails that go out to them."""

from datetime import timedelta

from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from deliberation.actions import conversations, news
from deliberation.models import Conversation, Subscription
from tests import factories

ADDRESS = "reader@example.org"


def subscribe(conversation: Conversation, language: str = "en") -> Subscription:
    news.subscribe(
        conversation=conversation,
        email=ADDRESS,
        language=language,
        now=timezone.now(),
    )
    return Subscription.objects.get(email=ADDRESS)


def on_the_list(conversation: Conversation, **more: object) -> Subscription:
    """Who confirmed an hour ago, and was answered."""
    asked_at = timezone.now() - timedelta(hours=1)
    told = {"told": ["answer"], "asked_at": asked_at, "confirmed_at": asked_at}
    return factories.SubscriptionFactory(conversation=conversation, **(told | more))


def send(conversation: Conversation) -> list[EmailMultiAlternatives]:
    """The mails that go out now."""
    mail.outbox.clear()
    news.send_due(conversation_id=conversation.pk)
    return list(mail.outbox)


def close(conversation: Conversation) -> None:
    conversations.close_conversation(
        conversation=conversation, by=None, now=timezone.now()
    )
