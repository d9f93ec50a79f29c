"""What prompted a decision or a log action: a link of a known kind to exactly one thing."""

from collections.abc import Collection

from django.db import models
from django.db.models import Q

from governance.enums import PromptKind
from governance.models.audits import AuditFinding
from governance.models.decisions import LONGEST_WORDS, Decision, DecisionRequest
from governance.models.feedback import FeedbackItem
from governance.models.log import LogAction
from governance.models.risks import Risk
from hertsend.records.bases import AppendOnlyModel
from kpis.models import Indicator
from plans.models import DateChangeRequest, ExceptionReport, Milestone

RECORDS: tuple[str, ...] = ("request", "decision", "log_action")
"""The columns of what can be prompted; of each prompt exactly one is filled."""

TARGETS: dict[PromptKind, str] = {
    PromptKind.INDICATOR: "indicator",
    PromptKind.MILESTONE: "milestone",
    PromptKind.EXCEPTION: "exception_report",
    PromptKind.DATE_REQUEST: "date_request",
    PromptKind.FINDING: "finding",
    PromptKind.RISK: "risk",
    PromptKind.FEEDBACK: "feedback",
}
"""The column of each kind. A further kind has its line here, its column below, and its entries in
``permissions.records.VISIBLE_TARGETS`` and ``selectors.prompts.SHOWN`` (docs/how-to/add-a-prompt.md)."""


def only(filled: str, columns: Collection[str]) -> Q:
    """That of these columns this one is filled and no other."""
    return Q(**{f"{name}__isnull": name != filled for name in columns})


def _of_one_record() -> Q:
    return Q(*(only(name, RECORDS) for name in RECORDS), _connector=Q.OR)


def _with_target_of_its_kind() -> Q:
    columns = TARGETS.values()
    return Q(
        *(Q(kind=kind) & only(column, columns) for kind, column in TARGETS.items()), _connector=Q.OR
    )


class Prompt(AppendOnlyModel):
    """One thing that prompted a request, a decision or a log action, and what it showed then."""

    request = models.ForeignKey(
        DecisionRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="prompts"
    )
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="prompts"
    )
    log_action = models.ForeignKey(
        LogAction, null=True, blank=True, on_delete=models.PROTECT, related_name="prompts"
    )
    kind = models.CharField(max_length=20, choices=PromptKind.choices)
    indicator = models.ForeignKey(
        Indicator, null=True, blank=True, on_delete=models.PROTECT, related_name="prompts"
    )
    milestone = models.ForeignKey(
        Milestone, null=True, blank=True, on_delete=models.PROTECT, related_name="prompts"
    )
    exception_report = models.ForeignKey(
        ExceptionReport, null=True, blank=True, on_delete=models.PROTECT, related_name="prompts"
    )
    date_request = models.ForeignKey(
        DateChangeRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="prompts"
    )
    finding = models.ForeignKey(
        AuditFinding, null=True, blank=True, on_delete=models.PROTECT, related_name="prompts"
    )
    risk = models.ForeignKey(
        Risk, null=True, blank=True, on_delete=models.PROTECT, related_name="prompts"
    )
    feedback = models.ForeignKey(
        FeedbackItem, null=True, blank=True, on_delete=models.PROTECT, related_name="prompts"
    )
    what_it_showed = models.TextField(blank=True, max_length=LONGEST_WORDS)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=_of_one_record(), name="prompt_of_one_record"),
            models.CheckConstraint(
                condition=_with_target_of_its_kind(), name="prompt_with_target_of_its_kind"
            ),
            models.CheckConstraint(
                condition=~Q(kind=PromptKind.INDICATOR) | Q(what_it_showed__gt=""),
                name="prompt_of_measure_says_what_it_showed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {getattr(self, TARGETS[PromptKind(self.kind)])}"
