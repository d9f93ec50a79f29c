"""Why a milestone is overdue or off track, and how boards challenge it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hertsend.accounts.models import Post
from hertsend.records.bases import AppendOnlyModel, AuditedModel
from plans.enums import BoardAsk, DeepDiveState, EscalationState
from plans.models.milestone import Milestone
from plans.models.period import ReportingPeriod
from plans.models.progress import LONGEST_WORDS

PERSON = settings.AUTH_USER_MODEL


class ExceptionReport(AppendOnlyModel):
    """What a lead says of an overdue or off-track milestone for one period; the highest number counts."""

    milestone = models.ForeignKey(
        Milestone, on_delete=models.PROTECT, related_name="exception_reports"
    )
    period = models.ForeignKey(
        ReportingPeriod, on_delete=models.PROTECT, related_name="exception_reports"
    )
    number = models.PositiveIntegerField()
    cause = models.TextField(max_length=LONGEST_WORDS)
    effect_on_families = models.TextField(max_length=LONGEST_WORDS)
    what_is_being_done = models.TextField(max_length=LONGEST_WORDS)
    done_by = models.DateField()
    ask = models.CharField(max_length=20, choices=BoardAsk.choices)
    asked_of_board = models.TextField(blank=True, max_length=LONGEST_WORDS)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-period__month", "-number"]
        indexes = [models.Index(fields=["period", "milestone"], name="exception_report_by_period")]
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "period", "number"], name="exception_report_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="exception_report_counted_from_one"
            ),
            models.CheckConstraint(
                condition=Q(cause__gt="", effect_on_families__gt="", what_is_being_done__gt=""),
                name="exception_report_has_words",
            ),
            models.CheckConstraint(
                condition=Q(ask__in=BoardAsk.values), name="exception_report_known_ask"
            ),
            models.CheckConstraint(
                condition=Q(ask="none", asked_of_board="")
                | (~Q(ask="none") & Q(asked_of_board__gt="")),
                name="exception_report_says_what_it_asks",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} {self.period} exception report {self.number}"


class ExceptionQuestion(AppendOnlyModel):
    """A question of a board or executive member on an exception, with the report they had read."""

    milestone = models.ForeignKey(
        Milestone, on_delete=models.PROTECT, related_name="exception_questions"
    )
    number = models.PositiveIntegerField()
    report = models.ForeignKey(
        ExceptionReport, null=True, blank=True, on_delete=models.PROTECT, related_name="questions"
    )
    words = models.TextField(max_length=LONGEST_WORDS)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["milestone", "number"], name="question_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="question_counted_from_one"),
            models.CheckConstraint(condition=Q(words__gt=""), name="question_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} question {self.number}"


class ExceptionAnswer(AppendOnlyModel):
    """An answer to a question; a correction is a further answer."""

    question = models.ForeignKey(
        ExceptionQuestion, on_delete=models.PROTECT, related_name="answers"
    )
    number = models.PositiveIntegerField()
    words = models.TextField(max_length=LONGEST_WORDS)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="answer_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="answer_counted_from_one"),
            models.CheckConstraint(condition=Q(words__gt=""), name="answer_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.question} answer {self.number}"


class DeepDive(AuditedModel):
    """A closer look at an exception, asked for on a day, then held or cancelled with words."""

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="deep_dives")
    number = models.PositiveIntegerField()
    planned_on = models.DateField()
    reason = models.TextField(max_length=LONGEST_WORDS)
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(
        max_length=20, choices=DeepDiveState.choices, default=DeepDiveState.PLANNED
    )
    outcome = models.TextField(blank=True, max_length=LONGEST_WORDS)
    ended_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-number"]
        indexes = [models.Index(fields=["state", "planned_on"], name="deep_dive_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["milestone", "number"], name="deep_dive_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="deep_dive_counted_from_one"),
            models.CheckConstraint(condition=Q(reason__gt=""), name="deep_dive_has_reason"),
            models.CheckConstraint(
                condition=Q(state="planned", outcome="", ended_by=None, ended_at=None)
                | Q(
                    state__in=["held", "cancelled"],
                    outcome__gt="",
                    ended_by__isnull=False,
                    ended_at__isnull=False,
                ),
                name="deep_dive_ended_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} deep dive {self.number}"


class Escalation(AuditedModel):
    """An exception brought before the Executive, which answers and says who acts."""

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="escalations")
    number = models.PositiveIntegerField()
    reason = models.TextField(max_length=LONGEST_WORDS)
    escalated_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    escalated_at = models.DateTimeField()
    state = models.CharField(
        max_length=20, choices=EscalationState.choices, default=EscalationState.OPEN
    )
    response = models.TextField(blank=True, max_length=LONGEST_WORDS)
    who_acts = models.CharField(blank=True, max_length=200)
    ended_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-number"]
        indexes = [models.Index(fields=["state"], name="escalation_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["milestone", "number"], name="escalation_number_once"),
            models.UniqueConstraint(
                fields=["milestone"],
                condition=Q(state="open"),
                name="escalation_one_open",
                violation_error_message="This milestone is with the Executive already.",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="escalation_counted_from_one"),
            models.CheckConstraint(condition=Q(reason__gt=""), name="escalation_has_reason"),
            models.CheckConstraint(
                condition=Q(state="open", response="", who_acts="", ended_by=None, ended_at=None)
                | Q(
                    state="answered",
                    response__gt="",
                    who_acts__gt="",
                    ended_by__isnull=False,
                    ended_at__isnull=False,
                )
                | Q(
                    state="withdrawn",
                    response__gt="",
                    who_acts="",
                    ended_by__isnull=False,
                    ended_at__isnull=False,
                ),
                name="escalation_ended_with_words",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | ~Q(ended_by=F("escalated_by")),
                name="escalation_not_answered_by_who_escalated",
                violation_error_message="Another member of the Executive answers.",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(ended_by=F("escalated_by")),
                name="escalation_withdrawn_by_who_escalated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} escalation {self.number}"
