"""A conversation's own words in other languages, as its moderators wrote them."""

from django.conf import settings
from django.db import models


class ConversationTranslation(models.Model):
    class Privacy:
        personal = ()
        kept = (
            "id",
            "conversation",
            "language",
            "question",
            "description",
            "translated_at",
            "translated_by",
        )

    conversation = models.ForeignKey(
        "deliberation.Conversation",
        on_delete=models.CASCADE,
        related_name="translations",
    )
    language = models.CharField(max_length=12)
    question = models.TextField()
    description = models.TextField(blank=True)
    translated_at = models.DateTimeField()
    translated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "language"],
                name="conversation_translated_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(question="")
                & models.Q(translated_at__isnull=False, translated_by__isnull=False),
                name="conversation_translated_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.question


class StatementTranslation(models.Model):
    """Shown beside the original, which stays what is voted on."""

    class Privacy:
        personal = ()
        kept = (
            "id",
            "statement",
            "language",
            "text",
            "translated_at",
            "translated_by",
        )

    statement = models.ForeignKey(
        "deliberation.Statement", on_delete=models.CASCADE, related_name="translations"
    )
    language = models.CharField(max_length=12)
    text = models.TextField()
    translated_at = models.DateTimeField()
    translated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "language"], name="statement_translated_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(text="")
                & models.Q(translated_at__isnull=False, translated_by__isnull=False),
                name="statement_translated_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.text
