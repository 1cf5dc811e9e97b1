"""Where in its schedule a conversation is: the phases it goes through, in their order."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from deliberation.models import Conversation

Phase = Conversation.Phase
# What ends a phase; the closed one has no end.
ENDS = {
    Phase.COLLECTING: "collects_until",
    Phase.VOTING: "votes_until",
    Phase.DRAFTING: "drafts_until",
    Phase.RATIFYING: "ratifies_until",
}
# Without a time of its own such a phase does not come.
OPTIONAL = {Phase.DRAFTING: "drafts_until", Phase.RATIFYING: "ratifies_until"}


@dataclass(frozen=True)
class Step:
    """One phase; `until` is None where nobody has set an end."""

    phase: str
    words: str
    until: datetime | None
    is_past: bool
    is_current: bool


@dataclass(frozen=True)
class Schedule:
    """`left` is how long the current phase lasts; None where it has no end."""

    steps: list[Step]
    left: timedelta | None

    @property
    def current(self) -> Step:
        return next(step for step in self.steps if step.is_current)


def of(conversation: Conversation, *, now: datetime) -> Schedule:
    current = conversation.phase(now)
    phases = [
        phase for phase in Phase if phase == current or _comes(conversation, phase)
    ]
    at = phases.index(current)
    steps = [
        Step(
            phase=phase.value,
            words=str(phase.label),
            until=_until(conversation, phase),
            is_past=place < at,
            is_current=phase == current,
        )
        for place, phase in enumerate(phases)
    ]
    until = steps[at].until
    return Schedule(steps, until - now if until and until > now else None)


def _comes(conversation: Conversation, phase: Phase) -> bool:
    if phase == Phase.DRAFT:
        return conversation.state == Conversation.State.DRAFT
    if phase == Phase.VOTING:
        return conversation.collects_until is not None
    return phase not in OPTIONAL or getattr(conversation, OPTIONAL[phase]) is not None


def _until(conversation: Conversation, phase: Phase) -> datetime | None:
    """Of a draft, when it opens; statements end with the votes at the latest."""
    if phase == Phase.DRAFT:
        return conversation.opens_at
    found: datetime | None = (
        getattr(conversation, ENDS[phase]) if phase in ENDS else None
    )
    is_collecting = phase == Phase.COLLECTING
    return found or (conversation.votes_until if is_collecting else None)
