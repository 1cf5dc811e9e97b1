"""Who runs a conversation, in which role, and who is invited to."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberation.models.conversation import Conversation


class Moderator(models.Model):
    """Who runs a conversation: one person in one role (permissions.py has the rights)."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        MODERATOR = "moderator", _("Moderator")
        TRANSLATOR = "translator", _("Translator")
        OBSERVER = "observer", _("Observer")

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
    role = models.CharField(max_length=10, choices=Role, default=Role.MODERATOR)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "user"], name="moderator_once_per_conversation"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    role__in=["owner", "moderator", "translator", "observer"]
                ),
                name="moderator_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"


class Invitation(models.Model):
    """A link by which one person joins those who run a conversation; it works once."""

    class Privacy:
        personal = ()
        kept = (
            "id",
            "conversation",
            "role",
            "label",
            "digest",
            "created_at",
            "created_by",
            "expires_at",
            "accepted_at",
            "accepted_by",
            "revoked_at",
        )

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="invitations"
    )
    role = models.CharField(max_length=10, choices=Moderator.Role)
    # For whom it is meant, in the words of who invites.
    label = models.CharField(max_length=80, blank=True)
    # SHA-256 of what stands in the link: a copy of the database invites nobody.
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(created_at__isnull=False, created_by__isnull=False),
                name="invitation_created_at_and_by",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None, accepted_by=None)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk} ({self.role})"
