"""Who may see results, and when: for every entrance the same rule.

`conversation.results` says it: always; once one has voted (`N_TO_SEE` votes, or on all
statements where they are fewer), and everybody after the close; or after the close.
Those who run the conversation may look ahead.
"""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, User
from django.utils.translation import gettext_lazy as _

from deliberation import permissions
from deliberation.errors import DeliberationError
from deliberation.models import Conversation, Participant, Statement

Results = Conversation.Results
# Enough to have thought for oneself first, and little enough for a minute.
N_TO_SEE = 5


class ResultsHidden(DeliberationError):
    code = "results_hidden"
    message = _("The results of this conversation open for everybody when it closes.")
    http_status = 403


@dataclass(frozen=True)
class Sight:
    """Whether results may be seen; `is_preview`: by these eyes, and not by others.

    Where they are hidden, `n_missing` votes would open them; 0 where no vote does.
    """

    is_open: bool
    n_missing: int = 0
    is_preview: bool = False


def sight(
    conversation: Conversation,
    participant: Participant | None,
    *,
    user: User | AnonymousUser | None = None,
) -> Sight:
    """For a participant, or for who is signed in; for nobody in particular with None."""
    if conversation.results == Results.ALWAYS or not conversation.is_open:
        return Sight(is_open=True)
    n_missing = 0
    if conversation.results == Results.AFTER_VOTING:
        n_missing = _n_missing(conversation, participant)
        if not n_missing:
            return Sight(is_open=True)
    if user is not None and permissions.rights(user, conversation):
        return Sight(is_open=True, is_preview=True)
    return Sight(is_open=False, n_missing=n_missing)


def require(
    conversation: Conversation,
    participant: Participant | None,
    *,
    user: User | AnonymousUser | None = None,
) -> None:
    """Raise ResultsHidden where these eyes may not see the results now."""
    if not sight(conversation, participant, user=user).is_open:
        raise ResultsHidden


def _n_missing(conversation: Conversation, participant: Participant | None) -> int:
    """At least one while there is no vote, though there be no statement."""
    shown = Statement.objects.shown(conversation)
    n_needed = max(1, min(N_TO_SEE, shown.count()))
    if participant is None:
        return n_needed
    return max(0, n_needed - participant.votes.count())
