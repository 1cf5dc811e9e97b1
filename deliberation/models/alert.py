"""Something that moderators should look at, raised by a task and kept until it ends."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AlertQuerySet(models.QuerySet["Alert"]):
    def standing(self) -> "AlertQuerySet":
        return self.filter(ended_at=None)


class Alert(models.Model):
    class Kind(models.TextChoices):
        FLAT_ROUTING = "flat_routing", _("Statements are shown as if by chance")
        BACKLOG = "backlog", _("Statements wait too long")
        SUSPICIOUS_VOTING = "suspicious_voting", _("Some voting looks suspicious")
        WORKER_BEHIND = "worker_behind", _("Results are late")

    class Privacy:
        personal = ()
        kept = ("id", "conversation", "kind", "details", "raised_at", "ended_at")

    conversation = models.ForeignKey(
        "deliberation.Conversation", on_delete=models.CASCADE, related_name="alerts"
    )
    kind = models.CharField(max_length=24, choices=Kind)
    # Which signs raised it, and the figures of the last look that found them.
    details = models.JSONField(default=dict)
    raised_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "kind"],
                condition=models.Q(ended_at=None),
                name="alert_raised_once",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=[
                        "flat_routing",
                        "backlog",
                        "suspicious_voting",
                        "worker_behind",
                    ]
                ),
                name="alert_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
