"""The constitution: its versions, their principles, and where each comes from.

A version with a number is frozen. Triggers of the database (migration
0002_frozen_rows) refuse any change of it, of its principles and their provenance.
"""

from django.conf import settings
from django.db import models


class Constitution(models.Model):
    class Privacy:
        personal = ()
        kept = ("id", "conversation", "created_at")

    conversation = models.OneToOneField(
        "deliberation.Conversation",
        on_delete=models.PROTECT,
        related_name="constitution",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"constitution of {self.conversation_id}"


class ConstitutionVersion(models.Model):
    """A published version has a number; the one without is the draft."""

    class Privacy:
        personal = ()
        kept = (
            "id",
            "constitution",
            "number",
            "rule",
            "words",
            "analysis",
            "digest",
            "created_at",
            "published_at",
            "published_by",
        )

    constitution = models.ForeignKey(
        Constitution, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(null=True, blank=True)
    # By what rule the principles were chosen: {"threshold": 0.6, ...}
    rule = models.JSONField(default=dict)
    # What the document says around the principles, once published:
    # {"question": ..., "description": ..., "language": ..., "rule": ...}
    words = models.JSONField(default=dict)
    # The analysis it was drafted from: {"digest": ..., "n_participants": ..., ...}
    analysis = models.JSONField(default=dict)
    # SHA-256 of the canonical JSON, once published.
    digest = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["constitution", "number"], name="version_number_once"
            ),
            models.UniqueConstraint(
                fields=["constitution"],
                condition=models.Q(number=None),
                name="version_one_draft",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    number=None, published_at=None, published_by=None, digest=""
                )
                | models.Q(
                    number__gt=0,
                    published_at__isnull=False,
                    published_by__isnull=False,
                )
                & ~models.Q(digest=""),
                name="version_published_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}" if self.number else "draft"


class Principle(models.Model):
    """One numbered sentence of a constitution."""

    class Privacy:
        personal = ()
        kept = ("id", "version", "position", "text")

    version = models.ForeignKey(
        ConstitutionVersion, on_delete=models.CASCADE, related_name="principles"
    )
    position = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"], name="principle_position_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(text=""), name="principle_says_something"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Provenance(models.Model):
    """The statement and figures behind a principle, copied so that they stay true."""

    class Privacy:
        personal = ()
        kept = ("id", "principle", "statement_number", "text", "figures", "lineage")

    principle = models.ForeignKey(
        Principle, on_delete=models.CASCADE, related_name="provenance"
    )
    statement_number = models.PositiveIntegerField()
    text = models.TextField()
    # {"consensus": 0.7, "p_top": 0.96, "group_aware_consensus": 0.8,
    #  "n_agree": 9, ..., "groups": {"A": {"agree": 3, ...}, ...}}
    figures = models.JSONField()
    # What the statement was made of by moderators, the nearest first:
    # [{"number": 51, "lineage": "split", "text": "..."}]; None where it is as written.
    lineage = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "provenance"
        constraints = [
            models.UniqueConstraint(
                fields=["principle", "statement_number"], name="provenance_once"
            )
        ]

    def __str__(self) -> str:
        return f"statement {self.statement_number}"
