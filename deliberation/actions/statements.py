"""Submitting a statement, which joins a newcomer first; rewording one's own."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from deliberation import queries, similarity
from deliberation.actions import analysis, conversations, fingerprints, voting
from deliberation.errors import DeliberationError
from deliberation.models import (
    Choice,
    Conversation,
    Statement,
    StatementTranslation,
    Vote,
)
from deliberation.queries.fingerprints import Suggestion


class AlreadySaid(DeliberationError):
    """`statement` is the one that says so, whether or not it is shown."""

    code = "already_said"
    message = _("These very words are in this conversation already.")
    http_status = 409

    def __init__(self, statement: Statement) -> None:
        super().__init__()
        self.statement = statement


class NearlySaid(DeliberationError):
    """`suggestions` may say the same, and their writer has not seen all of them."""

    code = "nearly_said"
    message = _("Someone may have said this already: see what is shown below.")
    http_status = 409

    def __init__(self, suggestions: Sequence[Suggestion]) -> None:
        super().__init__()
        self.suggestions = tuple(suggestions)


class CollectingOver(DeliberationError):
    code = "collecting_over"
    message = _(
        "Statements are not collected any more. You can still vote on those that are"
        " there."
    )
    http_status = 409


class TooManyStatements(DeliberationError):
    code = "too_many_statements"
    message = ngettext_lazy(
        "You have written %(most)d statement, and here one person can write no more.",
        "You have written %(most)d statements, and here one person can write no more.",
        "most",
    )
    http_status = 409


class VotedOn(DeliberationError):
    code = "voted_on"
    message = _(
        "Others have voted on this statement already, so its words stay as they are."
    )
    http_status = 409


class TakenOut(DeliberationError):
    code = "taken_out"
    message = _(
        "A moderator has taken this statement out, so its words stay as they are."
        " You can write another one."
    )
    http_status = 409


def submit_statement(
    *,
    conversation: Conversation,
    code: str,
    text: str,
    language: str,
    now: datetime,
    considered: Collection[int] | None = None,
    network: str = "",
) -> Statement:
    """Store a participant's statement, and her agreement with it.

    language : in which she reads; what the text shows of its own goes before
    considered : ids of statements that she has seen, and means to say something else;
        None asks nothing and leaves it to the worker to find what it is compared by
    network : from which she joins, if she does (ratelimits.network_here)

    Pending until a moderator decides; where the conversation moderates afterwards it
    is shown at once. Sent twice by its author it is stored once. Raises
    InvitationNeeded, ConversationClosed, CollectingOver, TooManyStatements, AlreadySaid
    for another's very words, and NearlySaid where there is something near that was not
    considered.
    """
    _require_collecting(conversation, now)
    voting.require_invited(conversation, code)
    made = None
    if considered is not None:
        made = similarity.fingerprint(text, language)
        if not same_words(conversation, text):
            _require_considered(conversation, made, considered)
    return _store(conversation, code, text, language, now, made, network)


@transaction.atomic
def _store(
    conversation: Conversation,
    code: str,
    text: str,
    language: str,
    now: datetime,
    made: similarity.Fingerprint | None,
    network: str,
) -> Statement:
    participant = voting.join(conversation, code, network=network)
    conversation = conversations.lock(conversation)
    if earlier := same_words(conversation, text):
        if earlier.author_id == participant.pk:
            return earlier
        raise AlreadySaid(earlier)
    if queries.statements.n_left_to_write(conversation, code) == 0:
        raise TooManyStatements(most=conversation.max_statements)
    statement = Statement.objects.create(
        conversation=conversation,
        number=next_number(conversation),
        text=text,
        language=written_in(made, language),
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
    if made:
        fingerprints.store(statement, made)
    else:
        fingerprints.request_fingerprints(conversation=conversation)
    analysis.request_analysis(conversation=conversation)
    return statement


def edit_statement(
    *,
    conversation: Conversation,
    code: str,
    number: int,
    text: str,
    language: str,
    considered: Collection[int],
    now: datetime,
) -> Statement:
    """Reword one's own statement while nobody else has voted on it.

    It waits for a moderator again, whatever was decided before, and its translations
    go. The same words change nothing. Raises StatementNotFound where it is not hers,
    VotedOn, TakenOut, and as `submit_statement` does.
    """
    _require_collecting(conversation, now)
    voting.require_invited(conversation, code)
    statement = _own(conversation, code, number)
    made = similarity.fingerprint(text, language)
    if not same_words(conversation, text):
        _require_considered(conversation, made, considered, except_for=number)
    return _reword(conversation, statement, text, language, made)


@transaction.atomic
def _reword(
    conversation: Conversation,
    statement: Statement,
    text: str,
    language: str,
    made: similarity.Fingerprint,
) -> Statement:
    conversations.lock(conversation)
    # Not `no_key`: a vote that is on its way is waited for, the next one waits for us.
    statement = Statement.objects.select_for_update().get(pk=statement.pk)
    if statement.text == text:
        return statement
    _require_changeable(conversation, statement)
    said = same_words(conversation, text, except_for={statement.pk})
    if said is not None:
        raise AlreadySaid(said)
    was_shown = queries.statements.is_shown(conversation, statement.state)
    statement.text, statement.language = text, written_in(made, language)
    statement.state = Statement.State.PENDING
    statement.reason = statement.reason_note = ""
    # Other words are no longer the same as those of another statement.
    statement.duplicate_of = None
    statement.decided_at = statement.decided_by = None
    # A moderator who has the old words before her is told.
    statement.revision += 1
    statement.save()
    StatementTranslation.objects.filter(statement=statement).delete()
    fingerprints.store(statement, made)
    if was_shown or queries.statements.is_shown(conversation, statement.state):
        analysis.count_anew(conversation)
    return statement


def next_number(conversation: Conversation) -> int:
    """The number of a new statement; the caller holds the lock."""
    numbers = Statement.objects.filter(conversation=conversation)
    highest = numbers.aggregate(highest=Max("number"))["highest"]
    return 0 if highest is None else highest + 1


def _require_collecting(conversation: Conversation, now: datetime) -> None:
    if not voting.require_open(conversation, now).collects(now):
        raise CollectingOver


def _own(conversation: Conversation, code: str, number: int) -> Statement:
    mine = Statement.objects.filter(conversation=conversation, author__code=code)
    statement = mine.filter(number=number).first()
    if statement is None:
        raise voting.StatementNotFound
    return statement


def _require_changeable(conversation: Conversation, statement: Statement) -> None:
    others = Vote.objects.filter(statement=statement)
    if others.exclude(participant=statement.author_id).exists():
        raise VotedOn
    if not queries.statements.can_be_reworded(conversation, statement.state):
        raise TakenOut


def _require_considered(
    conversation: Conversation,
    made: similarity.Fingerprint,
    considered: Collection[int],
    except_for: int | None = None,
) -> None:
    found = queries.fingerprints.suggestions(conversation, made, except_for=except_for)
    if any(suggestion.statement_id not in considered for suggestion in found):
        raise NearlySaid(found)


def written_in(made: similarity.Fingerprint | None, language: str) -> str:
    """The language that the text shows, told as she reads it where it is the same."""
    if made is None or made.language == language.split("-")[0]:
        return language
    return made.language


def same_words(
    conversation: Conversation, text: str, except_for: Collection[int] = ()
) -> Statement | None:
    """The statement that says so already, in any capitals; `except_for`: ids.

    Compared here: SQLite knows the capitals of English only.
    """
    said = Statement.objects.filter(conversation=conversation).order_by("id")
    for pk, words in said.values_list("id", "text").iterator():
        if words.casefold() == text.casefold() and pk not in except_for:
            return said.get(pk=pk)
    return None
