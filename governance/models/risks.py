"""Risks: what could go wrong, how bad, who looks after it, and how that changed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from governance.enums import Likelihood, RiskImpact, RiskLevel, RiskState
from hertsend.accounts.models import Partnership
from hertsend.records.bases import AppendOnlyModel, AuditedModel, AuditedQuerySet
from kpis.models import Indicator
from plans.models import Action, Plan, ReportingPeriod, Workstream

LONGEST_EVENT = 300
LONGEST_TEXT = 2000
LONGEST_REASON = 1000
LONGEST_BAND = 30
HIGHEST_SCORE = 25


def _score(choices: type[models.IntegerChoices]) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(choices=choices.choices)


def _in_matrix(*names: str) -> Q:
    """Likelihood and impact of these scores lie between 1 and 5."""
    return Q(
        **{f"{name}_likelihood__range": (1, 5) for name in names},
        **{f"{name}_impact__range": (1, 5) for name in names},
    )


class RiskQuerySet(AuditedQuerySet):
    """Risks by whether they still count."""

    def still_open(self) -> "RiskQuerySet":
        """Those that are not closed."""
        return self.filter(state=RiskState.OPEN)


class Risk(AuditedModel):
    """A risk to the plan: because of a cause an event may happen, with an effect.

    The current score is that of its latest ``RiskReview``. ``seen_by`` names the roles that see a
    restricted risk, each between bars; it is empty for a risk that every reader of risks sees.
    Restricted risks are numbered apart (X1, X2, …), so that no gap in the others' numbers tells
    of them.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="risks")
    key = models.SlugField(max_length=20)
    workstream = models.ForeignKey(
        Workstream, null=True, blank=True, on_delete=models.PROTECT, related_name="risks"
    )
    level = models.CharField(max_length=20, choices=RiskLevel.choices)
    event = models.CharField(max_length=LONGEST_EVENT)
    cause = models.TextField(max_length=LONGEST_TEXT)
    effect = models.TextField(max_length=LONGEST_TEXT)
    controls = models.TextField(blank=True, max_length=LONGEST_TEXT)
    gaps = models.TextField(blank=True, max_length=LONGEST_TEXT)
    inherent_likelihood = _score(Likelihood)
    inherent_impact = _score(RiskImpact)
    target_likelihood = _score(Likelihood)
    target_impact = _score(RiskImpact)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="risks_owned"
    )
    seen_by = models.CharField(blank=True, max_length=200)
    actions = models.ManyToManyField(Action, related_name="risks", blank=True)
    indicators = models.ManyToManyField(Indicator, related_name="risks", blank=True)
    # The two links above in words, so that the history of the risk tells when they changed.
    links = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=RiskState.choices, default=RiskState.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_reason = models.TextField(blank=True, max_length=LONGEST_REASON)
    version = models.PositiveIntegerField(default=1)

    objects = RiskQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["plan", "state"], name="risk_by_plan_and_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "key"],
                name="risk_key_once",
                violation_error_message="The plan has a risk of that number already.",
            ),
            models.CheckConstraint(
                condition=Q(level__in=RiskLevel.values, state__in=RiskState.values),
                name="risk_known_level_and_state",
            ),
            models.CheckConstraint(
                condition=Q(key__gt="", event__gt="", cause__gt="", effect__gt=""),
                name="risk_has_words",
            ),
            models.CheckConstraint(
                condition=_in_matrix("inherent", "target"), name="risk_scores_in_matrix"
            ),
            models.CheckConstraint(
                condition=~Q(level=RiskLevel.WORKSTREAM) | Q(workstream__isnull=False),
                name="risk_of_workstream_names_it",
            ),
            models.CheckConstraint(
                condition=Q(state=RiskState.OPEN, closed_at=None, closed_reason="")
                | Q(state=RiskState.CLOSED, closed_at__isnull=False, closed_reason__gt=""),
                name="risk_closed_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.event}"

    def get_absolute_url(self) -> str:
        return reverse("governance:risk-detail", args=[self.plan.slug, self.key])

    @property
    def is_restricted(self) -> bool:
        """Whether only the roles that it names see it."""
        return bool(self.seen_by)

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that see a restricted risk; empty for one that is not."""
        return tuple(role for role in self.seen_by.split("|") if role)


class RiskReview(AppendOnlyModel):
    """A risk scored anew for a month, with what was found; the first was made when it was raised."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="reviews")
    number = models.PositiveIntegerField()
    period = models.ForeignKey(
        ReportingPeriod, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    likelihood = _score(Likelihood)
    impact = _score(RiskImpact)
    words = models.TextField(max_length=LONGEST_TEXT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["risk", "number"], name="risk_review_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="risk_review_counted_from_one"),
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5), impact__range=(1, 5)),
                name="risk_review_in_matrix",
            ),
            models.CheckConstraint(condition=Q(words__gt=""), name="risk_review_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.risk.key}, review {self.number}"


class RiskMove(AppendOnlyModel):
    """A risk that was escalated to the next level or handed back, with the reason."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="moves")
    number = models.PositiveIntegerField()
    from_level = models.CharField(max_length=20, choices=RiskLevel.choices)
    to_level = models.CharField(max_length=20, choices=RiskLevel.choices)
    reason = models.TextField(max_length=LONGEST_REASON)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["risk", "number"], name="risk_move_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="risk_move_counted_from_one"),
            models.CheckConstraint(
                condition=Q(from_level__in=RiskLevel.values, to_level__in=RiskLevel.values)
                & ~Q(to_level=F("from_level")),
                name="risk_move_between_levels",
            ),
            models.CheckConstraint(condition=Q(reason__gt=""), name="risk_move_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.risk.key}: {self.get_from_level_display()} to {self.get_to_level_display()}"


class RiskBands(AppendOnlyModel):
    """A partnership's own bands of scores from a day on; without a fourth there are three."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="risk_bands"
    )
    number = models.PositiveIntegerField()
    from_on = models.DateField()
    first_name = models.CharField(max_length=LONGEST_BAND)
    second_name = models.CharField(max_length=LONGEST_BAND)
    second_from = models.PositiveSmallIntegerField()
    third_name = models.CharField(max_length=LONGEST_BAND)
    third_from = models.PositiveSmallIntegerField()
    fourth_name = models.CharField(blank=True, max_length=LONGEST_BAND)
    fourth_from = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.TextField(max_length=LONGEST_REASON)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "risk bands"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "number"], name="risk_bands_number_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="risk_bands_counted_from_one"),
            models.CheckConstraint(
                condition=Q(
                    first_name__gt="", second_name__gt="", third_name__gt="", reason__gt=""
                ),
                name="risk_bands_have_words",
            ),
            models.CheckConstraint(
                condition=Q(
                    second_from__gte=2,
                    third_from__gt=F("second_from"),
                    third_from__lte=HIGHEST_SCORE,
                ),
                name="risk_bands_in_order",
            ),
            models.CheckConstraint(
                condition=Q(fourth_name="", fourth_from=None)
                | Q(
                    fourth_name__gt="",
                    fourth_from__gt=F("third_from"),
                    fourth_from__lte=HIGHEST_SCORE,
                ),
                name="risk_bands_fourth_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"Bands from {self.from_on}"
