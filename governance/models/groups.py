"""Who meets: the groups of a plan, who sits in them for how long, and what they were set up to do."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from governance.enums import Capacity, GroupTier, Sector
from hertsend.records.bases import AppendOnlyModel, AuditedModel, AuditedQuerySet
from plans.models import Plan, StoredFile, Workstream

LONGEST_NAME = 200
LONGEST_PURPOSE = 4000
LONGEST_REASON = 500


class Group(AuditedModel):
    """A board, executive, workstream group or other body of a plan.

    ``purpose`` and ``members_text`` are the plan's words where the plan gives them. ``ended_on`` is
    the last day on which the group exists.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="groups")
    key = models.SlugField(max_length=100)
    name = models.CharField(max_length=LONGEST_NAME)
    tier = models.CharField(max_length=20, choices=GroupTier.choices)
    position = models.PositiveSmallIntegerField()
    reports_to = models.ManyToManyField(
        "self", symmetrical=False, related_name="reporting", blank=True
    )
    workstreams = models.ManyToManyField(Workstream, related_name="groups", blank=True)
    # The two links above in words, so that the history of the group tells when they changed.
    place = models.TextField(blank=True)
    purpose = models.TextField(blank=True, max_length=LONGEST_PURPOSE)
    members_text = models.TextField(blank=True, max_length=LONGEST_PURPOSE)
    is_of_plan = models.BooleanField(default=False)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "key"],
                name="group_key_once",
                violation_error_message="The plan has a group of that name already.",
            ),
            models.CheckConstraint(condition=Q(tier__in=GroupTier.values), name="group_known_tier"),
            models.CheckConstraint(condition=Q(name__gt="", key__gt=""), name="group_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("governance:group-detail", args=[self.plan.slug, self.key])


class MembershipQuerySet(AuditedQuerySet):
    """Memberships by the days for which they hold."""

    def current(self, on) -> "MembershipQuerySet":
        """Those that hold on the day ``on`` (the last day still counts)."""
        return self.not_over(on).filter(starts_on__lte=on)

    def not_over(self, on) -> "MembershipQuerySet":
        """Those that hold on the day ``on`` or will hold later."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), is_cancelled=False)


class Membership(AuditedModel):
    """A person in a group for a time; it opens the group's meetings to who holds a role.

    ``person`` is who has an account here, ``name`` somebody who has none: one or the other.
    ``workstream`` says for which workstream somebody sits in a group that delivers several.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    name = models.CharField(blank=True, max_length=LONGEST_NAME)
    capacity = models.CharField(max_length=40, choices=Capacity.choices)
    organisation = models.CharField(max_length=LONGEST_NAME)
    sector = models.CharField(max_length=20, choices=Sector.choices)
    workstream = models.ForeignKey(
        Workstream, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    # Taken back before its first day was over, so it counts on no day.
    is_cancelled = models.BooleanField(default=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["capacity", "starts_on", "pk"]
        indexes = [models.Index(fields=["group", "ends_on"], name="membership_by_group")]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, name="") | Q(person=None, name__gt=""),
                name="membership_of_person_or_name",
            ),
            models.CheckConstraint(
                condition=Q(capacity__in=Capacity.values, sector__in=Sector.values),
                name="membership_known_capacity_and_sector",
            ),
            models.CheckConstraint(
                condition=Q(organisation__gt=""), name="membership_has_organisation"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_start",
                violation_error_message="The end must not be before the start.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(is_cancelled=False) | Q(ends_on__isnull=False, ends_on=models.F("starts_on"))
                ),
                name="membership_cancelled_has_no_days",
            ),
            models.UniqueConstraint(
                fields=["group", "person", "capacity"],
                condition=Q(ends_on=None, person__isnull=False),
                name="membership_once_while_open",
                violation_error_message="This person sits in the group already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.name}, {self.get_capacity_display().lower()}"


class TermsOfReference(AppendOnlyModel):
    """What a group was set up to do, as agreed: a link or a file; the latest approved is in force."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=LONGEST_NAME)
    link = models.URLField(blank=True, max_length=500)
    file = models.OneToOneField(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="terms"
    )
    approved_on = models.DateField()
    review_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "terms of reference"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="terms_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="terms_counted_from_one"),
            models.CheckConstraint(condition=Q(title__gt=""), name="terms_have_title"),
            models.CheckConstraint(
                condition=Q(link="", file__isnull=False) | Q(link__gt="", file=None),
                name="terms_link_or_file",
                violation_error_message="Give a link or a file, not both.",
            ),
            models.CheckConstraint(
                condition=Q(review_on__gt=models.F("approved_on")),
                name="terms_review_after_approval",
                violation_error_message="The review must come after the approval.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.title}"
