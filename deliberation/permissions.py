"""Who may do what; no HTTP in here."""

from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser, User

from deliberation.models import Conversation, Moderator


class Right(StrEnum):
    """What an address asks of those who run a conversation."""

    SEE = "see"
    TRANSLATE = "translate"
    MODERATE = "moderate"
    OWN = "own"


RIGHTS: dict[str, frozenset[Right]] = {
    Moderator.Role.OWNER: frozenset(Right),
    Moderator.Role.MODERATOR: frozenset({Right.SEE, Right.TRANSLATE, Right.MODERATE}),
    Moderator.Role.TRANSLATOR: frozenset({Right.SEE, Right.TRANSLATE}),
    Moderator.Role.OBSERVER: frozenset({Right.SEE}),
}


@dataclass(frozen=True)
class Rights:
    """Of one person in one conversation, for pages to show what she can use."""

    role: str
    rights: frozenset[Right]

    @property
    def translates(self) -> bool:
        return Right.TRANSLATE in self.rights

    @property
    def moderates(self) -> bool:
        return Right.MODERATE in self.rights

    @property
    def owns(self) -> bool:
        return Right.OWN in self.rights


def rights(user: User | AnonymousUser, conversation: Conversation) -> Rights | None:
    """None for somebody who has no part in running it."""
    if not user.is_authenticated:
        return None
    roles = Moderator.objects.filter(conversation=conversation, user=user)
    role = roles.values_list("role", flat=True).first()
    return None if role is None else Rights(role, RIGHTS[role])
