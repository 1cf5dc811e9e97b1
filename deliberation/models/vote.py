"""A vote: one choice of one participant on one statement."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberation.models.constraints import CompositeForeignKey


class Choice(models.IntegerChoices):
    AGREE = 1, _("Agree")
    PASS = 0, _("Pass")
    DISAGREE = -1, _("Disagree")


class VoteQuerySet(models.QuerySet["Vote"]):
    def counted(self) -> "VoteQuerySet":
        """Those of everyone who is not excluded."""
        return self.filter(participant__is_excluded=False)


class Vote(models.Model):
    """The latest choice; a changed mind leaves the earlier one in VoteRevision."""

    class Privacy:
        personal = (
            "participant",
            "choice",
            "cast_at",
            "probability",
            "n_candidates",
            "client_key",
            "matters",
        )
        kept = ("id", "conversation", "statement", "revision")

    conversation = models.ForeignKey(
        "deliberation.Conversation",
        on_delete=models.CASCADE,
        related_name="votes",
        db_index=False,
    )
    participant = models.ForeignKey(
        "deliberation.Participant",
        on_delete=models.CASCADE,
        related_name="votes",
        db_index=False,
    )
    statement = models.ForeignKey(
        "deliberation.Statement", on_delete=models.CASCADE, related_name="votes"
    )
    choice = models.SmallIntegerField(choices=Choice)
    # 1 for the first choice, one more with each change of mind.
    revision = models.PositiveIntegerField(default=1)
    cast_at = models.DateTimeField()
    # With what probability routing drew this statement for this person, where known.
    probability = models.FloatField(null=True, blank=True)
    # Among how many it was drawn: with the probability it tells whether routing is flat.
    n_candidates = models.PositiveIntegerField(null=True, blank=True)
    # The browser's own name for this choice: what comes twice is stored once.
    client_key = models.CharField(max_length=36, blank=True, default="", db_default="")
    # Whether she said that this matters to her; never counted as agreement.
    matters = models.BooleanField(default=False, db_default=False)

    objects = VoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "statement"], name="vote_once"
            ),
            models.CheckConstraint(
                condition=models.Q(choice__in=[-1, 0, 1]), name="vote_choice_known"
            ),
            models.CheckConstraint(
                condition=models.Q(probability=None)
                | models.Q(probability__gt=0, probability__lte=1),
                name="vote_probability_in_range",
            ),
            CompositeForeignKey(
                fields=["conversation", "statement"],
                to="deliberation_statement",
                to_fields=["conversation_id", "id"],
                name="vote_statement_of_conversation",
            ),
            CompositeForeignKey(
                fields=["conversation", "participant"],
                to="deliberation_participant",
                to_fields=["conversation_id", "id"],
                name="vote_participant_of_conversation",
            ),
        ]
        indexes = [
            # The engine's bulk read and the sweeper's count, from the index alone.
            models.Index(
                fields=[
                    "conversation",
                    "statement",
                    "participant",
                    "choice",
                    "revision",
                ],
                name="vote_analysis",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_choice_display()} (vote {self.pk})"


class VoteRevision(models.Model):
    """An earlier choice of a vote that was changed since."""

    class Privacy:
        personal = ("vote", "choice", "cast_at", "client_key")
        kept = ("id",)

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="revisions")
    choice = models.SmallIntegerField(choices=Choice)
    cast_at = models.DateTimeField()
    client_key = models.CharField(max_length=36, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(choice__in=[-1, 0, 1]),
                name="vote_revision_choice_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_choice_display()} (before, vote {self.vote_id})"


class WithdrawnVote(models.Model):
    """A vote that was undone: when the browser's request comes late, it stays undone."""

    class Privacy:
        personal = ("participant", "statement", "client_key", "withdrawn_at")
        kept = ("id",)

    participant = models.ForeignKey(
        "deliberation.Participant",
        on_delete=models.CASCADE,
        related_name="withdrawn_votes",
        db_index=False,
    )
    statement = models.ForeignKey(
        "deliberation.Statement",
        on_delete=models.CASCADE,
        related_name="withdrawn_votes",
    )
    client_key = models.CharField(max_length=36, blank=True, default="", db_default="")
    withdrawn_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["participant", "statement"], name="withdrawn_vote")
        ]

    def __str__(self) -> str:
        return f"withdrawn vote {self.pk}"


class VoteReason(models.Model):
    """Why somebody chose so, in one line; read by moderators and by herself alone."""

    class Privacy:
        personal = ("vote", "text", "written_at")
        kept = ("id",)

    vote = models.OneToOneField(Vote, on_delete=models.CASCADE, related_name="reason")
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(text=""), name="vote_reason_says_something"
            )
        ]

    def __str__(self) -> str:
        return self.text
