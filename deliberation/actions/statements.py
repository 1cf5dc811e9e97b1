"""Submitting a statement, which joins a newcomer first."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from deliberation.actions import analysis, conversations, voting
from deliberation.errors import DeliberationError
from deliberation.models import Choice, Conversation, Statement, Vote


class AlreadySaid(DeliberationError):
    code = "already_said"
    message = _("These very words are in this conversation already.")
    http_status = 409


@transaction.atomic
def submit_statement(
    *, conversation: Conversation, code: str, text: str, language: str, now: datetime
) -> Statement:
    """Store a participant's statement, and her agreement with it.

    Pending until a moderator decides; where the conversation moderates afterwards it
    is shown at once. Sent twice by its author it is stored once. Raises
    ConversationClosed, and AlreadySaid for another's very words.
    """
    voting.require_open(conversation)
    participant = voting.join(conversation, code)
    conversations.lock(conversation)
    if earlier := _same_words(conversation, text):
        if earlier.author_id == participant.pk:
            return earlier
        raise AlreadySaid
    statement = Statement.objects.create(
        conversation=conversation,
        number=next_number(conversation),
        text=text,
        language=language,
        author=participant,
        created_at=now,
    )
    Vote.objects.create(
        conversation=conversation,
        participant=participant,
        statement=statement,
        choice=Choice.AGREE,
        cast_at=now,
    )
    analysis.request_analysis(conversation=conversation)
    return statement


def next_number(conversation: Conversation) -> int:
    """The number of a new statement; the caller holds the lock."""
    numbers = Statement.objects.filter(conversation=conversation)
    highest = numbers.aggregate(highest=Max("number"))["highest"]
    return 0 if highest is None else highest + 1


def _same_words(conversation: Conversation, text: str) -> Statement | None:
    """The statement that says so already, in any capitals.

    Compared here: SQLite knows the capitals of English only.
    """
    said = Statement.objects.filter(conversation=conversation).order_by("id")
    for pk, words in said.values_list("id", "text").iterator():
        if words.casefold() == text.casefold():
            return said.get(pk=pk)
    return None
