"""An indicator: the plan's promise in numbers, how it is counted, and where its level changed."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from hertsend.accounts.models import Post
from hertsend.records.bases import AppendOnlyModel, AuditedModel
from kpis.enums import Direction, Frequency, PeriodKind, StepState
from kpis.policies.wording import PERCENT
from plans.models import Action, Plan, Workstream

LONGEST_WORDS = 4000
NUMBER = {"max_digits": 18, "decimal_places": 6}


def _number(**more: object) -> models.DecimalField:
    return models.DecimalField(**NUMBER, null=True, blank=True, **more)


def _range_or_nothing(name: str) -> Q:
    low, high = f"{name}_low", f"{name}_high"
    return Q(**{low: None, high: None}) | Q(**{f"{high}__gte": F(low)})


def _range_or_ceiling(name: str) -> Q:
    """A range, nothing, or a highest number alone: "up to 80"."""
    low, high = f"{name}_low", f"{name}_high"
    return Q(**{low: None}) | Q(**{f"{high}__isnull": False, f"{high}__gte": F(low)})


class Indicator(AuditedModel):
    """A measure of the plan.

    The columns from ``key`` to ``note`` are the plan's and change only by the import of a plan
    file. A baseline or target of one number has it as both ends of the range; a target that is a
    ceiling has the upper end alone. The columns after them are how the figures are read; the programme office sets them, with a reason.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="indicators")
    key = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=50, blank=True)
    direction = models.CharField(max_length=10, choices=Direction.choices, default=Direction.NONE)
    workstream = models.ForeignKey(Workstream, on_delete=models.PROTECT, related_name="indicators")
    actions = models.ManyToManyField(Action, related_name="indicators", blank=True)
    baseline_text = models.TextField(blank=True)
    baseline_low = _number()
    baseline_high = _number()
    baseline_period = models.CharField(max_length=100, blank=True)
    target_text = models.TextField(blank=True)
    target_low = _number()
    target_high = _number()
    target_arithmetic = models.CharField(max_length=100, blank=True)
    target_due_on = models.DateField(null=True, blank=True)
    target_due_text = models.CharField(max_length=300, blank=True)
    target_from = models.DateField(null=True, blank=True)
    target_to = models.DateField(null=True, blank=True)
    standard_text = models.TextField(blank=True)
    standard_value = _number()
    standard_source = models.CharField(max_length=300, blank=True)
    topics = models.JSONField(default=list, blank=True)
    quotes = models.JSONField(default=list, blank=True)
    note = models.TextField(blank=True)

    owner = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="indicators"
    )
    plain_words = models.CharField(max_length=200, blank=True)
    tolerance = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(10))
    trajectory = models.JSONField(default=list, blank=True)
    plausible_low = _number()
    plausible_high = _number()
    outcomes = models.JSONField(default=list, blank=True)
    companions = models.ManyToManyField("self", symmetrical=False, blank=True)
    companion_reason = models.CharField(max_length=300, blank=True)
    for_families = models.BooleanField(default=False)
    for_public = models.BooleanField(default=False)
    suppress_below = models.PositiveSmallIntegerField(default=5)
    spc_shift = models.PositiveSmallIntegerField(default=7)
    spc_trend = models.PositiveSmallIntegerField(default=7)
    spc_minimum = models.PositiveSmallIntegerField(default=13)
    spc_baseline = models.PositiveSmallIntegerField(null=True, blank=True)
    spc_screen = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="indicator_key_once"),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values), name="indicator_known_direction"
            ),
            models.CheckConstraint(
                condition=_range_or_nothing("baseline"), name="indicator_baseline_in_order"
            ),
            models.CheckConstraint(
                condition=_range_or_ceiling("target"), name="indicator_target_in_order"
            ),
            models.CheckConstraint(
                condition=Q(target_due_on=None) | Q(target_from=None, target_to=None),
                name="indicator_day_or_window",
            ),
            models.CheckConstraint(
                condition=Q(standard_value=None) | ~Q(standard_text="") & ~Q(standard_source=""),
                name="indicator_standard_has_source",
            ),
            models.CheckConstraint(
                condition=Q(tolerance__gte=0, tolerance__lte=100), name="indicator_tolerance_share"
            ),
            models.CheckConstraint(
                condition=Q(spc_shift__in=[6, 7], spc_trend__in=[6, 7], spc_minimum__gte=8),
                name="indicator_limits_by_known_rules",
            ),
            models.CheckConstraint(
                condition=Q(for_families=True) | Q(for_public=False),
                name="indicator_public_only_with_families",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("kpis:indicator-detail", args=[self.plan.slug, self.key])

    @property
    def is_percent(self) -> bool:
        """Whether its figures are parts in a hundred."""
        return self.unit == PERCENT


class IndicatorDefinition(AppendOnlyModel):
    """How an indicator is counted, from a period on; the highest version is in force."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="definitions")
    version = models.PositiveIntegerField()
    counting_rule = models.TextField(max_length=LONGEST_WORDS)
    source = models.CharField(max_length=300)
    period_kind = models.CharField(max_length=20, choices=PeriodKind.choices)
    frequency = models.CharField(max_length=20, choices=Frequency.choices)
    numerator = models.CharField(max_length=100, blank=True)
    denominator = models.CharField(max_length=100, blank=True)
    starts_on = models.DateField()
    reason = models.TextField(max_length=LONGEST_WORDS)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "version"],
                name="definition_version_once",
                violation_error_message="Someone else changed the definition at the same time.",
            ),
            models.CheckConstraint(
                condition=Q(period_kind__in=PeriodKind.values, frequency__in=Frequency.values),
                name="definition_known_kinds",
            ),
            models.CheckConstraint(
                condition=~Q(counting_rule="") & ~Q(source="") & ~Q(reason=""),
                name="definition_has_words",
            ),
            models.CheckConstraint(
                condition=Q(numerator="", denominator="") | ~Q(numerator="") & ~Q(denominator=""),
                name="definition_both_parts_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, version {self.version}"

    @property
    def has_parts(self) -> bool:
        """Whether a figure is given as a part of a whole."""
        return bool(self.numerator)


class StepChange(AuditedModel):
    """A proposed new level of a measure: limits are drawn anew from ``starts_on`` once approved.

    A way to hide a decline as much as to show a gain, so it is proposed by one person with a
    reason and decided by another.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="step_changes")
    number = models.PositiveIntegerField()
    starts_on = models.DateField()
    reason = models.TextField(max_length=LONGEST_WORDS)
    state = models.CharField(max_length=20, choices=StepState.choices, default=StepState.PROPOSED)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField()
    decision = models.TextField(blank=True, max_length=LONGEST_WORDS)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="step_number_once"),
            models.UniqueConstraint(
                fields=["indicator", "starts_on"],
                condition=~Q(state="refused"),
                name="step_once_per_period",
                violation_error_message="A step change from this period is proposed already.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=StepState.values), name="step_known_state"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="step_has_reason"),
            models.CheckConstraint(
                condition=(
                    Q(state="proposed", decided_by=None, decided_at=None)
                    | ~Q(state="proposed")
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decision="")
                ),
                name="step_decided_by_at_and_why",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="step_not_decided_by_proposer",
                violation_error_message="Nobody decides their own proposal.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, step change {self.number}"
