"""One person's votes, by actions: who and when, taking back, and what holds then."""

from datetime import UTC, datetime

from deliberation.actions import undoing
from deliberation.models import Choice, Statement, Vote, VoteRevision

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CODE = "a-code"
AGREE, PASS, DISAGREE = Choice.AGREE, Choice.PASS, Choice.DISAGREE


def undo(
    statement: Statement, vote_key: str = "", *, code: str = CODE, now: datetime = NOON
) -> Vote | None:
    return undoing.undo_vote(
        conversation=statement.conversation,
        code=code,
        statement_id=statement.pk,
        vote_key=vote_key,
        now=now,
    )


def choices() -> tuple[list[int], list[int]]:
    """What holds, and what held before."""
    held = Vote.objects.order_by("pk").values_list("choice", flat=True)
    before = VoteRevision.objects.order_by("pk").values_list("choice", flat=True)
    return list(held), list(before)
