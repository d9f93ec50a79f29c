"""The published plan: areas, workstreams, actions, and the words around them.

Its wording is a public commitment. Rows are made and corrected only by the import of a plan file
(``plans.services.importing``), with a reason that stays in the history.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from hertsend.accounts.models import Partnership, Post
from hertsend.records.bases import AuditedModel
from plans.enums import AreaKind, JudgementState


class Plan(AuditedModel):
    """A published improvement plan of a partnership."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="plans")
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=300)
    subtitle = models.CharField(max_length=300, blank=True)
    published = models.CharField(max_length=10)
    published_text = models.CharField(max_length=100)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("plans:plan-detail", args=[self.slug])


class PlanSection(AuditedModel):
    """A part of the plan that is kept as the plan file gives it: vision, groups, partners.

    Later apps read the sections that they own (``groups``, ``indicators``) from here.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="sections")
    key = models.CharField(max_length=50)
    content = models.JSONField()

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="plan_section_key_once"),
        ]

    def __str__(self) -> str:
        return self.key


class Area(AuditedModel):
    """A priority action or an area for improvement, as the inspectors worded it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="areas")
    key = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=30, choices=AreaKind.choices)
    number = models.PositiveSmallIntegerField()
    statement = models.TextField()
    short_name = models.CharField(max_length=100, blank=True)
    responsible_bodies = models.JSONField(default=list, blank=True)
    wordings = models.JSONField(default=list, blank=True)
    accountable = models.ManyToManyField(
        Post, through="AreaAccountability", related_name="accountable_for"
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="area_key_once"),
            models.CheckConstraint(condition=Q(kind__in=AreaKind.values), name="area_known_kind"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def name(self) -> str:
        """The short name where there is one, else the statement."""
        return self.short_name or self.statement


class AreaAccountability(AuditedModel):
    """A post that the plan makes accountable for an area, in the plan's order."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="accountabilities")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="accountabilities")
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "area accountabilities"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["area", "post"], name="area_accountability_once"),
        ]

    def __str__(self) -> str:
        return f"{self.area}: {self.post}"


class Ambition(AuditedModel):
    """A strategic ambition that the areas serve."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="ambitions")
    key = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=100)
    statement = models.TextField()
    texts = models.JSONField(default=list, blank=True)
    areas = models.ManyToManyField(Area, related_name="ambitions", blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="ambition_key_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Workstream(AuditedModel):
    """A section of the plan that one group delivers."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="workstreams")
    key = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    areas = models.ManyToManyField(Area, related_name="workstreams")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="workstream_key_once"),
        ]

    def __str__(self) -> str:
        return self.key


class Action(AuditedModel):
    """A numbered row of the plan."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    workstream = models.ForeignKey(Workstream, on_delete=models.PROTECT, related_name="actions")
    areas = models.ManyToManyField(Area, related_name="actions")
    key = models.CharField(max_length=20)
    number = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    meaning_for_families = models.TextField(blank=True)
    impacts = models.JSONField(default=list, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="action_key_once"),
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("plans:action-detail", args=[self.plan.slug, self.key])


class GlossaryTerm(AuditedModel):
    """An abbreviation or word and what it stands for."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="glossary_terms")
    position = models.PositiveSmallIntegerField()
    term = models.CharField(max_length=50)
    expansion = models.TextField()
    added = models.BooleanField(default=False)

    class Meta:
        ordering = ["term"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "term"], name="glossary_term_once"),
        ]

    def __str__(self) -> str:
        return self.term


class Judgement(AuditedModel):
    """A judgement made in reading the published plan, for the programme office to confirm.

    ``place`` is the key of the milestone, action or part of the plan that it is about; ``origin``
    tells several judgements about one place apart.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="judgements")
    place = models.CharField(max_length=200)
    origin = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    state = models.CharField(
        max_length=20, choices=JudgementState.choices, default=JudgementState.OPEN
    )
    comment = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "origin"], name="judgement_origin_once"),
            models.CheckConstraint(
                condition=Q(state__in=JudgementState.values), name="judgement_known_state"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="open", decided_by=None, decided_at=None)
                    | (~Q(state="open") & Q(decided_by__isnull=False, decided_at__isnull=False))
                ),
                name="judgement_decided_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.text[:60]}"
