"""The rule by which a constitution will be drafted, known from the first day."""

from dataclasses import asdict, dataclass

from deliberation.models import Conversation
from deliberation.tallies import MIN_VOTES

# Three of five in every group, passes counted against: above a bare majority, and
# still in reach of a divided public.
DEFAULT_THRESHOLD = 0.6
# What a person can read in one sitting; a moderator may ask for more.
DEFAULT_MAX_PRINCIPLES = 60


@dataclass(frozen=True)
class DraftRule:
    """A statement becomes a principle where every group agrees with it.

    threshold : the least share that agrees, passes counted against
    max_principles : of the surest, at most so many
    min_votes : the least votes of every group; without groups, of everybody
    """

    threshold: float = DEFAULT_THRESHOLD
    max_principles: int = DEFAULT_MAX_PRINCIPLES
    min_votes: int = MIN_VOTES

    def as_json(self) -> dict[str, object]:
        """As a conversation keeps it."""
        return asdict(self)


def of(conversation: Conversation) -> DraftRule:
    """The usual one, where nobody has set another."""
    return DraftRule(**conversation.draft_rule)
