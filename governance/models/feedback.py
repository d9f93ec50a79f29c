"""You said, we did: what families said, what became of it, and what was published of both."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from governance.enums import FeedbackState
from hertsend.records.bases import AppendOnlyModel, AuditedModel
from plans.models import Action, Plan

LONGEST_THEME = 100
LONGEST_SOURCE = 200
LONGEST_WORDS = 2000
LONGEST_REASON = 500

SAID: tuple[str, ...] = ("theme", "source", "said_on", "said")
"""The columns of what was said."""
ANSWERED: tuple[str, ...] = ("will_do", "done", "difference")
"""The columns of what becomes of it."""


class FeedbackItem(AuditedModel):
    """Something that families said, and what the partnership does about it, as it is worked on.

    What readers see of it are its publications. ``linked`` holds the keys of the actions in words,
    so that the history tells when they changed.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="feedback")
    number = models.PositiveIntegerField()
    theme = models.CharField(max_length=LONGEST_THEME)
    source = models.CharField(max_length=LONGEST_SOURCE)
    said_on = models.DateField()
    said = models.TextField(max_length=LONGEST_WORDS)
    will_do = models.TextField(blank=True, max_length=LONGEST_WORDS)
    done = models.TextField(blank=True, max_length=LONGEST_WORDS)
    difference = models.TextField(blank=True, max_length=LONGEST_WORDS)
    actions = models.ManyToManyField(Action, related_name="feedback", blank=True)
    linked = models.TextField(blank=True)
    state = models.CharField(
        max_length=20, choices=FeedbackState.choices, default=FeedbackState.DRAFT
    )
    version = models.PositiveIntegerField(default=0)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    withdrawn_reason = models.CharField(blank=True, max_length=LONGEST_REASON)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="feedback_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="feedback_counted_from_one"),
            models.CheckConstraint(
                condition=Q(state__in=FeedbackState.values), name="feedback_known_state"
            ),
            models.CheckConstraint(
                condition=Q(theme__gt="", source__gt="", said__gt=""), name="feedback_has_words"
            ),
            models.CheckConstraint(
                condition=(
                    Q(approved_by=None, approved_at=None)
                    | Q(approved_by__isnull=False, approved_at__isnull=False)
                ),
                name="feedback_approved_by_and_at",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="draft", approved_by=None)
                    | Q(state__in=["approved", "published"], approved_by__isnull=False)
                    | Q(state="withdrawn")
                ),
                name="feedback_approved_unless_draft",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "published"]) | Q(will_do__gt=""),
                name="feedback_approved_with_answer",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="withdrawn", withdrawn_reason__gt="")
                    | (~Q(state="withdrawn") & Q(withdrawn_reason=""))
                ),
                name="feedback_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.theme

    def get_absolute_url(self) -> str:
        return reverse("governance:feedback-detail", args=[self.plan.slug, self.number])


class FeedbackPublication(AppendOnlyModel):
    """What was published in a quarter of something that families said, kept as it was published."""

    item = models.ForeignKey(FeedbackItem, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveSmallIntegerField()
    quarter = models.DateField()
    theme = models.CharField(max_length=LONGEST_THEME)
    source = models.CharField(max_length=LONGEST_SOURCE)
    said_on = models.DateField()
    said = models.TextField()
    will_do = models.TextField()
    done = models.TextField(blank=True)
    difference = models.TextField(blank=True)
    actions = models.JSONField(default=list, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-quarter", "theme", "item", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "number"], name="feedback_publication_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="feedback_publication_counted_from_one"
            ),
            models.CheckConstraint(
                condition=Q(quarter__day=1, quarter__month__in=[1, 4, 7, 10]),
                name="feedback_publication_of_a_quarter",
            ),
            models.CheckConstraint(
                condition=Q(theme__gt="", source__gt="", said__gt="", will_do__gt=""),
                name="feedback_publication_has_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme}, {self.quarter:%B %Y}"
