"""The look that comes every ten minutes: what moderators should know is raised as an
alert, kept with its figures while it holds, and ended once it does not."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from deliberation import queries
from deliberation.actions import conversations
from deliberation.models import Alert, Conversation
from deliberation.queries import alert_figures
from deliberation.queries.alert_figures import Figures

logger = logging.getLogger(__name__)

LOOKS: Mapping[Alert.Kind, Callable[..., Figures | None]] = {
    Alert.Kind.BACKLOG: alert_figures.backlog_of,
    Alert.Kind.SUSPICIOUS_VOTING: alert_figures.suspicious_voting,
    Alert.Kind.WORKER_BEHIND: alert_figures.worker_behind,
}


def sweep() -> None:
    """One that cannot be looked at leaves the others theirs."""
    now = timezone.now()
    for conversation in queries.alerts.to_watch():
        try:
            check(conversation=conversation, now=now)
        except Exception:
            logger.exception("no look at conversation %d", conversation.pk)


def check(*, conversation: Conversation, now: datetime) -> list[Alert]:
    """Raise, keep or end each kind of alert, and return those that stand now.

    Looking twice changes nothing.
    """
    found = {kind: look(conversation, now=now) for kind, look in LOOKS.items()}
    with transaction.atomic():
        conversations.lock(conversation)
        alerts = queries.alerts.standing(conversation).filter(kind__in=LOOKS)
        before = {alert.kind: alert for alert in alerts}
        kept = [
            _settled(conversation, kind, before.get(kind), figures, now)
            for kind, figures in found.items()
        ]
    return [alert for alert in kept if alert is not None]


def _settled(
    conversation: Conversation,
    kind: Alert.Kind,
    alert: Alert | None,
    figures: Figures | None,
    now: datetime,
) -> Alert | None:
    if figures is None:
        if alert is not None:
            alert.ended_at = now
            alert.save(update_fields=["ended_at"])
        return None
    if alert is None:
        alert = Alert(conversation=conversation, kind=kind, raised_at=now)
        if kind == Alert.Kind.WORKER_BEHIND:
            # Whoever runs the site reads the log, not the moderators' pages.
            logger.warning(
                "conversation %d: results are late, %s", conversation.pk, figures
            )
    if alert.details != figures:
        alert.details = figures
        alert.save()
    return alert
