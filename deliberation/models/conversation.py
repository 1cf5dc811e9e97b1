"""A conversation: one deliberation with its statements and people."""

from datetime import datetime

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deliberation.models.codes import new_link_secret, new_short_code
from deliberation.models.reason import Reason
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

    class Phase(models.TextChoices):
        """Where in its schedule it is; told by its state and the clock."""

        DRAFT = "draft", _("In preparation")
        COLLECTING = "collecting", _("Statements and votes")
        VOTING = "voting", _("Votes only")
        DRAFTING = "drafting", _("The constitution is drafted")
        RATIFYING = "ratifying", _("The constitution is ratified")
        CLOSED = "closed", _("Closed")

    PUBLIC_STATES = (State.OPEN, State.CLOSED)
    # The times of the schedule in their order.
    SCHEDULE = (
        "opens_at",
        "collects_until",
        "votes_until",
        "drafts_until",
        "ratifies_until",
    )

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
            "languages",
            "opens_at",
            "collects_until",
            "votes_until",
            "drafts_until",
            "ratifies_until",
            "max_statements",
            "policy",
            "reasons",
            "second_looks",
            "quality_rule",
            "quality_look",
            "draft_rule",
            "host_name",
            "accent",
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

    # --- How it is set up
    # Into which its question is to be translated, beside its own: ["es", "ko"].
    languages = models.JSONField(default=list, blank=True)
    # The schedule, each part of it optional, in this order: opened and closed by the
    # worker, the rest holds by itself (see `phase`).
    opens_at = models.DateTimeField(null=True, blank=True)
    collects_until = models.DateTimeField(null=True, blank=True)
    votes_until = models.DateTimeField(null=True, blank=True)
    drafts_until = models.DateTimeField(null=True, blank=True)
    ratifies_until = models.DateTimeField(null=True, blank=True)
    # Statements one person may write; None: as many as she likes.
    max_statements = models.PositiveSmallIntegerField(null=True, blank=True)
    # By what rules statements are accepted, for all to read: safe Markdown.
    policy = models.TextField(blank=True, default="", db_default="")
    # The reasons that moderators choose from, in order:
    # [{"code": "spam", "words": "", "is_offered": true}, ...]; without words those of
    # Reason, without any list all of them. What was offered once stays, for its words.
    reasons = models.JSONField(default=list, blank=True)
    # Of a hundred decisions so many are taken again by somebody else, unseen.
    second_looks = models.PositiveSmallIntegerField(default=5, db_default=5)
    # What differs from the usual thresholds for suspicious ways of taking part.
    quality_rule = models.JSONField(default=dict, blank=True)
    # The worker's latest look for them: when, at how much, and of which state.
    quality_look = models.JSONField(default=dict, blank=True)
    # The rule by which the constitution will be drafted, told from the first day.
    draft_rule = models.JSONField(default=dict, blank=True)
    # Who asks, and in which colour: "#rrggbb", or empty.
    host_name = models.CharField(max_length=80, blank=True, default="", db_default="")
    accent = models.CharField(max_length=7, blank=True, default="", db_default="")

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
        """Whether votes are taken, by the clock: its worker may close it later."""
        return self.takes_votes(timezone.now())

    @property
    def is_collecting(self) -> bool:
        """Whether statements are taken as well, by the clock."""
        return self.collects(timezone.now())

    @property
    def current_phase(self) -> Phase:
        return self.phase(timezone.now())

    @property
    def is_public(self) -> bool:
        return self.state in self.PUBLIC_STATES

    def takes_votes(self, now: datetime) -> bool:
        is_over = self.votes_until is not None and self.votes_until <= now
        return self.state == self.State.OPEN and not is_over

    def collects(self, now: datetime) -> bool:
        is_over = self.collects_until is not None and self.collects_until <= now
        return self.takes_votes(now) and not is_over

    def phase(self, now: datetime) -> Phase:
        """A draft that waits for its opening is a draft; the archive is closed."""
        if self.state == self.State.DRAFT:
            return self.Phase.DRAFT
        if self.takes_votes(now):
            is_collecting = self.collects(now)
            return self.Phase.COLLECTING if is_collecting else self.Phase.VOTING
        if self.state == self.State.ARCHIVED:
            return self.Phase.CLOSED
        if self.drafts_until and now < self.drafts_until:
            return self.Phase.DRAFTING
        if self.ratifies_until and now < self.ratifies_until:
            return self.Phase.RATIFYING
        return self.Phase.CLOSED

    def reason_words(self, code: str) -> str:
        """What a reason says here; of one that is not offered any more, too."""
        for reason in self.reasons:
            if reason["code"] == code and reason["words"]:
                return str(reason["words"])
        known = dict(Reason.choices)
        return str(known.get(code, code))
