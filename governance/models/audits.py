"""The assurance programme: audits and quality checks of a year, what they found, who was told."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from governance.enums import AuditKind, AuditState, FindingKind
from governance.models.groups import Group
from hertsend.records.bases import AppendOnlyModel, AuditedModel
from plans.models import Plan, StoredFile, Workstream

LONGEST_TITLE = 200
LONGEST_TEXT = 2000
LONGEST_LINK = 500


class Audit(AuditedModel):
    """An audit or quality check: planned for a day, done or cancelled, then reported to a group.

    ``focus`` is what it looks at, ``auditor`` the team or body that does it. The report is a link
    or a kept file; ``reported_on`` is the day on which ``reported_to`` had it.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="audits")
    key = models.SlugField(max_length=20)
    title = models.CharField(max_length=LONGEST_TITLE)
    kind = models.CharField(max_length=20, choices=AuditKind.choices)
    focus = models.TextField(max_length=LONGEST_TEXT)
    auditor = models.CharField(max_length=LONGEST_TITLE)
    is_multi_agency = models.BooleanField(default=False)
    workstream = models.ForeignKey(
        Workstream, null=True, blank=True, on_delete=models.PROTECT, related_name="audits"
    )
    planned_on = models.DateField()
    state = models.CharField(max_length=20, choices=AuditState.choices, default=AuditState.PLANNED)
    done_on = models.DateField(null=True, blank=True)
    summary = models.TextField(blank=True, max_length=LONGEST_TEXT)
    report_link = models.URLField(blank=True, max_length=LONGEST_LINK)
    report_file = models.OneToOneField(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="audit"
    )
    cancelled_reason = models.TextField(blank=True, max_length=LONGEST_TEXT)
    reported_to = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.PROTECT, related_name="audits"
    )
    reported_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["planned_on", "pk"]
        indexes = [models.Index(fields=["plan", "planned_on"], name="audit_by_plan_and_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "key"],
                name="audit_key_once",
                violation_error_message="The plan has an audit of that number already.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=AuditKind.values, state__in=AuditState.values),
                name="audit_known_kind_and_state",
            ),
            models.CheckConstraint(
                condition=Q(key__gt="", title__gt="", focus__gt="", auditor__gt=""),
                name="audit_has_words",
            ),
            models.CheckConstraint(
                condition=Q(state=AuditState.DONE, done_on__isnull=False, summary__gt="")
                | (
                    ~Q(state=AuditState.DONE)
                    & Q(done_on=None, summary="", report_link="", report_file=None)
                ),
                name="audit_done_when_and_what",
            ),
            models.CheckConstraint(
                condition=Q(report_link="") | Q(report_file=None),
                name="audit_link_or_file",
                violation_error_message="Give a link or a file, not both.",
            ),
            models.CheckConstraint(
                condition=Q(state=AuditState.CANCELLED, cancelled_reason__gt="")
                | (~Q(state=AuditState.CANCELLED) & Q(cancelled_reason="")),
                name="audit_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(reported_on=None, reported_to=None)
                | Q(
                    state=AuditState.DONE,
                    reported_to__isnull=False,
                    reported_on__gte=F("done_on"),
                ),
                name="audit_reported_once_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("governance:audit-detail", args=[self.plan.slug, self.key])


class AuditFinding(AppendOnlyModel):
    """One thing that an audit found: something that works, or something to put right."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="findings")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=FindingKind.choices)
    text = models.TextField(max_length=LONGEST_TEXT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "number"], name="finding_number_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, text__gt=""), name="finding_has_words"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=FindingKind.values), name="finding_known_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.audit.key}, finding {self.number}"
