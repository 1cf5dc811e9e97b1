"""What an analysis found.

Nothing is stored per participant: a run keeps its arrays as one binary column, and
a participant's own position is computed when she asks (queries/opinion_map.py).

What is stored of a run has a layout, with a number. A run of an older layout is none
for pages and for the sweeper, so whoever upgrades gets every result anew within
seconds. Columns that came later have a default in the database as well: until its
restart the code of the last release stores its runs beside ours.
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

    class Finding(models.TextChoices):
        """What the search for groups came to, in the engine's words."""

        GROUPS = "groups"
        ONE_GROUP = "one group"
        READINESS = "one group, by readiness to agree"
        NO_STABLE_GROUPS = "no stable groups"
        TOO_FEW = "not enough votes"

    # Raised with every change of what is stored, or of the method that finds it.
    LAYOUT = 3

    class Privacy:
        personal = ("arrays",)
        kept = (
            "id",
            "conversation",
            "layout",
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
            "damping",
            "finding",
            "is_sound",
            "digest",
            "summary",
        )

    conversation = models.ForeignKey(
        "deliberation.Conversation", on_delete=models.CASCADE, related_name="runs"
    )
    layout = models.PositiveSmallIntegerField(default=LAYOUT, db_default=1)
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
    # Who took a side often enough to be grouped, whether or not there are groups.
    n_placed = models.PositiveIntegerField(default=0)
    n_votes = models.PositiveIntegerField(default=0)
    # Not used since 0.2; they stay for one release, for the code that still reads them.
    n_columns = models.PositiveIntegerField(default=0)
    n_neutral = models.PositiveIntegerField(default=0)
    # For placing one participant's votes on the map: queries/opinion_map.py.
    damping = models.FloatField(default=1.0, db_default=1.0)
    finding = models.CharField(
        max_length=32, choices=Finding, blank=True, default="", db_default=""
    )
    # Whether the result passed all that the engine asks of it.
    is_sound = models.BooleanField(default=True, db_default=True)
    digest = models.CharField(max_length=64, blank=True)
    # What pages draw and tell: dots, candidates, stability, checks.
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
            models.CheckConstraint(
                condition=models.Q(
                    finding__in=[
                        "",
                        "groups",
                        "one group",
                        "one group, by readiness to agree",
                        "no stable groups",
                        "not enough votes",
                    ]
                ),
                name="analysis_finding_known",
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
        kept = (
            "id",
            "run",
            "letter",
            "n_members",
            "x",
            "y",
            "found_again",
            "representative",
        )

    run = models.ForeignKey(
        AnalysisRun, on_delete=models.CASCADE, related_name="groups"
    )
    letter = models.CharField(max_length=3)
    n_members = models.PositiveIntegerField()
    x = models.FloatField()
    y = models.FloatField()
    # Its overlap with the group most like it in repeated searches; none without any.
    found_again = models.FloatField(null=True, blank=True)
    # What sets the group apart: [{"statement": number, "choice": 1 or -1,
    # "difference": 0.4, "low": 0.2, "high": 0.6}, ...]; inside minus outside.
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
            "consensus_agree",
            "consensus_disagree",
            "is_ranked",
            "p_agreed_top",
            "p_rejected_top",
            "priority",
            "routing",
            "center",
            "loading_x",
            "loading_y",
            "around_dots",
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
    # Polis's product over the groups, to compare with.
    group_aware_consensus = models.FloatField()
    # How surely people of every group agree, and disagree: what lists are ordered by.
    consensus_agree = models.FloatField(default=0.0, db_default=0.0)
    consensus_disagree = models.FloatField(default=0.0, db_default=0.0)
    # Whether there are votes enough for a place in those lists.
    is_ranked = models.BooleanField(default=False, db_default=False)
    # Share of the repeats in which it is at the top of each list.
    p_agreed_top = models.FloatField(default=0.0, db_default=0.0)
    p_rejected_top = models.FloatField(default=0.0, db_default=0.0)
    priority = models.FloatField()
    # How much a vote of each group would tell: {"A": 1.4, ...}; none: as `priority`.
    routing = models.JSONField(null=True, blank=True)
    center = models.FloatField()
    loading_x = models.FloatField()
    loading_y = models.FloatField()
    # For colouring the map: {"region_of": [0, 0, -1, ...] of each dot of the run,
    # "votes": [[agree, disagree, pass], ...] of each region}; large, so mostly deferred.
    around_dots = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "statement"], name="result_once")
        ]

    def __str__(self) -> str:
        return f"result of statement {self.statement_id}"

    @property
    def n_votes(self) -> int:
        return self.n_agree + self.n_disagree + self.n_pass
