"""The public summary: whether it is on, an area's sentences for a month, and what was published."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from governance.enums import SummaryState
from hertsend.records.bases import AppendOnlyModel, AuditedModel
from plans.models import Area, Plan, ReportingPeriod

LONGEST_SENTENCE = 400
LONGEST_CORRECTION = 500
LONGEST_REASON = 500
USUAL_THRESHOLD = 5
"""Numbers from 1 to one less than this are not shown."""
LOWEST_THRESHOLD, HIGHEST_THRESHOLD = 3, 20

SENTENCES: tuple[str, ...] = ("progress", "meaning", "next_step")
"""The columns of what an area's summary says."""


class PublicSetting(AppendOnlyModel):
    """A decision that a plan's summary is public from a day on, or no longer; the latest counts."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="public_settings")
    number = models.PositiveSmallIntegerField()
    is_on = models.BooleanField()
    from_on = models.DateField()
    threshold = models.PositiveSmallIntegerField(default=USUAL_THRESHOLD)
    reason = models.CharField(max_length=LONGEST_REASON)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="public_setting_number_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="public_setting_counted_from_one"
            ),
            models.CheckConstraint(
                condition=Q(threshold__gte=LOWEST_THRESHOLD, threshold__lte=HIGHEST_THRESHOLD),
                name="public_setting_threshold",
            ),
            models.CheckConstraint(condition=Q(reason__gt=""), name="public_setting_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{'on' if self.is_on else 'off'} from {self.from_on}"


class AreaSummary(AuditedModel):
    """What the public is told of an area for a month: three sentences, written for it alone."""

    period = models.ForeignKey(
        ReportingPeriod, on_delete=models.PROTECT, related_name="area_summaries"
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="summaries")
    progress = models.CharField(max_length=LONGEST_SENTENCE)
    meaning = models.CharField(max_length=LONGEST_SENTENCE)
    next_step = models.CharField(max_length=LONGEST_SENTENCE)
    state = models.CharField(
        max_length=20, choices=SummaryState.choices, default=SummaryState.DRAFT
    )
    version = models.PositiveIntegerField(default=0)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "area summaries"
        ordering = ["area__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "area"], name="area_summary_once_per_period_and_area"
            ),
            models.CheckConstraint(
                condition=Q(progress__gt="", meaning__gt="", next_step__gt=""),
                name="area_summary_has_sentences",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="draft", approved_by=None, approved_at=None)
                    | Q(state="approved", approved_by__isnull=False, approved_at__isnull=False)
                ),
                name="area_summary_approved_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}, {self.period}"


class SummaryPublication(AppendOnlyModel):
    """What the public was shown of a month, kept as it was; a correction says what changed."""

    period = models.ForeignKey(
        ReportingPeriod, on_delete=models.PROTECT, related_name="summary_publications"
    )
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    correction = models.CharField(blank=True, max_length=LONGEST_CORRECTION)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-period__month", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "number"], name="summary_publication_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number=1, correction="") | Q(number__gt=1, correction__gt=""),
                name="summary_publication_corrected_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}, version {self.number}"
