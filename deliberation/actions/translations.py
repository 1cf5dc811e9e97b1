"""A conversation's own words in other languages. What is voted on stays the original."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from deliberation.actions import audit, conversations
from deliberation.errors import DeliberationError
from deliberation.models import (
    Conversation,
    ConversationTranslation,
    Statement,
    StatementTranslation,
)


class InItsLanguage(DeliberationError):
    code = "in_its_language"
    message = _("This is written in that language already.")
    http_status = 409


class OriginalChanged(DeliberationError):
    code = "original_changed"
    message = _(
        "Its author has changed the words meanwhile, so nothing was stored. Please read"
        " them again."
    )
    http_status = 409


@transaction.atomic
def translate_conversation(
    *,
    conversation: Conversation,
    language: str,
    question: str,
    description: str,
    by: User,
    now: datetime,
) -> ConversationTranslation | None:
    """Store what people are asked in `language`; an empty question takes it away.

    The same words change nothing. Raises InItsLanguage.
    """
    locked = conversations.lock(conversation)
    if locked.language == language:
        raise InItsLanguage
    mine = ConversationTranslation.objects.filter(
        conversation=locked, language=language
    )
    before, words = mine.first(), (question, description)
    if words == ((before.question, before.description) if before else ("", "")):
        return before
    after = None
    if question:
        after, _is_new = mine.update_or_create(
            conversation=locked,
            language=language,
            defaults={
                "question": question,
                "description": description,
                "translated_at": now,
                "translated_by": by,
            },
        )
    else:
        mine.delete()
    audit.record(
        conversation=locked,
        action="translations.translate_conversation",
        by=by,
        target=language,
        before=before.question if before else "",
        after=question,
    )
    return after


@transaction.atomic
def translate_statement(
    *,
    statement: Statement,
    original: str,
    language: str,
    text: str,
    by: User,
    now: datetime,
) -> StatementTranslation | None:
    """Store the statement's words in `language`; an empty text takes them away.

    original : the words that were translated

    The same text changes nothing. Raises InItsLanguage, and OriginalChanged where the
    statement says something else by now.
    """
    locked = Statement.objects.select_for_update().get(pk=statement.pk)
    if locked.language == language:
        raise InItsLanguage
    if locked.text != original:
        raise OriginalChanged
    mine = StatementTranslation.objects.filter(statement=locked, language=language)
    before = mine.first()
    if text == (before.text if before else ""):
        return before
    after = None
    if text:
        after, _is_new = mine.update_or_create(
            statement=locked,
            language=language,
            defaults={"text": text, "translated_at": now, "translated_by": by},
        )
    else:
        mine.delete()
    audit.record(
        conversation=locked.conversation,
        action="translations.translate_statement",
        by=by,
        target=f"statement {locked.number}",
        language=language,
        before=before.text if before else "",
        after=text,
    )
    return after
