"""What boards are given."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from governance.enums import Edition
from hertsend.accounts.models import Partnership
from hertsend.records.bases import AppendOnlyModel
from plans.models import ReportingPeriod


class BoardPack(AppendOnlyModel):
    """A board pack of one month: a stored snapshot, from which alone the pages are rendered.

    ``content`` is JSON of schema ``schema_version``, ``sha256`` the digest of its canonical text,
    ``cut_off`` the moment up to which rows were read. A correction is a new revision, with the
    ``reason`` why there is one.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="packs")
    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="packs")
    edition = models.CharField(max_length=20, choices=Edition.choices)
    revision = models.PositiveSmallIntegerField(default=1)
    schema_version = models.PositiveSmallIntegerField()
    cut_off = models.DateTimeField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    assembled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    assembled_at = models.DateTimeField()

    class Meta:
        ordering = ["-period__month", "edition", "-revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "period", "edition", "revision"],
                name="pack_once_per_period_edition_revision",
            ),
            models.CheckConstraint(
                condition=Q(edition__in=Edition.values), name="pack_known_edition"
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="pack_counted_from_one"),
            models.CheckConstraint(
                condition=Q(revision=1, reason="") | Q(revision__gt=1, reason__gt=""),
                name="pack_revision_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.get_edition_display()} {self.revision}"

    def get_absolute_url(self) -> str:
        return reverse(
            "governance:pack-detail",
            args=[self.period.plan.slug, f"{self.period.month:%Y-%m}", self.edition, self.revision],
        )
