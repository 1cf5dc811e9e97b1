"""What brings people in: the secret that links are signed by."""

from django.contrib.auth.models import User
from django.db import transaction

from deliberation.actions import audit, conversations
from deliberation.models import Conversation
from deliberation.models.codes import new_link_secret


@transaction.atomic
def change_link_secret(*, conversation: Conversation, by: User | None) -> None:
    """A new secret: every link signed before is refused from now on.

    People stay who they are: a new link for the same id leads to the same votes.
    """
    locked = conversations.lock(conversation)
    locked.link_secret = new_link_secret()
    locked.save(update_fields=["link_secret"])
    audit.record(conversation=locked, action="participation.change_link_secret", by=by)
