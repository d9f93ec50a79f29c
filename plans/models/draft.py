"""What a lead has typed for a milestone and a month, and has not sent yet."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from plans.enums import Rating, Stage
from plans.models.milestone import Milestone
from plans.models.period import ReportingPeriod
from plans.policies import LONGEST_SENTENCE, LONGEST_WORDS

NO_WORDS = Q(
    stage="",
    rating="",
    reason_for_rating="",
    what_happened="",
    what_is_next="",
    forecast_on=None,
    internal_note="",
    sentence_for_families="",
)


class UpdateDraft(models.Model):
    """One row of a return before it is sent: it may be incomplete, and nobody else sees it.

    Operational, not audited: the update that it becomes is the record. The row stays when it was
    sent or thrown away (``is_live``), empty, so that ``version`` counts on and a page that was
    opened before never takes a later draft for its own. ``base_version`` is the milestone's version
    that stood beside the fields; ``writers`` are all who ever typed here, none of whom may sign.
    """

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="drafts")
    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="drafts")
    version = models.PositiveIntegerField()
    base_version = models.PositiveIntegerField()
    is_live = models.BooleanField(default=True)
    nothing_to_report = models.BooleanField(default=False)
    stage = models.CharField(max_length=20, choices=Stage.choices, blank=True)
    rating = models.CharField(max_length=10, choices=Rating.choices, blank=True)
    reason_for_rating = models.TextField(blank=True, max_length=LONGEST_WORDS)
    what_happened = models.TextField(blank=True, max_length=LONGEST_WORDS)
    what_is_next = models.TextField(blank=True, max_length=LONGEST_WORDS)
    forecast_on = models.DateField(null=True, blank=True)
    internal_note = models.TextField(blank=True, max_length=LONGEST_WORDS)
    sentence_for_families = models.CharField(blank=True, max_length=LONGEST_SENTENCE)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField()
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")

    class Meta:
        ordering = ["milestone", "period"]
        indexes = [models.Index(fields=["period", "is_live"], name="draft_by_period")]
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "period"], name="draft_once_per_milestone_and_period"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="draft_counted_from_one"),
            models.CheckConstraint(
                condition=Q(stage__in=["", *Stage.values]), name="draft_known_stage"
            ),
            models.CheckConstraint(
                condition=Q(rating__in=["", *Rating.values]), name="draft_known_rating"
            ),
            models.CheckConstraint(
                condition=Q(is_live=True, nothing_to_report=False) | NO_WORDS,
                name="draft_words_only_while_it_waits",
            ),
            models.CheckConstraint(
                condition=Q(is_live=True) | Q(nothing_to_report=False),
                name="draft_nothing_only_while_it_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} {self.period}"
