"""The one way into the audit log."""

from django.contrib.auth.models import User

from deliberation.models import AuditEvent, Conversation


def record(
    *,
    conversation: Conversation,
    action: str,
    by: User | None,
    target: str = "",
    **details: object,
) -> AuditEvent:
    """Write one event; called inside the transaction of what it tells of.

    `by` is None for what an operator does on the command line.
    """
    return AuditEvent.objects.create(
        conversation_id=conversation.pk,
        action=action,
        by_id=by.pk if by else None,
        by_name=by.get_username() if by else "",
        target=target,
        details=details,
    )
