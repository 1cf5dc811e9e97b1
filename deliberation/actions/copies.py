"""A new conversation made like another: its settings and seeds, and nobody's votes."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from deliberation.actions import audit, fingerprints
from deliberation.actions.conversations import SlugTaken
from deliberation.models import (
    Conversation,
    ConversationTranslation,
    Logo,
    Moderator,
    Statement,
    StatementTranslation,
)

# What is set up once and holds for a copy, too. Not the address, the secrets, the state
# and the times.
COPIED = (
    *("question", "description", "language", "languages", "moderation", "entry"),
    *("results", "takes_reasons", "takes_importance", "embed_origins"),
    *("vote_goal", "max_statement_length", "max_statements", "draft_rule"),
    *("policy", "reasons", "second_looks", "quality_rule", "host_name", "accent"),
)


@transaction.atomic
def copy(
    *, conversation: Conversation, slug: str, by: User, now: datetime
) -> Conversation:
    """A draft at `slug`, owned by whoever copies. Raises SlugTaken.

    Of the statements only accepted seeds come along, with their translations.
    """
    try:
        with transaction.atomic():
            made = Conversation.objects.create(
                slug=slug, **{name: getattr(conversation, name) for name in COPIED}
            )
    except IntegrityError as error:
        raise SlugTaken(slug=slug) from error
    Moderator.objects.create(conversation=made, user=by, role=Moderator.Role.OWNER)
    _copy_logo(conversation, made)
    _copy_words(conversation, made)
    seeds = _copy_seeds(conversation, made, by, now)
    audit.record(
        conversation=made,
        action="copies.copy",
        by=by,
        target=conversation.slug,
        n_seeds=len(seeds),
    )
    fingerprints.request_fingerprints(conversation=made)
    return made


def _copy_logo(conversation: Conversation, made: Conversation) -> None:
    for logo in Logo.objects.filter(conversation=conversation):
        logo.pk, logo.conversation = None, made
        logo.save(force_insert=True)


def _copy_words(conversation: Conversation, made: Conversation) -> None:
    for words in ConversationTranslation.objects.filter(conversation=conversation):
        words.pk, words.conversation = None, made
        words.save(force_insert=True)


def _copy_seeds(
    conversation: Conversation, made: Conversation, by: User, now: datetime
) -> list[Statement]:
    originals = Statement.objects.filter(
        conversation=conversation, is_seed=True, state=Statement.State.ACCEPTED
    ).order_by("number")
    known = list(originals)
    seeds = Statement.objects.bulk_create(
        Statement(
            conversation=made,
            number=number,
            text=seed.text,
            language=seed.language,
            state=Statement.State.ACCEPTED,
            is_seed=True,
            is_meta=seed.is_meta,
            created_at=now,
            decided_at=now,
            decided_by=by,
        )
        for number, seed in enumerate(known)
    )
    copies = {seed.pk: copied for seed, copied in zip(known, seeds, strict=True)}
    words = StatementTranslation.objects.filter(statement__in=known)
    translations = list(words.order_by("id"))
    for translation in translations:
        translation.statement = copies[translation.statement_id]
        translation.pk = None
    StatementTranslation.objects.bulk_create(translations)
    return seeds
