"""One workstream's return for one period, and what was done with it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from governance.enums import ReturnAct, ReturnState
from hertsend.records.bases import AppendOnlyModel, AuditedModel
from plans.models import ReportingPeriod, Workstream
from plans.policies import LONGEST_WORDS


class Return(AuditedModel):
    """What a workstream hands in for a month: draft, submitted, accepted or sent back.

    That it is locked, or was not received, follows from its month (``policies.standing``).
    ``version`` counts its acts, so that of two who act at once the second is told.
    """

    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="returns")
    workstream = models.ForeignKey(Workstream, on_delete=models.PROTECT, related_name="returns")
    state = models.CharField(max_length=20, choices=ReturnState.choices, default=ReturnState.DRAFT)
    version = models.PositiveIntegerField(default=0)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField(blank=True, max_length=LONGEST_WORDS)

    class Meta:
        ordering = ["period__month", "workstream__position"]
        indexes = [models.Index(fields=["period", "state"], name="return_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "workstream"], name="return_once_per_period_and_workstream"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ReturnState.values), name="return_known_state"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="draft", submitted_by=None, submitted_at=None)
                    | (
                        ~Q(state="draft")
                        & Q(submitted_by__isnull=False, submitted_at__isnull=False)
                    )
                ),
                name="return_submitted_by_and_at",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=["draft", "submitted"], decided_by=None, decided_at=None)
                    | Q(
                        state__in=["accepted", "sent_back"],
                        decided_by__isnull=False,
                        decided_at__isnull=False,
                    )
                ),
                name="return_decided_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(state="sent_back", comment__gt="")
                | (~Q(state="sent_back") & Q(comment="")),
                name="return_sent_back_with_comment",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("submitted_by")),
                name="return_not_decided_by_submitter",
                violation_error_message="Nobody decides what they submitted.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workstream} {self.period}"

    def get_absolute_url(self) -> str:
        month = f"{self.period.month:%Y-%m}"
        return reverse(
            "governance:return-detail", args=[self.period.plan.slug, month, self.workstream.key]
        )


class ReturnStep(AppendOnlyModel):
    """One act on a return: submitted, accepted or sent back; the comment goes with sending back."""

    of_return = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="steps")
    version = models.PositiveIntegerField()
    act = models.CharField(max_length=20, choices=ReturnAct.choices)
    words = models.TextField(blank=True, max_length=LONGEST_WORDS)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(
                fields=["of_return", "version"], name="return_step_version_once"
            ),
            models.CheckConstraint(
                condition=Q(act__in=ReturnAct.values), name="return_step_known_act"
            ),
            models.CheckConstraint(
                condition=~Q(act="sent_back") | Q(words__gt=""),
                name="return_step_sent_back_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of_return} {self.get_act_display()}"
