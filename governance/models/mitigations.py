"""What is done against a risk, by whom and by when."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from governance.enums import MitigationState
from governance.models.risks import LONGEST_REASON, LONGEST_TEXT, Risk
from hertsend.records.bases import AuditedModel


class Mitigation(AuditedModel):
    """Something that lowers a risk, with an owner and a date; done or withdrawn with words."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="mitigations")
    number = models.PositiveIntegerField()
    text = models.TextField(max_length=LONGEST_TEXT)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mitigations_owned"
    )
    due_on = models.DateField()
    state = models.CharField(
        max_length=20, choices=MitigationState.choices, default=MitigationState.OPEN
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_words = models.TextField(blank=True, max_length=LONGEST_REASON)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["risk", "number"], name="mitigation_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=MitigationState.values), name="mitigation_known_state"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, text__gt=""), name="mitigation_has_words"
            ),
            models.CheckConstraint(
                condition=Q(state=MitigationState.OPEN, ended_at=None, ended_words="")
                | (~Q(state=MitigationState.OPEN) & Q(ended_at__isnull=False, ended_words__gt="")),
                name="mitigation_ended_when_and_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.risk.key}, mitigation {self.number}"
