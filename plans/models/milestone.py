"""A milestone: what was promised, by when, and how far it is now."""

import datetime as dt

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from hertsend.accounts.models import Post
from hertsend.records.bases import AuditedModel, AuditedQuerySet
from plans import policies
from plans.enums import MilestoneKind, Precision, Rating, Stage
from plans.models.plan import Action, Plan


class MilestoneQuerySet(AuditedQuerySet):
    """Milestones with what is derived from their rows."""

    def with_dates(self) -> "MilestoneQuerySet":
        """Annotate ``agreed_on`` (from the latest date change), ``moves`` and ``date_in_force``."""
        changes = self.model._meta.get_field("date_changes").related_model.objects.filter(
            milestone=OuterRef("pk")
        )
        latest = changes.order_by("-number")
        return self.annotate(
            agreed_on=Subquery(
                latest.values("agreed_on")[:1], output_field=models.DateField(null=True)
            ),
            moves=Coalesce(Subquery(latest.values("number")[:1]), 0),
        ).annotate(date_in_force=Coalesce("agreed_on", "due_on"))

    def with_overdue(self, on: dt.date) -> "MilestoneQuerySet":
        """Annotate ``is_overdue`` as at the day ``on``; the rule is ``policies.overdue_q``."""
        return self.with_dates().annotate(
            is_overdue=models.ExpressionWrapper(
                policies.overdue_q(on), output_field=models.BooleanField()
            )
        )

    def with_update_of(self, period) -> "MilestoneQuerySet":
        """Annotate ``rating_of_period``: the latest rating given for that period, or None."""
        updates = self.model._meta.get_field("updates").related_model.objects
        latest = updates.filter(milestone=OuterRef("pk"), period=period).order_by("-version")
        return self.annotate(
            rating_of_period=Subquery(latest.values("rating")[:1]),
            update_of_period=Subquery(latest.values("pk")[:1]),
        )


class Milestone(AuditedModel):
    """A promised step of an action.

    The columns from ``key`` to ``note`` are the plan's and change only by a correction; ``due_on``
    is the plan's date and never moves. ``stage``, ``rating`` and ``forecast_on`` are where it is
    now, written only by the services of ``plans.services.milestones``; ``version`` counts those
    changes, so that the second of two people who edit at once is told.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="milestones")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="milestones")
    key = models.CharField(max_length=30)
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    due_text = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=40, choices=Precision.choices)
    kind = models.CharField(
        max_length=20, choices=MilestoneKind.choices, default=MilestoneKind.DELIVERY
    )
    window_from = models.DateField(null=True, blank=True)
    window_to = models.DateField(null=True, blank=True)
    window_text = models.CharField(max_length=300, blank=True)
    leads = models.ManyToManyField(Post, through="MilestoneLead", related_name="milestones")
    leads_inherited = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.NOT_STARTED)
    rating = models.CharField(max_length=10, choices=Rating.choices, blank=True)
    forecast_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["action__position", "position"]
        indexes = [
            models.Index(fields=["plan", "stage"], name="milestone_by_stage"),
            models.Index(fields=["plan", "due_on"], name="milestone_by_due"),
            models.Index(fields=["plan", "rating"], name="milestone_by_rating"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="milestone_key_once"),
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values), name="milestone_known_stage"
            ),
            models.CheckConstraint(
                condition=Q(rating__in=["", *Rating.values]), name="milestone_known_rating"
            ),
            models.CheckConstraint(
                condition=Q(precision__in=Precision.values), name="milestone_known_precision"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=MilestoneKind.values), name="milestone_known_kind"
            ),
            models.CheckConstraint(
                condition=(
                    Q(precision="day", due_on__isnull=False)
                    | (~Q(precision="day") & Q(due_on=None))
                ),
                name="milestone_day_only_where_the_plan_gives_one",
            ),
            models.CheckConstraint(
                condition=Q(window_to=None)
                | Q(window_from=None)
                | Q(window_to__gte=F("window_from")),
                name="milestone_window_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("plans:milestone-detail", args=[self.plan.slug, self.key])


class MilestoneLead(AuditedModel):
    """A post that leads a milestone, in the plan's order."""

    milestone = models.ForeignKey(
        Milestone, on_delete=models.PROTECT, related_name="milestone_leads"
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="milestone_leads")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["milestone", "post"], name="milestone_lead_once"),
        ]

    def __str__(self) -> str:
        return f"{self.milestone}: {self.post}"
