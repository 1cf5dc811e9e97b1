"""What people add to a vote: that it matters to them, and why they chose so."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from deliberation.actions import voting
from deliberation.errors import DeliberationError
from deliberation.models import Conversation, Vote, VoteReason


class VoteNotFound(DeliberationError):
    code = "vote_not_found"
    message = _("You have no vote on this statement, so there is nothing to add to.")
    http_status = 404


class RemarkNotTaken(DeliberationError):
    code = "remark_not_taken"
    message = _("This conversation does not ask for that, so it was not stored.")
    http_status = 409


@transaction.atomic
def remark_on_vote(
    *,
    conversation: Conversation,
    code: str,
    statement_id: int,
    now: datetime,
    matters: bool | None = None,
    reason: str | None = None,
) -> Vote:
    """Add to a vote whether it matters to her, or why she chose so, in one line.

    None leaves as it is; an empty reason takes it away. The last word counts. Raises
    RemarkNotTaken where the conversation does not ask, VoteNotFound, and as
    `cast_vote` does.
    """
    voting.require_open(conversation, now)
    if (matters is not None and not conversation.takes_importance) or (
        reason and not conversation.takes_reasons
    ):
        raise RemarkNotTaken
    statement = voting.statement_of(conversation, statement_id)
    vote = (
        Vote.objects.select_for_update(no_key=True)
        .filter(
            participant__conversation=conversation,
            participant__code=code,
            statement=statement,
        )
        .first()
    )
    if vote is None:
        raise VoteNotFound
    if matters is not None:
        vote.matters = matters
        vote.save(update_fields=["matters"])
    if reason:
        VoteReason.objects.update_or_create(
            vote=vote, defaults={"text": reason, "written_at": now}
        )
    elif reason is not None:
        VoteReason.objects.filter(vote=vote).delete()
    return vote
