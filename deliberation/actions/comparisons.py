"""What the results would be without some people: asked for, and worked out later.

Nothing but the figures of the comparison is stored; no page of the public changes.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from deliberation.actions import audit, engine, messages
from deliberation.actions.exclusions import NobodyChosen, ParticipantsUnknown
from deliberation.models import Comparison, Conversation, Participant, Statement

# Kept for a while: they can be made again.
KEPT = timedelta(days=90)
# A statement is listed where a share moves by so much, or where it enters or leaves.
LEAST_CHANGE = 0.01
MOST_LISTED = 200


@transaction.atomic
def compare(
    *,
    conversation: Conversation,
    participants: Collection[int],
    by: User,
    now: datetime,
) -> Comparison:
    """Ask what changes without these people, by the ids of their rows.

    Raises NobodyChosen, ParticipantsUnknown.
    """
    wanted = set(participants)
    if not wanted:
        raise NobodyChosen
    mine = Participant.objects.filter(conversation=conversation, pk__in=wanted)
    if unknown := wanted - set(mine.values_list("pk", flat=True)):
        raise ParticipantsUnknown(unknown)
    comparison = Comparison.objects.create(
        conversation=conversation,
        participants=sorted(wanted),
        asked_at=now,
        asked_by=by,
    )
    audit.record(
        conversation=conversation,
        action="comparisons.compare",
        by=by,
        target=f"{len(wanted)} participants",
        comparison=comparison.pk,
        participants=sorted(wanted),
    )
    transaction.on_commit(partial(messages.ask_for_comparison, comparison.pk))
    return comparison


def work_out(*, comparison_id: int, now: datetime) -> None:
    """Analyse twice and store what differs; once, however often it is asked.

    An analysis that fails leaves its name, so that the page need not wait for ever.
    """
    comparison = Comparison.objects.filter(pk=comparison_id, finished_at=None).first()
    if comparison is None:
        return
    try:
        found = engine.compare(comparison.conversation, comparison.participants)
        comparison.figures = _figures(comparison.conversation, found)
    except Exception as error:
        comparison.problem = repr(error)[:200]
        raise
    finally:
        comparison.finished_at = now
        comparison.save(update_fields=["figures", "problem", "finished_at"])


def sweep(*, now: datetime) -> None:
    """Ask again for those that a message forgot; drop what is old."""
    Comparison.objects.filter(asked_at__lt=now - KEPT).delete()
    waiting = Comparison.objects.filter(finished_at=None)
    for pk in waiting.order_by("id").values_list("pk", flat=True):
        messages.ask_for_comparison(pk)


def _figures(conversation: Conversation, found: engine.Compared) -> dict[str, Any]:
    statements = Statement.objects.filter(conversation=conversation)
    number = dict(statements.values_list("pk", "number"))
    lists = {
        side: (_top(one, one.consensus.agree), _top(one, one.consensus.disagree))
        for side, one in (("with", found.both), ("without", found.less))
    }
    changed = _changed(found, lists)
    return {
        "with": _summary(found.both),
        "without": _summary(found.less),
        "rand_index": round(found.rand_index, 4),
        "agreed": _moves(lists["with"][0], lists["without"][0], number),
        "rejected": _moves(lists["with"][1], lists["without"][1], number),
        "n_changed": len(changed),
        "n_statements": len(found.both.statement_ids),
        "statements": [
            {"number": number[pk], "with": was, "without": becomes}
            for _size, pk, was, becomes in changed[:MOST_LISTED]
        ],
    }


def _summary(one: "engine.Analysis") -> dict[str, Any]:
    return {
        "n_people": len(one.participant_ids),
        "n_votes": int(one.overall_n_seen.sum()),
        "n_grouped": int((one.group_of >= 0).sum()),
        "finding": one.finding.value,
        "groups": [
            {"letter": group.letter, "size": group.size} for group in one.groups
        ],
    }


def _top(one: "engine.Analysis", scores: Any) -> list[int]:
    """Ids of the statements that the list of a page opens with."""
    top = one.consensus.top(scores, one.stability.n_top)
    return [int(pk) for pk in one.statement_ids[top].tolist()]


def _moves(
    was: list[int], becomes: list[int], number: dict[int, int]
) -> dict[str, list[int]]:
    return {
        "entering": [number[pk] for pk in becomes if pk not in was],
        "leaving": [number[pk] for pk in was if pk not in becomes],
    }


def _changed(
    found: engine.Compared, lists: dict[str, tuple[list[int], list[int]]]
) -> list[tuple[float, int, dict[str, Any], dict[str, Any]]]:
    """Statements whose shares or places in a list move, the furthest first."""
    was, becomes = _counts(found.both), _counts(found.less)
    moved = set()
    for with_them, without in zip(lists["with"], lists["without"], strict=True):
        moved |= set(with_them) ^ set(without)
    nobody = {"all": _tally(0, 0, 0)}
    rows = []
    for pk, counts in was.items():
        other = becomes.get(pk, nobody)
        size = _furthest(counts["all"], other["all"])
        if size >= LEAST_CHANGE or pk in moved:
            rows.append((size, pk, counts, other))
    return sorted(rows, key=lambda row: (-row[0], row[1]))


def _furthest(one: dict[str, int], other: dict[str, int]) -> float:
    n, m = max(sum(one.values()), 1), max(sum(other.values()), 1)
    return max(abs(one[choice] / n - other[choice] / m) for choice in one)


def _counts(one: "engine.Analysis") -> dict[int, dict[str, dict[str, int]]]:
    """By statement, over all and by letter."""
    counts = {}
    for t, pk in enumerate(one.statement_ids.tolist()):
        agree, disagree = int(one.overall_n_agree[t]), int(one.overall_n_disagree[t])
        counts[pk] = {"all": _tally(agree, disagree, int(one.overall_n_seen[t]))}
        for g, group in enumerate(one.groups):
            counts[pk][group.letter] = _tally(
                int(one.n_agree[g, t]), int(one.n_disagree[g, t]), int(one.n_seen[g, t])
            )
    return counts


def _tally(agree: int, disagree: int, seen: int) -> dict[str, int]:
    return {"agree": agree, "disagree": disagree, "pass": seen - agree - disagree}
