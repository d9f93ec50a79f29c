"""What happened to a milestone: append-only rows, each with who and when."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q

from hertsend.accounts.models import Post
from hertsend.accounts.roles import Role
from hertsend.records.bases import AppendOnlyModel, AuditedModel, AuditedQuerySet
from plans.enums import ExceptionClosure, Rating, Stage, StageAct
from plans.models.milestone import Milestone
from plans.models.period import ReportingPeriod
from plans.policies import LONGEST_SENTENCE, LONGEST_WORDS


class MilestoneUpdate(AppendOnlyModel):
    """What a lead reported of a milestone for one reporting period.

    ``version`` is the milestone's version after this update, ``base_version`` the one that the
    author had before them. ``best_rating`` is what the dates allowed at that moment.
    """

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="updates")
    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="updates")
    version = models.PositiveIntegerField()
    base_version = models.PositiveIntegerField()
    stage = models.CharField(max_length=20, choices=Stage.choices)
    rating = models.CharField(max_length=10, choices=Rating.choices)
    best_rating = models.CharField(max_length=10, choices=Rating.choices)
    reason_for_rating = models.TextField(blank=True, max_length=LONGEST_WORDS)
    what_happened = models.TextField(max_length=LONGEST_WORDS)
    what_is_next = models.TextField(blank=True, max_length=LONGEST_WORDS)
    forecast_on = models.DateField(null=True, blank=True)
    internal_note = models.TextField(blank=True, max_length=LONGEST_WORDS)
    sentence_for_families = models.CharField(blank=True, max_length=LONGEST_SENTENCE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        indexes = [models.Index(fields=["period", "milestone"], name="update_by_period")]
        constraints = [
            models.UniqueConstraint(fields=["milestone", "version"], name="update_version_once"),
            models.UniqueConstraint(
                fields=["milestone", "base_version"], name="update_base_version_once"
            ),
            models.CheckConstraint(
                condition=Q(version__gt=models.F("base_version")),
                name="update_version_after_base",
            ),
            models.CheckConstraint(
                condition=Q(rating__in=Rating.values, best_rating__in=Rating.values),
                name="update_known_ratings",
            ),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="update_known_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} {self.period}"


class NothingToReport(AppendOnlyModel):
    """That nothing happened to a milestone in a month of which no update was due, said by somebody."""

    milestone = models.ForeignKey(
        Milestone, on_delete=models.PROTECT, related_name="nothing_to_report"
    )
    period = models.ForeignKey(
        ReportingPeriod, on_delete=models.PROTECT, related_name="nothing_to_report"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "nothing to report"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "milestone"], name="nothing_to_report_once_per_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} {self.period}"


class StageChange(AppendOnlyModel):
    """An act on the way to sign-off: proposed, signed off, returned, taken back, reopened, withdrawn.

    ``fingerprint`` is the SHA-256 of exactly what the signer was shown (the ``SignatureSheet`` of
    that fingerprint), ``role`` the role in which they signed. Earlier proposals carry one link;
    since then what shows it is ``Evidence``.
    """

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="stage_changes")
    version = models.PositiveIntegerField()
    act = models.CharField(max_length=20, choices=StageAct.choices)
    from_stage = models.CharField(max_length=20, choices=Stage.choices)
    to_stage = models.CharField(max_length=20, choices=Stage.choices)
    words = models.TextField(blank=True, max_length=LONGEST_WORDS)
    evidence_link = models.URLField(blank=True, max_length=500)
    evidence_shareable = models.BooleanField(default=False)
    fingerprint = models.CharField(max_length=64, blank=True)
    role = models.CharField(max_length=40, choices=Role.choices, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "version"], name="stage_change_version_once"
            ),
            models.CheckConstraint(
                condition=Q(act__in=StageAct.values), name="stage_change_known_act"
            ),
            models.CheckConstraint(
                condition=~Q(act="signed_off") | Q(fingerprint__gt=""),
                name="stage_change_signature_has_fingerprint",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["", *Role.values])
                & (~Q(act__in=["signed_off", "reopened"]) | Q(role__gt="")),
                name="stage_change_signature_has_role",
            ),
            models.CheckConstraint(
                condition=Q(act="signed_off") | Q(words__gt="") | Q(evidence_link__gt=""),
                name="stage_change_has_words_or_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} {self.get_act_display()}"


class DateChange(AppendOnlyModel):
    """A date that a joint chair agreed for a milestone; the highest number is in force."""

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="date_changes")
    number = models.PositiveIntegerField()
    agreed_on = models.DateField()
    reason = models.TextField(max_length=LONGEST_WORDS)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decision = models.TextField(max_length=LONGEST_WORDS)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["milestone", "number"], name="date_change_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="date_change_counted_from_one"),
            models.CheckConstraint(
                condition=~Q(requested_by=models.F("decided_by")),
                name="date_change_not_decided_by_requester",
                violation_error_message="Nobody decides their own request.",
            ),
            models.CheckConstraint(
                condition=Q(reason__gt="", decision__gt=""), name="date_change_has_reasons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} moved to {self.agreed_on}"


class MilestoneExceptionQuerySet(AuditedQuerySet):
    """Overdue spells by whether they last."""

    def open_at(self, at: dt.datetime | None) -> "MilestoneExceptionQuerySet":
        """Those that were open at a moment; without one, those that are open."""
        if at is None:
            return self.filter(closed_at=None)
        return self.filter(Q(closed_at=None) | Q(closed_at__gt=at), opened_at__lte=at)


class MilestoneException(AuditedModel):
    """An overdue spell of a milestone: opened once, closed by completion or an agreed date."""

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="exceptions")
    overdue_since = models.DateField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closure = models.CharField(max_length=20, choices=ExceptionClosure.choices, blank=True)

    objects = MilestoneExceptionQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["milestone"],
                condition=Q(closed_at=None),
                name="exception_one_open",
                violation_error_message="This milestone has an open exception already.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(closed_at=None, closure="")
                    | Q(closed_at__isnull=False, closure__in=ExceptionClosure.values)
                ),
                name="exception_closed_with_closure",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} overdue since {self.overdue_since}"
