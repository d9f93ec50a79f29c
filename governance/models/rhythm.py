"""How often the executive meets and is reported to, as its chair decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from governance.enums import Rhythm
from hertsend.records.bases import AppendOnlyModel
from plans.models import Plan
from plans.policies import LONGEST_WORDS


class RhythmDecision(AppendOnlyModel):
    """A rhythm from a month on, with who decided it and why; the highest number is the last word."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="rhythm_decisions")
    number = models.PositiveSmallIntegerField()
    rhythm = models.CharField(max_length=20, choices=Rhythm.choices)
    from_month = models.DateField()
    reason = models.TextField(max_length=LONGEST_WORDS)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="rhythm_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="rhythm_counted_from_one"),
            models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="rhythm_known"),
            models.CheckConstraint(condition=Q(from_month__day=1), name="rhythm_from_a_first"),
            models.CheckConstraint(condition=Q(reason__gt=""), name="rhythm_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_rhythm_display()} from {self.from_month:%B %Y}"
