"""What became of a participant's own statements."""

from dataclasses import dataclass

from django.core.paginator import Page
from django.db.models import Count, Q

from deliberation.models import Choice, Conversation, Participant, Statement
from deliberation.queries import paging, visibility
from deliberation.tallies import Tally

PER_PAGE = 20
# What is read where a statement's words were, in every language.
NO_WORDS = "[…]"


@dataclass(frozen=True)
class MyStatement:
    """One of her statements.

    n_others : how many others have voted on it
    tally : all counted votes so far, hers among them; None where it is not shown, or
        results are not shown to her yet
    """

    statement: Statement
    is_shown: bool
    n_others: int
    tally: Tally | None
    can_edit: bool


def mine(participant: Participant, page: int | str = 1) -> Page[MyStatement]:
    """Newest first. A page costs the same for one and for twenty."""
    conversation = participant.conversation
    counted = Q(votes__participant__is_excluded=False)
    rows = (
        Statement.objects.filter(conversation=conversation, author=participant)
        .select_related("conversation")
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
    return paging.told(rows, page, PER_PAGE, lambda row: _mine(conversation, row, sees))


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
    """What a moderator has taken out comes back by a moderator alone."""
    before = conversation.moderation == Conversation.Moderation.BEFORE
    return before or state != Statement.State.REJECTED


def _mine(conversation: Conversation, row: Statement, sees: bool) -> MyStatement:
    shown = is_shown(conversation, row.state)
    n_others: int = row.n_others  # type: ignore[attr-defined]
    counts = (row.n_agree, row.n_disagree, row.n_pass)  # type: ignore[attr-defined]
    return MyStatement(
        statement=row,
        is_shown=shown,
        n_others=n_others,
        tally=Tally(*counts) if shown and sees else None,
        can_edit=conversation.is_collecting
        and not n_others
        and can_be_reworded(conversation, row.state),
    )
