"""What moderators decided on statements, each decision a row that is never changed.

The log of decisions that everybody reads is made of these; they hold no words of a
participant, and nothing of who wrote or voted.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberation.models.statement import Statement


class Decision(models.Model):
    class Kind(models.TextChoices):
        ACCEPT = "accept", _("Accepted")
        REJECT = "reject", _("Rejected")
        # The same as another one: rejected, and pointing there.
        FOLD = "fold", _("Folded into another")
        META = "meta", _("Marked as about the people")
        NOT_META = "not_meta", _("No longer marked as about the people")
        # Replaced by a better wording of it, or by its parts.
        REWORD = "reword", _("Reworded")
        SPLIT = "split", _("Split")
        # Taken back: the statement is what it was before.
        UNDO = "undo", _("Taken back")

    class Privacy:
        personal = ()
        kept = (
            "id",
            "conversation",
            "statement",
            "kind",
            "before",
            "after",
            "reason",
            "note",
            "other_number",
            "batch",
            "waited",
            "is_appeal",
            "undoes",
            "decided_at",
            "decided_by",
        )

    conversation = models.ForeignKey(
        "deliberation.Conversation",
        on_delete=models.CASCADE,
        related_name="decisions",
        db_index=False,
    )
    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, related_name="decisions"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    # What the statement was and what it became: state, reason, note, is_meta and
    # duplicate_of, as actions/decisions.py writes and undoes them.
    before = models.JSONField()
    after = models.JSONField()
    reason = models.CharField(max_length=24, blank=True)
    # For the author alone.
    note = models.CharField(max_length=300, blank=True)
    # Of the statement it was folded into, or of its first successor.
    other_number = models.PositiveIntegerField(null=True, blank=True)
    # The same for all that were decided together, and are taken back together.
    batch = models.CharField(max_length=24)
    # Seconds from when the statement was written, or last reworded by its author; of
    # the first decision only.
    waited = models.PositiveIntegerField(null=True, blank=True)
    # Decided in answer to its author's appeal.
    is_appeal = models.BooleanField(default=False)
    undoes = models.OneToOneField(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="undone_by_decision",
    )
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_at__isnull=False, decided_by__isnull=False),
                name="decision_decided_at_and_by",
            ),
        ]
        indexes = [
            models.Index(fields=["conversation", "id"], name="decision_log"),
            models.Index(fields=["conversation", "batch"], name="decision_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} (statement {self.statement_id})"


class SecondLook(models.Model):
    """A decision that somebody else is to take again, without knowing the first one."""

    class Privacy:
        personal = ()
        kept = (
            "id",
            "conversation",
            "decision",
            "drawn_at",
            "verdict",
            "reason",
            "decided_at",
            "decided_by",
        )

    conversation = models.ForeignKey(
        "deliberation.Conversation",
        on_delete=models.CASCADE,
        related_name="second_look_set",
    )
    decision = models.OneToOneField(
        Decision, on_delete=models.CASCADE, related_name="second_look"
    )
    drawn_at = models.DateTimeField()
    # "accepted" or "rejected"; empty while it waits.
    verdict = models.CharField(max_length=8, blank=True)
    reason = models.CharField(max_length=24, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_at=None, decided_by=None, verdict="")
                | models.Q(
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    verdict__in=["accepted", "rejected"],
                ),
                name="second_look_decided_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"second look at decision {self.decision_id}"


class Appeal(models.Model):
    """An author's one objection to what was decided about her statement."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("The decision stands")
        GRANTED = "granted", _("The decision was changed")

    class Privacy:
        personal = ("text",)
        kept = (
            "id",
            "conversation",
            "statement",
            "decision",
            "made_at",
            "outcome",
            "answer",
            "answered_at",
            "answered_by",
        )

    conversation = models.ForeignKey(
        "deliberation.Conversation", on_delete=models.CASCADE, related_name="appeals"
    )
    statement = models.OneToOneField(
        Statement, on_delete=models.CASCADE, related_name="appeal"
    )
    # What she objects to: a rejection, a folding, a rewording or a split.
    decision = models.ForeignKey(
        Decision, on_delete=models.CASCADE, related_name="appeals"
    )
    # Emptied when she is erased.
    text = models.TextField(blank=True)
    made_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    # For the author.
    answer = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answered_by=None, outcome="")
                | models.Q(
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                    outcome__in=["upheld", "granted"],
                ),
                name="appeal_answered_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"appeal on statement {self.statement_id}"


class SavedView(models.Model):
    """Filters and order of the queue under a name, for one moderator."""

    class Privacy:
        personal = ()
        kept = ("id", "conversation", "user", "name", "query", "created_at")

    conversation = models.ForeignKey(
        "deliberation.Conversation", on_delete=models.CASCADE, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(max_length=40)
    # As it stands in the address of the queue: "state=pending&words=privacy".
    query = models.CharField(max_length=500)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "user", "name"], name="saved_view_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
