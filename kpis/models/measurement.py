"""Figures: written once; a correction is a new row, and the old one stays to be seen."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hertsend.records.bases import AppendOnlyModel, AppendOnlyQuerySet
from kpis.enums import Certainty, ComparatorKind, Presence
from kpis.models.importing import FigureImport
from kpis.models.indicator import LONGEST_WORDS, NUMBER, Indicator, _number
from kpis.policies.figures import figure_of


class MeasurementQuerySet(AppendOnlyQuerySet):
    """Figures by what counts of them."""

    def in_order(self) -> "MeasurementQuerySet":
        """By period, and within a period the latest row last."""
        return self.order_by("indicator_id", "ends_on", "starts_on", "number")


class Measurement(AppendOnlyModel):
    """One figure of an indicator for one period; the highest number of a period counts.

    Either ``value`` or ``numerator`` and ``denominator`` hold it. Where there is no figure,
    ``presence`` says why; zero is a figure.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="measurements")
    starts_on = models.DateField()
    ends_on = models.DateField()
    number = models.PositiveIntegerField()
    presence = models.CharField(max_length=20, choices=Presence.choices, default=Presence.GIVEN)
    value = _number()
    numerator = _number()
    denominator = _number()
    certainty = models.CharField(
        max_length=20, choices=Certainty.choices, default=Certainty.PROVISIONAL
    )
    note = models.TextField(blank=True, max_length=LONGEST_WORDS)
    source = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True, max_length=LONGEST_WORDS)
    imported_by = models.ForeignKey(
        FigureImport, null=True, blank=True, on_delete=models.PROTECT, related_name="measurements"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        ordering = ["ends_on", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "starts_on", "ends_on", "number"],
                name="measurement_number_once",
                violation_error_message="Someone else entered this figure at the same time.",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="measurement_from_one"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="measurement_period_in_order"
            ),
            models.CheckConstraint(
                condition=Q(presence__in=Presence.values, certainty__in=Certainty.values),
                name="measurement_known_words",
            ),
            models.CheckConstraint(
                condition=Q(numerator=None, denominator=None)
                | Q(numerator__isnull=False, denominator__isnull=False, value=None),
                name="measurement_value_or_parts",
            ),
            models.CheckConstraint(
                condition=Q(denominator=None) | Q(denominator__gt=0),
                name="measurement_whole_above_zero",
            ),
            models.CheckConstraint(
                condition=(
                    Q(presence="given") & (Q(value__isnull=False) | Q(numerator__isnull=False))
                    | ~Q(presence="given") & Q(value=None, numerator=None)
                ),
                name="measurement_figure_where_given",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="measurement_correction_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.ends_on}"

    @property
    def is_taken_back(self) -> bool:
        """Whether it came by a file that was taken back, so that it no longer counts."""
        return self.imported_by is not None and self.imported_by.reversed_at is not None

    @property
    def figure(self) -> Decimal | None:
        """The number that is drawn: the value, or the part in a hundred of the whole."""
        return figure_of(self.value, self.numerator, self.denominator)


class ComparatorFigure(AppendOnlyModel):
    """The same measure elsewhere: England, the region, statistical neighbours."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="comparators")
    kind = models.CharField(max_length=20, choices=ComparatorKind.choices)
    place = models.CharField(max_length=100)
    starts_on = models.DateField()
    ends_on = models.DateField()
    number = models.PositiveIntegerField()
    value = models.DecimalField(**NUMBER)
    source = models.CharField(max_length=300)
    imported_by = models.ForeignKey(
        FigureImport, null=True, blank=True, on_delete=models.PROTECT, related_name="comparators"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["kind", "ends_on", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "kind", "place", "starts_on", "ends_on", "number"],
                name="comparator_number_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ComparatorKind.values), name="comparator_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="comparator_period_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(place="") & ~Q(source=""), name="comparator_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.place}, {self.ends_on}"

    @property
    def is_taken_back(self) -> bool:
        """Whether it came by a file that was taken back, so that it no longer counts."""
        return self.imported_by is not None and self.imported_by.reversed_at is not None
