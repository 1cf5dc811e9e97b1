"""Whether routing has gone flat, and which alerts stand.

Two signs tell it, and each is enough: the draws, whose probabilities are kept with the
votes, and the priorities that the last analysis stored. docs/routing.md has the rules.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet

from deliberation import routing
from deliberation.models import (
    Alert,
    Conversation,
    Statement,
    StatementResult,
    Vote,
)
from deliberation.queries import analysis


class Sign(StrEnum):
    DRAWS = "draws"
    STORED = "stored"


@dataclass(frozen=True)
class Look:
    """What was found: a sign is flat, or clear, or in neither where too little is known.

    n_statements : so many have a priority; 0 where that tells nothing
    """

    draws: routing.Divergence
    n_statements: int
    flat: frozenset[Sign]
    clear: frozenset[Sign]


def standing(conversation: Conversation) -> QuerySet[Alert]:
    """What moderators should look at now."""
    return Alert.objects.standing().filter(conversation=conversation)


def to_look_at() -> QuerySet[Conversation]:
    """The open ones, and those that were closed while an alert stood."""
    alerts = Alert.objects.standing().filter(conversation=OuterRef("pk"))
    is_open = Q(state=Conversation.State.OPEN)
    return Conversation.objects.filter(is_open | Exists(alerts)).order_by("id")


def to_watch() -> QuerySet[Conversation]:
    """What anyone may see, and what an alert still stands for."""
    alerts = Alert.objects.standing().filter(conversation=OuterRef("pk"))
    is_public = Q(state__in=Conversation.PUBLIC_STATES)
    return Conversation.objects.filter(is_public | Exists(alerts)).order_by("id")


def look(conversation: Conversation, *, since: datetime) -> Look:
    """Both signs, from the votes cast `since` and from the last analysis."""
    draws = _draws(conversation, since)
    priorities = _priorities(conversation)
    verdicts: dict[Sign, bool] = {}
    if draws.n_draws >= routing.MIN_DRAWS:
        verdicts[Sign.DRAWS] = draws.is_flat
    if priorities:
        verdicts[Sign.STORED] = len(set(priorities)) == 1
    return Look(
        draws=draws,
        n_statements=len(priorities),
        flat=frozenset(sign for sign, is_flat in verdicts.items() if is_flat),
        clear=frozenset(sign for sign, is_flat in verdicts.items() if not is_flat),
    )


def _draws(conversation: Conversation, since: datetime) -> routing.Divergence:
    """None count before there are as many votes as statements.

    Until then nearly all have none, and are as likely as each other with good reason.
    """
    votes = Vote.objects.filter(conversation=conversation)
    if votes.count() < Statement.objects.shown(conversation).count():
        return routing.divergence([], [])
    drawn = votes.filter(
        cast_at__gte=since, probability__isnull=False, n_candidates__isnull=False
    ).values_list("probability", "n_candidates")
    rows = [(p or 0.0, n or 0) for p, n in drawn.iterator()]
    return routing.divergence((p for p, _ in rows), (n for _, n in rows))


def _priorities(conversation: Conversation) -> list[float]:
    """What the last analysis stored; none where it may rightly be all the same.

    That is so among few statements or people, and where statements are all agreed with
    as much: then none is nearer to the border of the top than another.
    """
    run = analysis.latest_run(conversation)
    if run is None or not run.has_enough_people:
        return []
    results = StatementResult.objects.filter(run=run, statement__is_meta=False)
    rows = results.values_list("priority", "n_agree", "n_disagree", "n_pass")
    priorities, shares = [], set()
    for priority, n_agree, n_disagree, n_pass in rows:
        priorities.append(priority)
        # As the engine smoothes them.
        shares.add((n_agree + 1) / (n_agree + n_disagree + n_pass + 2))
    is_told = len(priorities) >= routing.MIN_CANDIDATES and len(shares) > 1
    return priorities if is_told else []
