"""What became of a participant's own statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page
from django.db.models import Count, Q

from deliberation.models import Appeal, Choice, Conversation, Participant, Statement
from deliberation.queries import appeals, paging, successors, visibility, wording
from deliberation.queries.successors import Relative
from deliberation.queries.wording import Edited
from deliberation.tallies import Tally

PER_PAGE = 20


@dataclass(frozen=True)
class MyStatement:
    """One of her statements.

    n_others : how many others have voted on it
    tally : all counted votes so far, hers among them; None where it is not shown, or
        results are not shown to her yet
    edits : what moderators changed in its place, the latest first
    successors : what moderators made of it, where others took its place
    leader : the shown statement that it was folded into
    appeal : her objection, where she made one; `can_object` where she still may
    """

    statement: Statement
    is_shown: bool
    n_others: int
    tally: Tally | None
    can_edit: bool
    edits: list[Edited]
    successors: list[Relative]
    leader: Statement | None
    appeal: Appeal | None
    can_object: bool


def mine(
    participant: Participant, now: datetime, page: int | str = 1
) -> Page[MyStatement]:
    """Newest first. A page costs the same for one and for twenty."""
    conversation = participant.conversation
    counted = Q(votes__participant__is_excluded=False)
    rows = (
        Statement.objects.filter(conversation=conversation, author=participant)
        .select_related("conversation", "duplicate_of", "appeal")
        .annotate(
            n_others=Count("votes", filter=~Q(votes__participant=participant)),
            n_agree=Count("votes", filter=counted & Q(votes__choice=Choice.AGREE)),
            n_pass=Count("votes", filter=counted & Q(votes__choice=Choice.PASS)),
            n_disagree=Count(
                "votes", filter=counted & Q(votes__choice=Choice.DISAGREE)
            ),
        )
        .order_by("-created_at", "-id")
    )
    sees = visibility.sight(conversation, participant).is_open
    return paging.told_together(
        rows, page, PER_PAGE, lambda found: _all_mine(conversation, found, sees, now)
    )


def n_left_to_write(conversation: Conversation, code: str | None) -> int | None:
    """How many more she may write, whatever becomes of them; None without a limit.

    What moderators made of a statement of hers is none that she wrote.
    """
    if conversation.max_statements is None or code is None:
        return conversation.max_statements
    hers = Statement.objects.filter(conversation=conversation, author__code=code)
    return max(0, conversation.max_statements - hers.filter(predecessor=None).count())


def is_shown(conversation: Conversation, state: str) -> bool:
    """As StatementQuerySet.shown, of a state at hand."""
    after = conversation.moderation == Conversation.Moderation.AFTER
    return state == Statement.State.ACCEPTED or (
        after and state == Statement.State.PENDING
    )


def can_be_reworded(conversation: Conversation, state: str) -> bool:
    """What a moderator has taken out comes back by a moderator alone; so does what
    others took the place of."""
    if state == Statement.State.REPLACED:
        return False
    before = conversation.moderation == Conversation.Moderation.BEFORE
    return before or state != Statement.State.REJECTED


def _all_mine(
    conversation: Conversation, rows: Sequence[Statement], sees: bool, now: datetime
) -> list[MyStatement]:
    edits = wording.edits(rows)
    made = successors.of_many(conversation, rows)
    takes = conversation.takes_votes(now)
    objectionable = appeals.objectionable(rows) if takes else {}
    found = []
    for row in rows:
        shown = is_shown(conversation, row.state)
        n_others: int = row.n_others  # type: ignore[attr-defined]
        counts = (row.n_agree, row.n_disagree, row.n_pass)  # type: ignore[attr-defined]
        appeal = getattr(row, "appeal", None)
        mine = MyStatement(
            statement=row,
            is_shown=shown,
            n_others=n_others,
            tally=Tally(*counts) if shown and sees else None,
            can_edit=conversation.is_collecting
            and not n_others
            and can_be_reworded(conversation, row.state),
            edits=edits.get(row.pk, []),
            successors=made.get(row.pk, []),
            leader=_leader(conversation, row),
            appeal=appeal,
            can_object=appeal is None and row.pk in objectionable,
        )
        found.append(mine)
    return found


def _leader(conversation: Conversation, row: Statement) -> Statement | None:
    leader = row.duplicate_of
    return leader if leader and is_shown(conversation, leader.state) else None
