"""People, partnerships, roles and posts."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from hertsend.accounts.roles import MATRIX, Role, Scope
from hertsend.records.bases import AuditedModel, AuditedQuerySet


class Partnership(AuditedModel):
    """A local area partnership: the tenant to which every other row belongs."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=100)
    parent_carer_forum = models.CharField(max_length=200, blank=True)
    parent_carer_forum_short = models.CharField(max_length=50, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager):
    """Makes people; the address is the name by which they sign in."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Store a person; without a password they set one by e-mail."""
        person = self.model(email=email.strip().lower(), **fields)
        if password:
            person.set_password(password)
        else:
            person.set_unusable_password()
        person.save()
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Store a technical administrator, for Django's own admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        """Find a person by address, whatever its capitals."""
        return self.get(email=(email or "").strip().lower())

    def system(self) -> "User":
        """The actor behind jobs and first imports; it cannot sign in."""
        person, _ = self.get_or_create(
            email=SYSTEM_ADDRESS,
            defaults={"name": "hertsend", "is_system": True, "is_active": False, "password": "!"},
        )
        return person


SYSTEM_ADDRESS = "system@hertsend.invalid"


class PersonRecords(HistoricalRecords):
    """The history of a person: what a service changed, with who and why.

    Signing in and setting a password store the same row, but change nothing about the person.
    """

    def create_historical_record(
        self, instance: "User", history_type: str, using: str | None = None
    ) -> None:
        """Keep a change that names who made it."""
        if hasattr(instance, "_history_user"):
            super().create_historical_record(instance, history_type, using=using)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. People are deactivated, never deleted, so that what they wrote keeps its author."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_system = models.BooleanField(default=False, editable=False)
    is_demonstration = models.BooleanField(default=False, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    history = PersonRecords(excluded_fields=["password", "last_login"])

    objects = UserManager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_system=False) | Q(is_active=False),
                name="user_system_cannot_sign_in",
            ),
            models.UniqueConstraint(
                fields=["is_system"], condition=Q(is_system=True), name="user_one_system"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class _DatedQuerySet(AuditedQuerySet):
    """Rows that hold from a day, and until a day or for good."""

    def current(self, on) -> "_DatedQuerySet":
        """Those that hold on the day ``on`` (the last day still counts)."""
        return self.not_over(on).filter(starts_on__lte=on)

    def not_over(self, on) -> "_DatedQuerySet":
        """Those that hold on the day ``on`` or will hold later."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), is_cancelled=False)


class Deputyship(AuditedModel):
    """A workstream lead's word that somebody stands in for them for a time.

    The roles and holdings that it gives carry it (``deputyship``), so they end with it, and it shows
    whose they are. ``is_cancelled``: taken back before its first day was over.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(User, on_delete=models.PROTECT, related_name="deputyships_given")
    deputy = models.ForeignKey(User, on_delete=models.PROTECT, related_name="deputyships_held")
    starts_on = models.DateField()
    ends_on = models.DateField()
    is_cancelled = models.BooleanField(default=False)

    objects = _DatedQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        indexes = [models.Index(fields=["partnership", "ends_on"], name="deputyship_by_end")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(deputy=models.F("lead")),
                name="deputyship_of_another_person",
                violation_error_message="Nobody is their own deputy.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")),
                name="deputyship_ends_after_start",
                violation_error_message="The end must not be before the start.",
            ),
            models.CheckConstraint(
                condition=Q(is_cancelled=False) | Q(ends_on=models.F("starts_on")),
                name="deputyship_cancelled_has_no_days",
                violation_error_message="What was cancelled ends where it would have started.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} for {self.lead}"


class RoleAssignment(AuditedModel):
    """A role of a person in a partnership, for some roles in one workstream or for one area.

    ``scope_key`` is the key that the plan gives to the workstream (leads) or area (joint chairs).
    It is a key and not a reference, because this app stands below the plan.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_assignments")
    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="role_assignments"
    )
    role = models.CharField(max_length=40, choices=Role.choices)
    scope_key = models.CharField(max_length=40, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    # Taken back before its first day was over, so it counts on no day.
    is_cancelled = models.BooleanField(default=False)

    # Set where the role is held as somebody's deputy, and ends with that.
    deputyship = models.ForeignKey(
        Deputyship, null=True, blank=True, on_delete=models.PROTECT, related_name="roles"
    )

    objects = _DatedQuerySet.as_manager()

    SCOPED_ROLES: ClassVar[list[str]] = [
        role.value for role in Role if MATRIX[role].scope != Scope.PARTNERSHIP
    ]

    class Meta:
        ordering = ["role", "scope_key", "pk"]
        indexes = [models.Index(fields=["partnership", "role"], name="role_by_partnership")]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="role_assignment_known_role"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="role_assignment_ends_after_start",
                violation_error_message="The end must not be before the start.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(role__in=["workstream_lead", "joint_chair"], scope_key__gt="")
                    | (~Q(role__in=["workstream_lead", "joint_chair"]) & Q(scope_key=""))
                ),
                name="role_assignment_scope_fits_role",
                violation_error_message=(
                    "A lead needs a workstream, a joint chair an area; other roles have neither."
                ),
            ),
            models.CheckConstraint(
                condition=(
                    Q(is_cancelled=False) | Q(ends_on__isnull=False, ends_on=models.F("starts_on"))
                ),
                name="role_assignment_cancelled_has_no_days",
                violation_error_message="What was cancelled ends where it would have started.",
            ),
            models.CheckConstraint(
                condition=Q(deputyship=None) | Q(role="workstream_lead", ends_on__isnull=False),
                name="role_assignment_as_deputy_ends",
                violation_error_message="Deputies stand in for leads, up to a last day.",
            ),
            models.UniqueConstraint(
                fields=["user", "partnership", "role", "scope_key"],
                condition=Q(ends_on=None),
                name="role_assignment_once_while_open",
                violation_error_message="This person holds that role already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.scope_key}".strip()


class Post(AuditedModel):
    """A post that the plan names as a lead ("ISL Area Manager"); people hold it for a time."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="posts")
    key = models.CharField(max_length=120)
    title = models.CharField(max_length=300)
    organisation = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "key"], name="post_key_once"),
        ]

    def __str__(self) -> str:
        return self.title


class PostHolding(AuditedModel):
    """A person in a post, as holder or deputy, from a day until a day."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="post_holdings")
    is_deputy = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    # Taken back before its first day was over, so it counts on no day.
    is_cancelled = models.BooleanField(default=False)

    # Set where the post is held as somebody's deputy, and ends with that.
    deputyship = models.ForeignKey(
        Deputyship, null=True, blank=True, on_delete=models.PROTECT, related_name="holdings"
    )

    objects = _DatedQuerySet.as_manager()

    class Meta:
        ordering = ["is_deputy", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="post_holding_ends_after_start",
                violation_error_message="The end must not be before the start.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(is_cancelled=False) | Q(ends_on__isnull=False, ends_on=models.F("starts_on"))
                ),
                name="post_holding_cancelled_has_no_days",
                violation_error_message="What was cancelled ends where it would have started.",
            ),
            models.CheckConstraint(
                condition=Q(deputyship=None) | Q(is_deputy=True, ends_on__isnull=False),
                name="post_holding_as_deputy_ends",
                violation_error_message="Who stands in for a lead is deputy, up to a last day.",
            ),
            models.UniqueConstraint(
                fields=["post", "user"],
                condition=Q(ends_on=None),
                name="post_holding_once_while_open",
                violation_error_message="This person holds that post already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.post}"
