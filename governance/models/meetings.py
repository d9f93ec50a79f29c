"""When groups meet, on what, with whom, and what was said: meetings and what belongs to one."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from governance.enums import AgendaKind, ItemPurpose, MeetingMark, MeetingState
from governance.models.groups import LONGEST_NAME, LONGEST_REASON, Group, Membership
from hertsend.records.bases import AuditedModel, AuditedQuerySet
from plans.models import StoredFile

LONGEST_LINK = 500
LONGEST_MINUTES = 4000
LONGEST_DURATION = 480


class MeetingQuerySet(AuditedQuerySet):
    """Meetings by whether they take place."""

    def not_cancelled(self) -> "MeetingQuerySet":
        """Those that take place or took place."""
        return self.exclude(state=MeetingState.CANCELLED)


class Meeting(AuditedModel):
    """One meeting of a group; its plan and partnership are those of the group.

    ``number`` counts the meetings of the group. ``month`` is the month for which the rhythm wants
    it; a meeting that was added by hand has none. ``moved_from`` is when it was first to be.
    ``reopened_at`` is when its agreed minutes were last reopened.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField()
    month = models.DateField(null=True, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(blank=True, max_length=LONGEST_NAME)
    link = models.URLField(blank=True, max_length=LONGEST_LINK)
    state = models.CharField(
        max_length=20, choices=MeetingState.choices, default=MeetingState.PLANNED
    )
    version = models.PositiveIntegerField(default=1)
    moved_from = models.DateTimeField(null=True, blank=True)
    moved_reason = models.TextField(blank=True, max_length=LONGEST_REASON)
    cancelled_reason = models.TextField(blank=True, max_length=LONGEST_REASON)
    minutes_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    minutes_agreed_at = models.DateTimeField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_reason = models.TextField(blank=True, max_length=LONGEST_REASON)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["group", "starts_at"], name="meeting_by_group")]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="meeting_number_once"),
            models.UniqueConstraint(
                fields=["group", "month"],
                condition=Q(month__isnull=False),
                name="meeting_once_for_month",
                violation_error_message="The group has a meeting for that month already.",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="meeting_counted_from_one"),
            models.CheckConstraint(condition=Q(version__gte=1), name="meeting_version_from_one"),
            models.CheckConstraint(
                condition=Q(month=None) | Q(month__day=1), name="meeting_for_first_of_month"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_start",
                violation_error_message="The end must come after the start.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=MeetingState.values), name="meeting_known_state"
            ),
            models.CheckConstraint(
                condition=Q(moved_from=None, moved_reason="")
                | Q(moved_from__isnull=False, moved_reason__gt=""),
                name="meeting_moved_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=MeetingState.CANCELLED, cancelled_reason__gt="")
                | (~Q(state=MeetingState.CANCELLED) & Q(cancelled_reason="")),
                name="meeting_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=MeetingState.MINUTES_AGREED,
                    minutes_agreed_by__isnull=False,
                    minutes_agreed_at__isnull=False,
                )
                | (
                    ~Q(state=MeetingState.MINUTES_AGREED)
                    & Q(minutes_agreed_by=None, minutes_agreed_at=None)
                ),
                name="meeting_minutes_agreed_by_and_when",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at=None, reopened_reason="")
                | Q(
                    state__in=[MeetingState.HELD, MeetingState.MINUTES_AGREED],
                    reopened_at__isnull=False,
                    reopened_reason__gt="",
                ),
                name="meeting_reopened_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}, meeting {self.number}"

    def get_absolute_url(self) -> str:
        return reverse(
            "governance:meeting-detail", args=[self.group.plan.slug, self.group.key, self.number]
        )


class WithdrawableQuerySet(AuditedQuerySet):
    """Rows by whether they still count."""

    def standing(self) -> "WithdrawableQuerySet":
        """What was not withdrawn."""
        return self.filter(withdrawn_reason="")


class AgendaItem(AuditedModel):
    """One item of an agenda and, later, its short minutes; a standing item has a kind of its own.

    ``duration`` is in minutes. ``is_officers_only`` closes the item, its papers and its minutes to
    parent carer representatives. It is withdrawn with a reason and never deleted.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=AgendaKind.choices, default=AgendaKind.OWN)
    title = models.CharField(max_length=LONGEST_NAME)
    presenter = models.CharField(blank=True, max_length=LONGEST_NAME)
    duration = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=20, choices=ItemPurpose.choices)
    is_officers_only = models.BooleanField(default=False)
    minutes_text = models.TextField(blank=True, max_length=LONGEST_MINUTES)
    withdrawn_reason = models.TextField(blank=True, max_length=LONGEST_REASON)
    version = models.PositiveIntegerField(default=1)

    objects = WithdrawableQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=AgendaKind.values, purpose__in=ItemPurpose.values),
                name="item_known_kind_and_purpose",
            ),
            models.CheckConstraint(condition=Q(title__gt=""), name="item_has_title"),
            models.CheckConstraint(
                condition=Q(duration__gte=1, duration__lte=LONGEST_DURATION),
                name="item_duration_in_bounds",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="item_version_from_one"),
            models.UniqueConstraint(
                fields=["meeting", "kind"],
                condition=~Q(kind=AgendaKind.OWN) & Q(withdrawn_reason=""),
                name="item_standing_once",
                violation_error_message="The agenda has this standing item already.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MeetingPaper(AuditedModel):
    """A file that is read for an item; whoever sees the item sees it."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="papers")
    title = models.CharField(max_length=LONGEST_NAME)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="paper")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    withdrawn_reason = models.TextField(blank=True, max_length=LONGEST_REASON)

    objects = WithdrawableQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(title__gt=""), name="paper_has_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(AuditedModel):
    """Whether a member came, or a guest (then with a ``name`` and without ``membership``).

    ``stand_in`` names who came in a member's place.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    membership = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="attendance"
    )
    name = models.CharField(blank=True, max_length=LONGEST_NAME)
    mark = models.CharField(max_length=20, choices=MeetingMark.choices)
    stand_in = models.CharField(blank=True, max_length=LONGEST_NAME)

    class Meta:
        verbose_name_plural = "attendance"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "membership"],
                condition=Q(membership__isnull=False),
                name="attendance_once_for_member",
            ),
            models.UniqueConstraint(
                fields=["meeting", "name"],
                condition=Q(membership=None),
                name="attendance_once_for_guest",
            ),
            models.CheckConstraint(
                condition=Q(membership__isnull=False, name="") | Q(membership=None, name__gt=""),
                name="attendance_of_member_or_guest",
            ),
            models.CheckConstraint(
                condition=Q(mark__in=MeetingMark.values), name="attendance_known_mark"
            ),
            models.CheckConstraint(
                condition=Q(mark=MeetingMark.IN_PLACE, stand_in__gt="")
                | (~Q(mark=MeetingMark.IN_PLACE) & Q(stand_in="")),
                name="attendance_stand_in_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership or self.name}: {self.get_mark_display().lower()}"


class DeclaredInterest(AuditedModel):
    """A conflict of interest that somebody declared, and what was done about it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="interests")
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="interests"
    )
    who = models.CharField(max_length=LONGEST_NAME)
    interest = models.TextField(max_length=LONGEST_REASON)
    what_was_done = models.TextField(max_length=LONGEST_REASON)
    withdrawn_reason = models.TextField(blank=True, max_length=LONGEST_REASON)

    objects = WithdrawableQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(who__gt="", interest__gt="", what_was_done__gt=""),
                name="interest_has_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who}: {self.interest}"
