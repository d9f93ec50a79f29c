"""How sure one may be of each area: the judgement of the executive's chair."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from governance.enums import AssuranceLevel
from hertsend.records.bases import AppendOnlyModel
from plans.models import Area

LONGEST_REASONS = 4000


class AssuranceRating(AppendOnlyModel):
    """The assurance of an area with its reasons; the highest number is in force."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="assurance_ratings")
    number = models.PositiveIntegerField()
    level = models.CharField(max_length=20, choices=AssuranceLevel.choices)
    reasons = models.TextField(max_length=LONGEST_REASONS)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["area", "number"], name="assurance_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="assurance_counted_from_one"),
            models.CheckConstraint(
                condition=Q(level__in=AssuranceLevel.values), name="assurance_known_level"
            ),
            models.CheckConstraint(condition=Q(reasons__gt=""), name="assurance_has_reasons"),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.get_level_display()}"
