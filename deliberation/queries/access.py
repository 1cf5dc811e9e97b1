"""The only ways a view gets a conversation. What one may not see does not exist."""

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from deliberation import permissions
from deliberation.errors import DeliberationError
from deliberation.models import ConstitutionVersion, Conversation, Moderator
from deliberation.permissions import Right
from deliberation.queries import appeals, translations


class ConversationNotFound(DeliberationError):
    code = "conversation_not_found"
    message = _("There is no conversation at this address.")
    http_status = 404


class NotYourRole(DeliberationError):
    """Only for those who know of the conversation: its existence is no secret to them."""

    code = "not_your_role"
    message = _(
        "Your role in this conversation is “%(role)s”, which does not include this."
        " Ask one of its owners."
    )
    http_status = 403


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


def moderated_conversation(
    slug: str,
    *,
    user: User | AnonymousUser,
    right: Right = Right.SEE,
) -> Conversation:
    """One that this person helps to run; for anyone else it does not exist.

    With `rights`, for pages to show what she can use, and `n_appeals` that wait for an
    answer. Raises NotYourRole where her role there has not got this right.
    """
    found_there = Conversation.objects.filter(slug=slug)
    conversation = found_there.annotate(n_appeals=appeals.n_waiting()).first()
    if conversation is None:
        raise ConversationNotFound
    found = permissions.rights(user, conversation)
    if found is None:
        raise ConversationNotFound
    if right not in found.rights:
        raise NotYourRole(role=Moderator.Role(found.role).label)
    conversation.rights = found  # type: ignore[attr-defined]
    return conversation


def any_conversation(slug: str) -> Conversation:
    """For the command line, where an operator may see all."""
    conversation = Conversation.objects.filter(slug=slug).first()
    if conversation is None:
        raise ConversationNotFound
    return conversation
