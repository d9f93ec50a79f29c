"""What difference an action makes: ratings that leads propose and joint chairs confirm or return."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hertsend.accounts.models import Post
from hertsend.accounts.roles import Role
from hertsend.records.bases import AppendOnlyModel
from plans.enums import ImpactLevel, ImpactOutcome
from plans.models.evidence import Evidence
from plans.models.milestone import Milestone
from plans.models.period import ReportingPeriod
from plans.models.plan import Action
from plans.models.progress import LONGEST_WORDS


class ImpactRating(AppendOnlyModel):
    """The impact of an action as its workstream proposes it for a reporting period.

    ``review_milestone`` is the review of impact that the rating answers, where it answers one.
    """

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="impact_ratings")
    period = models.ForeignKey(
        ReportingPeriod, on_delete=models.PROTECT, related_name="impact_ratings"
    )
    number = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField(choices=ImpactLevel.choices)
    words = models.TextField(max_length=LONGEST_WORDS)
    review_milestone = models.ForeignKey(
        Milestone, null=True, blank=True, on_delete=models.PROTECT, related_name="impact_ratings"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["action", "number"], name="impact_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="impact_counted_from_one"),
            models.CheckConstraint(
                condition=Q(level__in=ImpactLevel.values), name="impact_known_level"
            ),
            models.CheckConstraint(condition=Q(words__gt=""), name="impact_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.action} impact {self.level}"


class ImpactEvidence(AppendOnlyModel):
    """A piece of evidence on which an impact rating rests."""

    rating = models.ForeignKey(ImpactRating, on_delete=models.PROTECT, related_name="rests_on")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="impact_ratings")

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "impact evidence"
        constraints = [
            models.UniqueConstraint(fields=["rating", "evidence"], name="impact_evidence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rating} rests on {self.evidence}"


class ImpactDecision(AppendOnlyModel):
    """How a proposed impact rating ended.

    An accountable joint chair, who did not propose it, confirms or returns it; its workstream may
    take it back until then. ``fingerprint`` is the SHA-256 of exactly what was shown to the one who
    confirmed, ``role`` the role in which the decision was made.
    """

    rating = models.OneToOneField(ImpactRating, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=20, choices=ImpactOutcome.choices)
    words = models.TextField(blank=True, max_length=LONGEST_WORDS)
    fingerprint = models.CharField(max_length=64, blank=True)
    role = models.CharField(max_length=40, choices=Role.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=ImpactOutcome.values), name="impact_decision_known_outcome"
            ),
            models.CheckConstraint(
                condition=Q(outcome="confirmed") | Q(words__gt=""),
                name="impact_decision_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="confirmed") | Q(fingerprint__gt=""),
                name="impact_decision_confirmed_has_fingerprint",
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="impact_decision_known_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rating} {self.get_outcome_display().lower()}"
