"""What shows that something was done, or that it made a difference: links and kept files."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from hertsend.records.bases import AppendOnlyModel, AuditedModel, AuditedQuerySet
from plans.enums import EvidenceKind, MediaType
from plans.models.milestone import Milestone
from plans.models.plan import Action, Plan

LARGEST_FILE = 20 * 1024 * 1024
LONGEST_NAME = 150
LONGEST_TITLE = 200
LONGEST_SHOWING = 1000
LONGEST_LINK = 500


class StoredFile(AppendOnlyModel):
    """A file as it was handed in: its bytes lie outside the web root under their own SHA-256.

    ``media_type`` was found in the content; ``name`` is the sender's, made safe.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=LONGEST_NAME)
    media_type = models.CharField(max_length=100, choices=MediaType.choices)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(media_type__in=MediaType.values), name="file_known_type"
            ),
            models.CheckConstraint(
                condition=Q(size__gte=1, size__lte=LARGEST_FILE), name="file_size_in_bounds"
            ),
            models.CheckConstraint(condition=Q(name__gt=""), name="file_has_name"),
            models.CheckConstraint(condition=Exact(Length("sha256"), 64), name="file_has_digest"),
        ]

    def __str__(self) -> str:
        return self.name


class EvidenceQuerySet(AuditedQuerySet):
    """Evidence by whether it still counts."""

    def standing(self) -> "EvidenceQuerySet":
        """What was not withdrawn."""
        return self.filter(withdrawn_at=None)


class Evidence(AuditedModel):
    """One piece of evidence of a milestone, or of the impact of an action (then without milestone).

    It is a link or a file, never both. It is withdrawn with a reason and never deleted.
    """

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="evidence")
    milestone = models.ForeignKey(
        Milestone, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    kind = models.CharField(max_length=20, choices=EvidenceKind.choices)
    title = models.CharField(max_length=LONGEST_TITLE)
    dated_on = models.DateField()
    what_it_shows = models.TextField(max_length=LONGEST_SHOWING)
    link = models.URLField(blank=True, max_length=LONGEST_LINK)
    file = models.OneToOneField(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    is_shareable = models.BooleanField(default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True, max_length=LONGEST_SHOWING)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "evidence"
        ordering = ["added_at", "pk"]
        indexes = [
            models.Index(fields=["milestone", "withdrawn_at"], name="evidence_of_milestone"),
            models.Index(fields=["action", "withdrawn_at"], name="evidence_of_action"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=EvidenceKind.values), name="evidence_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(title__gt="", what_it_shows__gt=""), name="evidence_has_words"
            ),
            models.CheckConstraint(
                condition=Q(link="", file__isnull=False) | Q(link__gt="", file=None),
                name="evidence_link_or_file",
                violation_error_message="Give a link or a file, not both.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | Q(
                    withdrawn_at__isnull=False,
                    withdrawn_by__isnull=False,
                    withdrawn_reason__gt="",
                ),
                name="evidence_withdrawn_by_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title
