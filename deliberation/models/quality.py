"""Ways of taking part that moderators should look at, and what excluding would change.

What is found here excludes nobody: a person decides, and can take it back.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ParticipationSign(models.Model):
    """One thing that was noticed of one participant at the latest look."""

    class Kind(models.TextChoices):
        STRAIGHT = "straight", _("Always the same answer")
        SPEED = "speed", _("Faster than one can read")
        BURST = "burst", _("Many newcomers from one network at once")
        COPY = "copy", _("Votes like somebody else's")
        SPAM = "spam", _("Statements that are mostly spam")

    class Privacy:
        personal = ("participant", "evidence")
        kept = ("id", "conversation", "kind", "strength", "noticed_at")

    conversation = models.ForeignKey(
        "deliberation.Conversation", on_delete=models.CASCADE, related_name="+"
    )
    participant = models.ForeignKey(
        "deliberation.Participant", on_delete=models.CASCADE, related_name="signs"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    # 0 to 1: how far it is beyond what honest people do; it orders the list.
    strength = models.FloatField()
    # The figures behind it, and the threshold they are beyond.
    evidence = models.JSONField(default=dict)
    noticed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "kind"], name="participation_sign_once"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=["straight", "speed", "burst", "copy", "spam"]
                ),
                name="participation_sign_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} (participant {self.participant_id})"


class Comparison(models.Model):
    """What the results would be without some people, beside what they are with them."""

    class Privacy:
        personal = ("participants",)
        kept = (
            "id",
            "conversation",
            "asked_at",
            "asked_by",
            "finished_at",
            "problem",
            "figures",
        )

    conversation = models.ForeignKey(
        "deliberation.Conversation", on_delete=models.CASCADE, related_name="+"
    )
    # Ids of those who would be left out.
    participants = models.JSONField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    # Why it could not be computed, where it could not.
    problem = models.CharField(max_length=200, blank=True)
    # Of both results, and of the statements that change between them; nobody's votes.
    figures = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(asked_at__isnull=False, asked_by__isnull=False),
                name="comparison_asked_at_and_by",
            )
        ]

    def __str__(self) -> str:
        return f"comparison {self.pk}"
