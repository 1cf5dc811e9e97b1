"""Decisions that are taken a second time by somebody else, who does not know the first.

Nothing is decided by a second look: it tells how far moderators agree, and what they
should talk about.
"""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from deliberation.actions import audit, conversations
from deliberation.errors import DeliberationError
from deliberation.models import Conversation, Decision, SecondLook

# Salt of the secret that draws; the rest of it is the site's own.
SALT = "deliberation.second_looks"
DRAWN_FROM = frozenset({Decision.Kind.ACCEPT.value, Decision.Kind.REJECT.value})


class DecidedByYou(DeliberationError):
    code = "second_look_at_your_own"
    message = _(
        "You have decided on this statement yourself; the second look is for somebody"
        " else."
    )
    http_status = 403


class LookedAtAlready(DeliberationError):
    code = "looked_at_already"
    message = _("Somebody else has just taken this second look.")
    http_status = 409


def draw(
    *, conversation: Conversation, decisions: Sequence[Decision], now: datetime
) -> list[SecondLook]:
    """Of a hundred decisions `conversation.second_looks`; called where they are made.

    Whether one is drawn depends on nothing but the site's secret and the decision: who
    decides cannot know it, and nobody can choose. What answers an appeal is looked at
    by two people anyway.
    """
    drawn = [
        SecondLook(conversation=conversation, decision=decision, drawn_at=now)
        for decision in decisions
        if decision.kind in DRAWN_FROM
        and not decision.is_appeal
        and _lot(decision) < conversation.second_looks
    ]
    return SecondLook.objects.bulk_create(drawn)


def _lot(decision: Decision) -> float:
    """0 to 100, even over all decisions, and the same each time for one."""
    digest = salted_hmac(SALT, str(decision.pk), algorithm="sha256").digest()
    return int.from_bytes(digest[:8], "big") / 2**64 * 100


@transaction.atomic
def look_again(
    *,
    conversation: Conversation,
    look: SecondLook,
    verdict: str,
    reason: str,
    by: User,
    now: datetime,
) -> SecondLook:
    """Store somebody's own verdict, "accepted" or "rejected", and change nothing else.

    Raises DecidedByYou and LookedAtAlready.
    """
    conversations.lock(conversation)
    look = SecondLook.objects.select_related("decision__statement").get(pk=look.pk)
    statement = look.decision.statement
    if Decision.objects.filter(statement=statement, decided_by=by).exists():
        raise DecidedByYou
    if look.verdict:
        raise LookedAtAlready
    look.verdict = verdict
    look.reason = reason if verdict == "rejected" else ""
    look.decided_at, look.decided_by = now, by
    look.save(update_fields=["verdict", "reason", "decided_at", "decided_by"])
    audit.record(
        conversation=conversation,
        action="second_looks.look_again",
        by=by,
        target=f"statement {statement.number}",
        verdict=look.verdict,
        reason=look.reason,
    )
    return look
