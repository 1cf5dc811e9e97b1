"""Words that a statement had before a moderator changed them in their place."""

from django.conf import settings
from django.db import models

from deliberation.models.statement import Statement


class Wording(models.Model):
    """Kept for the author and for moderators; it goes where her words go."""

    class Privacy:
        personal = ("text",)
        kept = ("id", "statement", "language", "edited_at", "edited_by")

    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, related_name="earlier_words"
    )
    text = models.TextField()
    language = models.CharField(max_length=12)
    # When other words took their place.
    edited_at = models.DateTimeField()
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(edited_at__isnull=False, edited_by__isnull=False),
                name="wording_edited_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.text
