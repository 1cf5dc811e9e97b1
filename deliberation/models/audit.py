"""The log of what moderators did: append-only, and without foreign keys.

Triggers of the database (migration 0002_frozen_rows) refuse update and delete.
"""

from django.db import models


class AuditEvent(models.Model):
    class Privacy:
        personal = ()
        kept = (
            "id",
            "conversation_id",
            "action",
            "by_id",
            "by_name",
            "target",
            "details",
            "happened_at",
        )

    conversation_id = models.BigIntegerField(db_index=True)
    # What was done, as the action's name: "moderation.accept".
    action = models.CharField(max_length=64)
    # Empty for what an operator did on the command line.
    by_id = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=150, blank=True)
    # What it was done to: "statement 12".
    target = models.CharField(max_length=64, blank=True)
    details = models.JSONField(default=dict)
    happened_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.action} {self.target}".strip()
