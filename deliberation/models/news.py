"""Who asked to hear of a conversation by e-mail; nothing leads from here to votes."""

from django.db import models

from deliberation.models.codes import new_mail_token


class Subscription(models.Model):
    """Asked for by anyone, sent to only after the link in the first mail was opened."""

    class Privacy:
        personal = ("email", "token", "language", "asked_at", "confirmed_at")
        kept = ("id", "conversation", "told")

    conversation = models.ForeignKey(
        "deliberation.Conversation",
        on_delete=models.CASCADE,
        related_name="subscriptions",
    )
    email = models.EmailField(max_length=254)
    # Confirms and unsubscribes: it is in the mails alone.
    token = models.CharField(max_length=64, unique=True, default=new_mail_token)
    language = models.CharField(max_length=12)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # What was sent already: ["closed", "version 1", ...].
    told = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "email"], name="subscription_once"
            )
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk}"
