"""Who may do what; no HTTP in here."""

from django.contrib.auth.models import AnonymousUser, User

from deliberation.models import Conversation, Moderator


def can_moderate(user: User | AnonymousUser, conversation: Conversation) -> bool:
    """Owners and moderators of this conversation, and nobody else."""
    if not user.is_authenticated:
        return False
    return Moderator.objects.filter(conversation=conversation, user=user).exists()
