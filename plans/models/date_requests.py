"""Requests to move the date of a milestone, and what was decided."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hertsend.accounts.models import Post
from hertsend.records.bases import AuditedModel
from plans.enums import DateRequestState
from plans.models.milestone import Milestone
from plans.models.progress import LONGEST_WORDS, DateChange

PERSON = settings.AUTH_USER_MODEL


class DateChangeRequest(AuditedModel):
    """A request for a new date: open until it is granted, refused or withdrawn.

    ``version`` counts what was written to the row, so that a decision is on exactly what was shown.
    ``granted`` is the date change that a grant led to; ``agreed_on`` moves by that row alone.
    """

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="date_requests")
    number = models.PositiveIntegerField()
    asked_for_on = models.DateField()
    reason = models.TextField(max_length=LONGEST_WORDS)
    effect_on_others = models.TextField(max_length=LONGEST_WORDS)
    affected = models.ManyToManyField(Milestone, blank=True, related_name="+")
    requested_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField()
    state = models.CharField(
        max_length=20, choices=DateRequestState.choices, default=DateRequestState.OPEN
    )
    decision = models.TextField(blank=True, max_length=LONGEST_WORDS)
    decided_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    granted = models.ForeignKey(
        DateChange, null=True, blank=True, on_delete=models.PROTECT, related_name="requests"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-requested_at", "-pk"]
        indexes = [models.Index(fields=["state"], name="date_request_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "number"], name="date_request_number_once"
            ),
            models.UniqueConstraint(
                fields=["milestone"],
                condition=Q(state="open"),
                name="date_request_one_open",
                violation_error_message="A request for this milestone waits for a decision already.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="date_request_counted_from_one"
            ),
            models.CheckConstraint(
                condition=Q(reason__gt="", effect_on_others__gt=""),
                name="date_request_has_reasons",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by=None, decided_at=None, decision="")
                | Q(
                    state__in=["granted", "refused"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                    decision__gt="",
                )
                | Q(state="withdrawn", decided_by__isnull=False, decided_at__isnull=False),
                name="date_request_ended_with_who_and_why",
            ),
            models.CheckConstraint(
                condition=Q(state="granted", granted__isnull=False)
                | (~Q(state="granted") & Q(granted=None)),
                name="date_request_granted_moves_the_date",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["granted", "refused"]) | ~Q(decided_by=F("requested_by")),
                name="date_request_not_decided_by_requester",
                violation_error_message="Nobody decides their own request.",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(decided_by=F("requested_by")),
                name="date_request_withdrawn_by_requester",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} date request {self.number}"
