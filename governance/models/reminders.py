"""Reminders of a return that the programme office sent by hand."""

from django.conf import settings
from django.db import models

from hertsend.records.bases import AppendOnlyModel
from plans.models import ReportingPeriod, Workstream


class ReturnReminder(AppendOnlyModel):
    """One reminder of a workstream's return to one person: one a day at most, with who sent it."""

    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="reminders")
    workstream = models.ForeignKey(Workstream, on_delete=models.PROTECT, related_name="reminders")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "workstream", "person", "day"],
                name="return_reminder_once_a_day",
                violation_error_message="This person had a reminder of this return today.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workstream} {self.period} to {self.person}"
