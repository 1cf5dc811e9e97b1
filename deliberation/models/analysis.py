"""What an analysis found.

Nothing is stored per participant: a run keeps its arrays as one binary column, and
a participant's own position is computed when she asks (queries/analysis.py).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberation.tallies import MIN_GROUPED


class AnalysisRun(models.Model):
    """One execution of the engine and its result."""

    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        SUCCEEDED = "succeeded", _("Succeeded")
        FAILED = "failed", _("Failed")

    class Privacy:
        personal = ("arrays",)
        kept = (
            "id",
            "conversation",
            "state",
            "input_fingerprint",
            "started_at",
            "lease_until",
            "finished_at",
            "error",
            "n_participants",
            "n_grouped",
            "n_placed",
            "n_votes",
            "n_columns",
            "n_neutral",
            "digest",
            "summary",
        )

    conversation = models.ForeignKey(
        "deliberation.Conversation", on_delete=models.CASCADE, related_name="runs"
    )
    state = models.CharField(max_length=9, choices=State, default=State.RUNNING)
    # Of the votes and decisions this run was asked to analyse.
    input_fingerprint = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    # A run that has not renewed its lease has died; another may take its place.
    lease_until = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    n_participants = models.PositiveIntegerField(default=0)
    n_grouped = models.PositiveIntegerField(default=0)
    # Who voted enough; a young conversation groups others too, to fill up.
    n_placed = models.PositiveIntegerField(default=0)
    n_votes = models.PositiveIntegerField(default=0)
    # For placing one participant's votes on the map: see the engine's projection.
    n_columns = models.PositiveIntegerField(default=0)
    n_neutral = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    # What pages draw: base clusters, scores of the numbers of groups, settings.
    summary = models.JSONField(default=dict)
    # Analysis.to_bytes(): the next run reads it to keep letters with their people.
    arrays = models.BinaryField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"],
                condition=models.Q(state="running"),
                name="analysis_one_unfinished_run",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["running", "succeeded", "failed"]),
                name="analysis_state_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["conversation", "state", "-id"], name="analysis_latest"
            )
        ]

    def __str__(self) -> str:
        return f"analysis run {self.pk}"

    @property
    def has_enough_people(self) -> bool:
        """Whether groups may be told at all."""
        return self.n_placed >= MIN_GROUPED


class OpinionGroup(models.Model):
    """People who vote alike, as the latest run found them."""

    class Privacy:
        personal = ()
        kept = ("id", "run", "letter", "n_members", "x", "y", "representative")

    run = models.ForeignKey(
        AnalysisRun, on_delete=models.CASCADE, related_name="groups"
    )
    letter = models.CharField(max_length=3)
    n_members = models.PositiveIntegerField()
    x = models.FloatField()
    y = models.FloatField()
    # What sets the group apart: [{"statement": number, "choice": 1 or -1}, ...]
    representative = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "letter"], name="group_letter_once")
        ]

    def __str__(self) -> str:
        return self.letter


class StatementResult(models.Model):
    """What the latest run found about one statement."""

    class Privacy:
        personal = ()
        kept = (
            "id",
            "run",
            "statement",
            "n_agree",
            "n_disagree",
            "n_pass",
            "groups",
            "group_aware_consensus",
            "priority",
            "center",
            "loading_x",
            "loading_y",
        )

    run = models.ForeignKey(
        AnalysisRun, on_delete=models.CASCADE, related_name="results"
    )
    statement = models.ForeignKey(
        "deliberation.Statement", on_delete=models.CASCADE, related_name="results"
    )
    n_agree = models.PositiveIntegerField()
    n_disagree = models.PositiveIntegerField()
    n_pass = models.PositiveIntegerField()
    # {"A": {"agree": 3, "disagree": 0, "pass": 1}, ...}
    groups = models.JSONField(default=dict)
    group_aware_consensus = models.FloatField()
    priority = models.FloatField()
    center = models.FloatField()
    loading_x = models.FloatField()
    loading_y = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "statement"], name="result_once")
        ]

    def __str__(self) -> str:
        return f"result of statement {self.statement_id}"

    @property
    def n_votes(self) -> int:
        return self.n_agree + self.n_disagree + self.n_pass
