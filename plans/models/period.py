"""Reporting periods: one row for each plan and calendar month reported on."""

from django.db import models
from django.db.models import F, Q

from hertsend.records.bases import AuditedModel, AuditedQuerySet
from plans.enums import PeriodState
from plans.models.plan import Plan


class ReportingPeriodQuerySet(AuditedQuerySet):
    """Periods by where they are in the month."""

    def accepting_updates(self) -> "ReportingPeriodQuerySet":
        """Those that are not frozen yet and have opened, earliest first."""
        return self.filter(state__in=[PeriodState.DUE, PeriodState.OPEN]).order_by("month")

    def closed(self) -> "ReportingPeriodQuerySet":
        """Those whose figures no longer change, latest first."""
        return self.filter(state__in=[PeriodState.FROZEN, PeriodState.REPORTED]).order_by("-month")


class ReportingPeriod(AuditedModel):
    """A calendar month reported on, of one plan.

    It is open while its month runs, due from the first day of the next month until it is frozen.
    ``due_on`` is the last day for returns and ``freezes_on`` the day on which it freezes, by
    default working days 5 and 7 of the next month.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="periods")
    month = models.DateField()
    opens_on = models.DateField()
    due_on = models.DateField()
    freezes_on = models.DateField()
    state = models.CharField(
        max_length=20, choices=PeriodState.choices, default=PeriodState.SCHEDULED
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)

    objects = ReportingPeriodQuerySet.as_manager()

    class Meta:
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "month"], name="period_once_per_month"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state="open"), name="period_one_open"
            ),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state="due"), name="period_one_due"
            ),
            models.CheckConstraint(
                condition=Q(state__in=PeriodState.values), name="period_known_state"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="period_month_is_a_first"),
            models.CheckConstraint(
                condition=Q(opens_on__gte=F("month"), due_on__gt=F("opens_on"))
                & Q(freezes_on__gte=F("due_on")),
                name="period_dates_in_order",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=["frozen", "reported"], frozen_at__isnull=False)
                    | (~Q(state__in=["frozen", "reported"]) & Q(frozen_at=None))
                ),
                name="period_frozen_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%B %Y}"

    @property
    def label(self) -> str:
        """The month in words: "September 2024"."""
        return f"{self.month:%B %Y}"
