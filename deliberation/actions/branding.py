"""How a conversation shows who asks: name, colour and logo."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from deliberation.actions import audit, conversations
from deliberation.formats import logos
from deliberation.models import Conversation, Logo


@transaction.atomic
def change_branding(
    *,
    conversation: Conversation,
    host_name: str,
    accent: str,
    logo: logos.Logo | None,
    without_logo: bool,
    by: User | None,
    now: datetime,
) -> bool:
    """Whether anything was changed.

    logo : a new one, or None to leave it as it is
    without_logo : take away the one that is there, unless there is a new one
    """
    locked = conversations.lock(conversation)
    wanted = {"host_name": host_name, "accent": accent}
    changes = {
        name: [getattr(locked, name), value]
        for name, value in wanted.items()
        if getattr(locked, name) != value
    }
    before = Logo.objects.filter(conversation=locked).values_list("digest", flat=True)
    digest = before.first() or ""
    after = logo.digest if logo else "" if without_logo else digest
    if after != digest:
        changes["logo"] = [digest, after]
    if not changes:
        return False
    locked.host_name, locked.accent = host_name, accent
    locked.save(update_fields=list(wanted))
    if after != digest:
        _store(locked, logo, now)
    audit.record(
        conversation=locked, action="branding.change_branding", by=by, changes=changes
    )
    return True


def _store(conversation: Conversation, logo: logos.Logo | None, now: datetime) -> None:
    if logo is None:
        Logo.objects.filter(conversation=conversation).delete()
        return
    Logo.objects.update_or_create(
        conversation=conversation,
        defaults={
            "png": logo.png,
            "width": logo.width,
            "height": logo.height,
            "digest": logo.digest,
            "stored_at": now,
        },
    )
