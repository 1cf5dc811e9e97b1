"""The logo of who asks: checked, made small and stored as PNG."""

from django.db import models

from deliberation.models.conversation import Conversation


class Logo(models.Model):
    class Privacy:
        personal = ()
        kept = ("id", "conversation", "png", "width", "height", "digest", "stored_at")

    conversation = models.OneToOneField(
        Conversation, on_delete=models.CASCADE, related_name="logo"
    )
    png = models.BinaryField()
    # In pixels.
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    # Of the bytes: a new logo has a new address, so that each may be cached for ever.
    digest = models.CharField(max_length=16)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"logo of conversation {self.conversation_id}"
