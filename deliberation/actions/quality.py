"""Looking at how people take part, by the worker; what a sign is, by the owner's rule.

A look excludes nobody. It replaces what the look before noticed, so done twice it is
the same; signs of people who are excluded stay as they were when it was decided.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import transaction

from deliberation import queries, thresholds
from deliberation.actions import audit, conversations, engine, messages
from deliberation.models import Conversation, Participant, ParticipationSign

# How long the name of the network is kept that somebody joined from.
NETWORK_KEPT = timedelta(days=30)
# One look at a conversation at a time, and a dead one not for ever in the way.
_LONGEST_LOOK_SECONDS = 900
# A look reads every vote, so looks at many votes are further apart.
_LEAST_SECONDS_APART, _VOTES_PER_SECOND = 20, 3_000


def look(*, conversation: Conversation, now: datetime) -> int:
    """Notice anew; returns how many signs there are. Nothing where another looks."""
    key = f"looking-at-participation:{conversation.pk}"
    if not cache.add(key, True, timeout=_LONGEST_LOOK_SECONDS):
        return 0
    try:
        state = queries.quality.state(conversation)
        found = engine.signs(conversation)
        return _store(conversation, found, state, now)
    finally:
        cache.delete(key)


@transaction.atomic
def _store(
    conversation: Conversation,
    found: "list[engine.Sign]",
    state: str,
    now: datetime,
) -> int:
    """Whoever was erased or excluded meanwhile is not told of."""
    locked = conversations.lock(conversation)
    counted = Participant.objects.filter(conversation=locked, is_excluded=False)
    mine = ParticipationSign.objects.filter(conversation=locked)
    mine.filter(participant__is_excluded=False).delete()
    people = {sign.person for sign in found}
    known = set(counted.filter(pk__in=people).values_list("pk", flat=True))
    rows = [
        ParticipationSign(
            conversation=locked,
            participant_id=sign.person,
            kind=sign.kind,
            strength=sign.strength,
            evidence=sign.figures,
            noticed_at=now,
        )
        for sign in found
        if sign.person in known
    ]
    ParticipationSign.objects.bulk_create(rows, batch_size=1000)
    locked.quality_look = {"at": now.isoformat(), "state": state} | (
        queries.quality.extent(locked)
    )
    locked.save(update_fields=["quality_look"])
    return len(rows)


def catch_up(*, conversation_id: int, now: datetime) -> None:
    """A look where something has changed since the last one."""
    conversation = Conversation.objects.get(pk=conversation_id)
    if not queries.quality.is_looked_at(conversation):
        look(conversation=conversation, now=now)


def request_look(conversation: Conversation) -> None:
    """Have it looked at: soon where there are few votes, minutes apart where many."""
    n_votes = conversation.quality_look.get("n_votes", 0)
    messages.ask_for_look(
        conversation.pk, apart=_LEAST_SECONDS_APART + n_votes // _VOTES_PER_SECOND
    )


def sweep() -> None:
    """Ask for a look wherever something has changed since the last one."""
    for conversation in Conversation.objects.public().order_by("id"):
        if not queries.quality.is_looked_at(conversation):
            request_look(conversation)


def drop_networks(*, now: datetime) -> int:
    """Forget from where people joined, some weeks later; returns of how many."""
    old = Participant.objects.filter(joined_at__lt=now - NETWORK_KEPT)
    return old.exclude(network="").update(network="")


@transaction.atomic
def change_rule(
    *, conversation: Conversation, values: Mapping[str, float], by: User | None
) -> bool:
    """Keep the thresholds, each by its name; False where all is as it was.

    Asks for another look, which judges everybody by them.
    """
    locked = conversations.lock(conversation)
    before = thresholds.of(locked.quality_rule)
    changed = {
        name: [before[name], values[name]]
        for name in before
        if before[name] != values[name]
    }
    if not changed:
        return False
    locked.quality_rule = thresholds.differing(values)
    locked.save(update_fields=["quality_rule"])
    audit.record(
        conversation=locked, action="quality.change_rule", by=by, changed=changed
    )
    transaction.on_commit(partial(request_look, locked))
    return True
