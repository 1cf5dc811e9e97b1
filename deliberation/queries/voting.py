"""What a participant is shown next, and how far she has come."""

import random
from dataclasses import dataclass

from deliberation.models import Conversation, Participant, Statement, StatementResult

# What the engine would give a statement that it has not met yet (polis-math, 14).
UNKNOWN_PRIORITY = 5.0625


@dataclass(frozen=True)
class Draw:
    """A statement to vote on, and with what probability it was drawn."""

    statement: Statement
    probability: float


@dataclass(frozen=True)
class Progress:
    n_voted: int
    n_left: int

    @property
    def n_all(self) -> int:
        return self.n_voted + self.n_left


def participant(conversation: Conversation, code: str | None) -> Participant | None:
    if code is None:
        return None
    return Participant.objects.filter(conversation=conversation, code=code).first()


def next_statement(
    conversation: Conversation, participant: Participant | None
) -> Draw | None:
    """One the participant has not voted on, drawn by the engine's priorities.

    The draw is fresh at each call and logged with the vote, not repeated: no seed.
    """
    priorities = _unseen_priorities(conversation, participant)
    if not priorities:
        return None
    total = sum(priorities.values())
    (pk,) = random.choices(list(priorities), weights=list(priorities.values()))  # noqa: S311
    return Draw(Statement.objects.get(pk=pk), priorities[pk] / total)


def progress(conversation: Conversation, participant: Participant | None) -> Progress:
    shown = Statement.objects.shown(conversation)
    if participant is None:
        return Progress(n_voted=0, n_left=shown.count())
    n_voted = shown.filter(votes__participant=participant).count()
    return Progress(n_voted=n_voted, n_left=shown.count() - n_voted)


def _unseen_priorities(
    conversation: Conversation, participant: Participant | None
) -> dict[int, float]:
    """Statement ids with their weight in the draw, always above zero."""
    unseen = Statement.objects.shown(conversation)
    if participant is not None:
        unseen = unseen.exclude(votes__participant=participant)
    known = dict(
        StatementResult.objects.filter(
            statement__conversation=conversation
        ).values_list("statement_id", "priority")
    )
    ids = unseen.order_by("id").values_list("id", flat=True)
    return {pk: known.get(pk) or UNKNOWN_PRIORITY for pk in ids}
