"""A participant: someone who votes, known by a random code and nothing else."""

from django.db import models


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def counted(self) -> "ParticipantQuerySet":
        """Everyone who is not excluded."""
        return self.filter(is_excluded=False)


class Participant(models.Model):
    class Privacy:
        personal = ("code", "imported_number", "network")
        kept = ("id", "conversation", "joined_at", "is_excluded", "exclusion_reason")

    conversation = models.ForeignKey(
        "deliberation.Conversation",
        on_delete=models.CASCADE,
        related_name="participants",
    )
    code = models.CharField(max_length=32)
    # The number this person had in an imported export.
    imported_number = models.BigIntegerField(null=True, blank=True)
    # Kept and shown in the audit log, but not counted in any analysis.
    is_excluded = models.BooleanField(default=False)
    # Why, in a moderator's words; empty while she is counted.
    exclusion_reason = models.CharField(
        max_length=300, blank=True, default="", db_default=""
    )
    joined_at = models.DateTimeField(auto_now_add=True)
    # From which network she joined: a name that is good for one day and one
    # conversation (ratelimits.py), and is dropped after some weeks.
    network = models.CharField(max_length=16, blank=True, default="", db_default="")

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "code"], name="participant_code_once"
            ),
            models.UniqueConstraint(
                fields=["conversation", "imported_number"],
                name="participant_imported_number_once",
            ),
            # What a vote's composite foreign key points at.
            models.UniqueConstraint(
                fields=["conversation", "id"], name="participant_of_conversation"
            ),
        ]

    def __str__(self) -> str:
        return f"participant {self.pk}"
