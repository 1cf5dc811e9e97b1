"""Which statements say nearly the same: found by the worker, judged by moderators."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberation.models.statement import Statement


class Likeness(models.Model):
    """Two statements of one conversation; `one` was written before `other`."""

    class Kind(models.TextChoices):
        SAME = "same", _("The same words")
        SIMILAR = "similar", _("Perhaps the same")
        # In nearly the same words; never in one group.
        OPPOSITE = "opposite", _("Perhaps the opposite")

    class Privacy:
        personal = ()
        kept = ("id", "conversation", "one", "other", "score", "kind")

    conversation = models.ForeignKey(
        "deliberation.Conversation", on_delete=models.CASCADE, related_name="+"
    )
    one = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="+")
    # 0 to 1; it orders likenesses and means nothing else.
    score = models.FloatField()
    kind = models.CharField(max_length=8, choices=Kind)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="likeness_once"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="likeness_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["same", "similar", "opposite"]),
                name="likeness_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ~ {self.other_id}"
