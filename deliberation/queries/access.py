"""The only ways a view gets a conversation. What one may not see does not exist."""

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from deliberation import permissions
from deliberation.errors import DeliberationError
from deliberation.models import ConstitutionVersion, Conversation
from deliberation.queries import translations


class ConversationNotFound(DeliberationError):
    code = "conversation_not_found"
    message = _("There is no conversation at this address.")
    http_status = 404


def public_conversation(slug: str) -> Conversation:
    """One that anyone may see, open or closed, in words that the reader understands.

    With `has_constitution`: whether a version is published, for the ways on.
    """
    found = Conversation.objects.public().filter(slug=slug)
    published = ConstitutionVersion.objects.filter(
        constitution__conversation=OuterRef("pk"), number__isnull=False
    )
    known = translations.worded(found).annotate(has_constitution=Exists(published))
    conversation = known.first()
    if conversation is None:
        raise ConversationNotFound
    return conversation


def conversation_of_short_code(short_code: str) -> Conversation:
    """One that anyone may see, by the end of its short link."""
    conversation = Conversation.objects.public().filter(short_code=short_code).first()
    if conversation is None:
        raise ConversationNotFound
    return conversation


def moderated_conversation(slug: str, *, user: User | AnonymousUser) -> Conversation:
    """One that this person runs; for anyone else it does not exist."""
    conversation = Conversation.objects.filter(slug=slug).first()
    if conversation is None or not permissions.can_moderate(user, conversation):
        raise ConversationNotFound
    return conversation


def any_conversation(slug: str) -> Conversation:
    """For the command line, where an operator may see all."""
    conversation = Conversation.objects.filter(slug=slug).first()
    if conversation is None:
        raise ConversationNotFound
    return conversation
