"""Better words for a statement in its place, by moderators, before anybody voted.

Afterwards words stay with their votes, and others take their place: see successors.py.

The audit log names numbers; it cannot be erased, so the words of participants are not
in it. What an edit replaced is kept as a Wording, which can be.
"""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from deliberation import queries, similarity
from deliberation.actions import analysis, audit, conversations, fingerprints
from deliberation.actions.statements import AlreadySaid, same_words, written_in
from deliberation.errors import DeliberationError
from deliberation.models import (
    Conversation,
    Statement,
    StatementTranslation,
    Vote,
    Wording,
)


class VotedOn(DeliberationError):
    code = "words_voted_on"
    message = _(
        "People have voted on these words already, so they stay as they are. Reword or"
        " split the statement instead: the old words stay readable with their votes."
    )
    http_status = 409


class SameWords(DeliberationError):
    code = "same_words"
    message = _("These are the words that the statement has already.")
    http_status = 409


class NotAsItStands(DeliberationError):
    """Of one that leads elsewhere already, or whose words are gone."""

    code = "not_as_it_stands"
    message = _(
        "This statement was replaced or folded into another, or its author has taken"
        " the words back, so there is nothing to change."
    )
    http_status = 409


class ChangedMeanwhile(DeliberationError):
    code = "changed_meanwhile"
    message = _(
        "Somebody else has decided on this statement, or changed its words, since you"
        " opened the page. It is shown as it is now, and nothing was changed."
    )
    http_status = 409


@transaction.atomic
def edit(
    *,
    statement: Statement,
    text: str,
    language: str,
    by: User,
    now: datetime,
    seen: int | None = None,
) -> Statement:
    """Change the words while nobody but the author has voted; its state stays.

    seen : the revision that was looked at

    What it said is kept for its author, whose own vote was on other words and goes; so
    do the translations. Raises SameWords, AlreadySaid, VotedOn, NotAsItStands,
    ChangedMeanwhile.
    """
    conversation = statement.conversation
    conversations.lock(conversation)
    held = held_to_change(statement, seen)
    if held.text == text and held.language == language:
        raise SameWords
    votes = Vote.objects.filter(statement=held)
    if votes.exclude(participant=held.author_id).exists():
        raise VotedOn
    require_unsaid(conversation, text, except_for={held.pk})
    Wording.objects.create(
        statement=held,
        text=held.text,
        language=held.language,
        edited_at=now,
        edited_by=by,
    )
    _record_edit(conversation, held, text, language, by)
    made = similarity.fingerprint(text, language)
    held.text, held.language = text, written_in(made, language)
    held.revision += 1
    held.save(update_fields=["text", "language", "revision"])
    votes.delete()
    StatementTranslation.objects.filter(statement=held).delete()
    fingerprints.store(held, made)
    if queries.statements.is_shown(conversation, held.state):
        analysis.count_anew(conversation)
    return held


def _record_edit(
    conversation: Conversation, held: Statement, text: str, language: str, by: User
) -> None:
    """With the words themselves where they are the organisers' own."""
    before: dict[str, object] = {"language": held.language, "length": len(held.text)}
    after: dict[str, object] = {"language": language, "length": len(text)}
    if held.is_seed:
        before["text"], after["text"] = held.text, text
    audit.record(
        conversation=conversation,
        action="wording.edit",
        by=by,
        target=f"statement {held.number}",
        before=before,
        after=after,
    )


def held_to_change(statement: Statement, seen: int | None) -> Statement:
    """The row as it is now, locked. Raises NotAsItStands, ChangedMeanwhile."""
    # Not `no_key`: a vote that is on its way is waited for, the next one waits for us.
    held = Statement.objects.select_for_update().get(pk=statement.pk)
    if seen is not None and seen != held.revision:
        raise ChangedMeanwhile
    if not queries.wording.can_change(held):
        raise NotAsItStands
    return held


def require_unsaid(
    conversation: Conversation, text: str, *, except_for: Collection[int] = ()
) -> None:
    """Raises AlreadySaid."""
    said = same_words(conversation, text, except_for=except_for)
    if said is not None:
        raise AlreadySaid(said)
