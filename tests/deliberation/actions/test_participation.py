"""The secret of signed links."""

from deliberation.actions import participation
from deliberation.models import AuditEvent, Conversation


def test_new_secret_is_another_and_kept_from_the_record(conversation, moderator):
    participation.change_link_secret(conversation=conversation, by=moderator)

    now = Conversation.objects.get()
    assert now.link_secret != conversation.link_secret
    assert len(now.link_secret) == 43
    event = AuditEvent.objects.get()
    assert (event.action, event.details) == ("participation.change_link_secret", {})
