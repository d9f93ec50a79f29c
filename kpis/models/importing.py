"""Where figures come from by file: the remembered reading of a source, and each import of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hertsend.records.bases import AuditedModel
from kpis.enums import ImportState
from plans.models import Plan

LONGEST_REASON = 4000


class FigureSource(AuditedModel):
    """A source of files, with how its columns are read; the last reading is offered next time."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="figure_sources")
    name = models.CharField(max_length=100)
    mapping = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "name"], name="figure_source_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="figure_source_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class FigureImport(AuditedModel):
    """One file: who read it, what was stored of it, and whether it was taken back."""

    source = models.ForeignKey(FigureSource, on_delete=models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=20, choices=ImportState.choices, default=ImportState.READ)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    read_at = models.DateTimeField()
    stored_at = models.DateTimeField(null=True, blank=True)
    reversed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reversed_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, max_length=LONGEST_REASON)

    class Meta:
        ordering = ["-read_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values), name="figure_import_known_state"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="read", stored_at=None, reversed_at=None)
                    | Q(state="stored", stored_at__isnull=False, reversed_at=None)
                    | Q(
                        state="reversed",
                        stored_at__isnull=False,
                        reversed_at__isnull=False,
                        reversed_by__isnull=False,
                    )
                    & ~Q(reason="")
                ),
                name="figure_import_moments_of_its_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.file_name}"


class FigureTable(models.Model):
    """The cells of a file between its reading and its storing; gone afterwards.

    Operational, not audited: what is stored of it are figures.
    """

    file = models.OneToOneField(FigureImport, on_delete=models.PROTECT, related_name="table")
    cells = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.file)
