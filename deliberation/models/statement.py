"""A statement: one idea to vote on."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberation.models.conversation import Conversation
from deliberation.models.reason import Reason

# What is read where a statement's words were, in every language.
NO_WORDS = "[…]"


class StatementQuerySet(models.QuerySet["Statement"]):
    def shown(self, conversation: Conversation) -> "StatementQuerySet":
        """What participants vote on and what is analysed."""
        states = [Statement.State.ACCEPTED]
        if conversation.moderation == Conversation.Moderation.AFTER:
            states.append(Statement.State.PENDING)
        return self.filter(conversation=conversation, state__in=states)


class Statement(models.Model):
    class State(models.TextChoices):
        PENDING = "pending", _("Pending")
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Rejected")
        # By successors in other words; its votes stay, it is shown no more.
        REPLACED = "replaced", _("Replaced by a better wording")

    class Lineage(models.TextChoices):
        """How a statement came of its predecessor."""

        REWORD = "reword", _("In better words")
        SPLIT = "split", _("A part of it")

    Reason = Reason

    class Privacy:
        personal = ("author",)
        kept = (
            "id",
            "conversation",
            "number",
            "text",
            "language",
            "state",
            "is_seed",
            "is_meta",
            "created_at",
            "reason",
            "reason_note",
            "decided_at",
            "decided_by",
            "revision",
            "predecessor",
            "lineage",
            "duplicate_of",
            "likeness_group",
            "flagged_at",
            "flagged_by",
            "flag_note",
        )

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="statements"
    )
    # Counts up within the conversation; of an imported statement, the imported id.
    number = models.PositiveIntegerField()
    text = models.TextField()
    language = models.CharField(max_length=12)
    state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    is_seed = models.BooleanField(default=False)
    # About the conversation itself (age, place): asked, but not part of the map.
    is_meta = models.BooleanField(default=False)
    author = models.ForeignKey(
        "deliberation.Participant",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="statements",
    )
    created_at = models.DateTimeField()
    # One of Reason, or a code of the conversation's own (Conversation.reasons).
    reason = models.CharField(max_length=24, choices=Reason, blank=True)
    reason_note = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    # Counts up with each decision and each change of its words: a moderator who decides
    # names the one she saw, so that two who decide at once are told.
    revision = models.PositiveIntegerField(default=0, db_default=0)
    # What it was made of by moderators.
    predecessor = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="successors",
    )
    lineage = models.CharField(
        max_length=6, choices=Lineage, blank=True, default="", db_default=""
    )
    # The statement that leads, where this one was folded into it.
    duplicate_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="folded",
    )
    # The number of the oldest statement that says nearly the same, itself included;
    # None where there is no other (queries/likeness.py).
    likeness_group = models.PositiveIntegerField(null=True, blank=True)
    # Set aside by a moderator for a colleague to look at.
    flagged_at = models.DateTimeField(null=True, blank=True)
    flagged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    flag_note = models.CharField(max_length=200, blank=True, default="", db_default="")

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "number"], name="statement_number_once"
            ),
            # What a vote's composite foreign key points at.
            models.UniqueConstraint(
                fields=["conversation", "id"], name="statement_of_conversation"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["pending", "accepted", "rejected", "replaced"]
                ),
                name="statement_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(lineage="", predecessor=None)
                | models.Q(lineage__in=["reword", "split"]),
                name="statement_lineage_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(duplicate_of=models.F("id")),
                name="statement_duplicate_of_another",
            ),
            models.CheckConstraint(
                condition=models.Q(flagged_at=None, flagged_by=None)
                | models.Q(flagged_at__isnull=False, flagged_by__isnull=False),
                name="statement_flagged_at_and_by",
            ),
            models.CheckConstraint(
                condition=~models.Q(text=""), name="statement_says_something"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at=None, decided_by=None)
                | models.Q(decided_at__isnull=False, decided_by__isnull=False),
                name="statement_decided_at_and_by",
            ),
        ]
        indexes = [
            models.Index(
                fields=["conversation", "state", "number"], name="statement_queue"
            ),
            models.Index(
                fields=["conversation", "likeness_group"], name="statement_likeness"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class StatementFingerprint(models.Model):
    """What a statement is compared by, so that nobody has to say a thing twice."""

    class Privacy:
        personal = ()
        kept = ("id", "statement", "version", "data", "compared")

    statement = models.OneToOneField(
        Statement, on_delete=models.CASCADE, related_name="fingerprint"
    )
    # Of the way it was made; of another version it is made anew.
    version = models.CharField(max_length=32)
    data = models.BinaryField()
    # By which rules it was compared with all others; empty while it is not, and once
    # its words have changed. It is no part of that while the statement is replaced.
    compared = models.CharField(max_length=32, blank=True, default="", db_default="")

    def __str__(self) -> str:
        return f"fingerprint of statement {self.statement_id}"
