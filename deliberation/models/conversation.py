"""A conversation: one deliberation with its statements and people."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from deliberation.models.codes import new_link_secret, new_short_code
from deliberation.validators import (
    MAX_QUESTION_LENGTH,
    MAX_STATEMENT_LENGTH,
    validate_slug,
)


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def public(self) -> "ConversationQuerySet":
        """What anyone may see: everything but drafts and the archive."""
        return self.filter(state__in=Conversation.PUBLIC_STATES)


class Conversation(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        ARCHIVED = "archived", _("Archived")

    class Moderation(models.TextChoices):
        BEFORE = "before", _("A statement is shown once a moderator has accepted it")
        AFTER = "after", _("A statement is shown at once; a moderator may reject it")

    class Results(models.TextChoices):
        """Who may see them, and when."""

        ALWAYS = "always", _("Everybody, from the first vote")
        AFTER_VOTING = "voting", _("Those who have voted; everybody after the close")
        AFTER_CLOSE = "close", _("Everybody, after the close")

    class Entry(models.TextChoices):
        """Who may take part."""

        ANYONE = "anyone", _("Everybody who has the address")
        LINK = "link", _("Only people with a signed link of yours")

    PUBLIC_STATES = (State.OPEN, State.CLOSED)

    class Privacy:
        personal = ()
        kept = (
            "id",
            "slug",
            "question",
            "description",
            "language",
            "state",
            "moderation",
            "moderation_revision",
            "created_at",
            "opened_at",
            "closed_at",
            "short_code",
            "vote_goal",
            "max_statement_length",
            "takes_reasons",
            "takes_importance",
            "results",
            "entry",
            "link_secret",
            "embed_origins",
        )

    slug = models.SlugField(max_length=60, unique=True, validators=[validate_slug])
    question = models.CharField(max_length=MAX_QUESTION_LENGTH)
    description = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    moderation = models.CharField(
        max_length=6, choices=Moderation, default=Moderation.BEFORE
    )
    # Counts every decision that changes what is analysed (see queries/analysis.py).
    moderation_revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    # --- How people take part
    # The end of the short link: /j/<code>/.
    short_code = models.CharField(  # noqa: DJ001 - unique, and none in the last release
        max_length=12, unique=True, null=True, default=new_short_code
    )
    # So many votes place a person well; after them she is thanked, and may go on.
    vote_goal = models.PositiveSmallIntegerField(default=25, db_default=25)
    # In graphemes: what a reader takes for one character.
    max_statement_length = models.PositiveSmallIntegerField(
        default=MAX_STATEMENT_LENGTH, db_default=MAX_STATEMENT_LENGTH
    )
    takes_reasons = models.BooleanField(default=False, db_default=False)
    takes_importance = models.BooleanField(default=False, db_default=False)
    results = models.CharField(
        max_length=6,
        choices=Results,
        default=Results.ALWAYS,
        db_default=Results.ALWAYS.value,
    )
    entry = models.CharField(
        max_length=6,
        choices=Entry,
        default=Entry.ANYONE,
        db_default=Entry.ANYONE.value,
    )
    # What a host signs its people's links with; shown to those who run it alone.
    link_secret = models.CharField(
        max_length=64, default=new_link_secret, db_default=""
    )
    # Whose pages may hold the conversation in a frame: ["https://example.org", ...].
    embed_origins = models.JSONField(default=list, null=True, blank=True)

    objects = ConversationQuerySet.as_manager()

    # In the reader's language, where queries/translations.py was asked and knows them.
    translated_question = ""
    translated_description = ""
    translated_language = ""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "open", "closed", "archived"]),
                name="conversation_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(moderation__in=["before", "after"]),
                name="conversation_moderation_known",
            ),
            models.CheckConstraint(
                condition=models.Q(results__in=["always", "voting", "close"]),
                name="conversation_results_known",
            ),
            models.CheckConstraint(
                condition=models.Q(entry__in=["anyone", "link"]),
                name="conversation_entry_known",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return reverse("conversation", args=[self.slug])

    @property
    def shown_question(self) -> str:
        return self.translated_question or self.question

    @property
    def shown_description(self) -> str:
        return (
            self.translated_description
            if self.translated_question
            else self.description
        )

    @property
    def shown_language(self) -> str:
        """Of the two above."""
        return self.translated_language if self.translated_question else self.language

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_public(self) -> bool:
        return self.state in self.PUBLIC_STATES


class Moderator(models.Model):
    """Who runs a conversation: its owners and its moderators."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        MODERATOR = "moderator", _("Moderator")

    class Privacy:
        personal = ()
        kept = ("id", "conversation", "user", "role", "created_at")

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="moderators"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="moderator_roles",
    )
    role = models.CharField(max_length=9, choices=Role, default=Role.MODERATOR)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "user"], name="moderator_once_per_conversation"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["owner", "moderator"]),
                name="moderator_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"
