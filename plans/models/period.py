"""Reporting periods: one row for each plan and calendar month reported on, and their reopenings."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hertsend.accounts.roles import Role
from hertsend.records.bases import AppendOnlyModel, AuditedModel, AuditedQuerySet
from plans.enums import PeriodState
from plans.models.plan import Plan
from plans.policies import LONGEST_WORDS


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
    default working days 5 and 7 of the next month. ``version`` counts its changes, so that of two
    who keep the calendar at once the second is told.
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
    version = models.PositiveIntegerField(default=0)

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


class PeriodUnfreezing(AppendOnlyModel):
    """That a frozen month was taken back to due, by whom and why.

    ``frozen_at`` is the freeze that it undid: what a board was given of that freeze stays as it was.
    ``freezes_on`` is the day on which it was then to freeze again, ``role`` that of the person.
    """

    period = models.ForeignKey(
        ReportingPeriod, on_delete=models.PROTECT, related_name="unfreezings"
    )
    frozen_at = models.DateTimeField()
    freezes_on = models.DateField()
    reason = models.TextField(max_length=LONGEST_WORDS)
    role = models.CharField(max_length=30, choices=Role.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["at"], name="unfreezing_by_moment")]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "frozen_at"], name="unfreezing_once_per_freeze"
            ),
            models.CheckConstraint(
                condition=Q(at__gte=F("frozen_at")), name="unfreezing_after_freeze"
            ),
            models.CheckConstraint(condition=Q(reason__gt=""), name="unfreezing_has_reason"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="unfreezing_known_role"),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.at:%d %B %Y}"
