"""The nightly look whether routing still chooses, and the alert where it does not."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from deliberation import queries
from deliberation.models import Alert, Conversation
from deliberation.queries.alerts import Look, Sign

logger = logging.getLogger(__name__)

# The draws of so long; a look comes once a night.
LOOKS_BACK = timedelta(days=1)


def sweep() -> None:
    now = timezone.now()
    for conversation in queries.alerts.to_look_at():
        check_routing(conversation=conversation, now=now)


@transaction.atomic
def check_routing(*, conversation: Conversation, now: datetime) -> Alert | None:
    """Raise the alert, keep it or end it, and return the one that stands now.

    Looking twice changes nothing. An alert ends when each sign that raised it has
    become clear; where too few people came to tell, it stands. A conversation that is
    closed shows nothing any more: its alert ends.
    """
    alerts = queries.alerts.standing(conversation).select_for_update()
    alert = alerts.filter(kind=Alert.Kind.FLAT_ROUTING).first()
    look = queries.alerts.look(conversation, since=now - LOOKS_BACK)
    signs = _standing_signs(alert, look) if conversation.is_open else frozenset()
    if signs:
        return _raised(conversation, alert, signs, look, now)
    if alert:
        alert.ended_at = now
        alert.save(update_fields=["ended_at"])
    return None


def _standing_signs(alert: Alert | None, look: Look) -> frozenset[Sign]:
    before = {Sign(name) for name in alert.details["signs"]} if alert else set[Sign]()
    return look.flat | (before - look.clear)


def _raised(
    conversation: Conversation,
    alert: Alert | None,
    signs: frozenset[Sign],
    look: Look,
    now: datetime,
) -> Alert:
    if alert is None:
        alert = Alert(
            conversation=conversation, kind=Alert.Kind.FLAT_ROUTING, raised_at=now
        )
    alert.details = (
        alert.details | _figures(look) | {"signs": sorted(sign.value for sign in signs)}
    )
    alert.save()
    # Whoever runs the site reads the log, not the moderators' pages.
    logger.warning(
        "routing of conversation %d is flat: %s", conversation.pk, alert.details
    )
    return alert


def _figures(look: Look) -> dict[str, float]:
    """Of the signs that are flat."""
    figures: dict[str, float] = {}
    if Sign.DRAWS in look.flat:
        draws = look.draws
        figures |= {
            "n_draws": draws.n_draws,
            "p_even": round(draws.p_even, 6),
            "divergence": round(draws.mean, 6),
        }
    if Sign.STORED in look.flat:
        figures["n_statements"] = look.n_statements
    return figures
