"""The endpoints of measures: read as the pages read, and figures entered by the same service."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.api.schema import answers, page_of
from hertsend.errors import RuleBroken
from kpis import permissions, selectors
from kpis.api import serializers
from kpis.enums import Certainty, PeriodKind, Presence
from kpis.models import Indicator
from kpis.policies.figures import Figure
from kpis.policies.periods import read_period
from kpis.selectors.delivery import delivery_of
from kpis.services import figures
from kpis.services.writing import Entry
from plans.api.acts import IDEMPOTENCY_KEY
from plans.api.views import OfPlan
from plans.models import Plan


class OfMeasures(OfPlan):
    """An endpoint of a plan's measures."""

    def lines_of_measures(self, plan: Plan, **which: Any) -> list:
        """The measures that the reader may see, as they stand."""
        rows = permissions.visible_to(self.request.user, Indicator).filter(plan=plan, **which)
        return selectors.measure_lines(
            rows,
            on=dates.today(),
            exact=permissions.reads_officers_words(
                self.request.user, partnership_id=plan.partnership_id
            ),
            standings=delivery_of(plan, on=dates.today()).actions,
        )

    def indicator(self) -> Indicator:
        """The measure of the address, with what rights ask for."""
        rows = permissions.visible_to(self.request.user, Indicator)
        rows = rows.select_related("plan__partnership", "workstream")
        return get_object_or_404(rows, plan__slug=self.kwargs["plan"], key=self.kwargs["key"])


class MeasureList(OfMeasures):
    """The measures of a plan."""

    @extend_schema(
        operation_id="measures_list",
        responses=answers(200, page_of(serializers.MeasureSerializer), 404),
    )
    def get(self, request: Request, plan: str) -> Response:
        """List the measures and how each stands."""
        return self.page(self.lines_of_measures(self.plan()), serializers.MeasureSerializer)


class MeasureDetail(OfMeasures):
    """One measure."""

    parameters = frozenset()

    @extend_schema(
        operation_id="measure",
        responses=answers(200, serializers.MeasureDetailSerializer, 404),
    )
    def get(self, request: Request, plan: str, key: str) -> Response:
        """Show a measure with every period."""
        row = self.indicator()
        [line] = self.lines_of_measures(row.plan, pk=row.pk)
        return Response(serializers.MeasureDetailSerializer(line).data)


class FigureEntry(OfMeasures):
    """Figures of a measure."""

    parameters = frozenset()

    @extend_schema(
        operation_id="figures_enter",
        request=serializers.FiguresInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, serializers.MeasureDetailSerializer, 400, 403, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Enter or correct figures, all or none."""
        row = self.indicator()
        access.require(request.user, Permission.ENTER_FIGURES, **permissions.scope_of(row))
        body = serializers.FiguresInput(data=request.data)
        body.is_valid(raise_exception=True)
        figures.enter(
            plan=row.plan,
            entries=[_entry(row, one) for one in body.validated_data["figures"]],
            by=request.user,
            submission_key=request.headers.get("Idempotency-Key", ""),
        )
        [line] = self.lines_of_measures(row.plan, pk=row.pk)
        answer = serializers.MeasureDetailSerializer(line).data
        return Response(answer, status=status.HTTP_201_CREATED)


def _entry(row: Indicator, one: dict[str, Any]) -> Entry:
    """A figure as it was sent. Raises ``RuleBroken`` for words that name no period."""
    definition = row.definitions.first()
    kind = PeriodKind(definition.period_kind) if definition else PeriodKind.MONTH
    try:
        period = read_period(one["period"], kind)
    except ValueError:
        raise RuleBroken({"period": [f"“{one['period']}” is no {kind.label.lower()}."]}) from None
    if one["presence"] not in Presence.values or one["certainty"] not in Certainty.values:
        raise RuleBroken({"presence": ["Say given, missing, suppressed, low or not_applicable."]})
    names = ("value", "numerator", "denominator", "note")
    return Entry(
        indicator=row,
        period=period,
        figure=Figure(
            presence=Presence(one["presence"]),
            certainty=Certainty(one["certainty"]),
            source=definition.source if definition else "",
            **{name: one[name] for name in names},
        ),
        base_number=one["base_number"],
        reason=one["reason"],
        name=one["period"],
    )
