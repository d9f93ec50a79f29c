"""The endpoints that read the plan: each finds what the reader may see, and shows it."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from hertsend import dates
from hertsend.api.schema import answers, page_of
from hertsend.api.views import PagedView
from plans import permissions, selectors
from plans.api import serializers
from plans.api.filtering import chosen
from plans.api.inputs import MilestoneQuery
from plans.enums import Stage
from plans.models import (
    Action,
    Area,
    DateChange,
    Milestone,
    MilestoneUpdate,
    Plan,
    StageChange,
    Workstream,
)
from plans.selectors import MilestoneLine

NOTHING_IN_A_KEY = "\x00"


class OfPlan(PagedView):
    """An endpoint inside one plan, for those who may see it."""

    def plan(self) -> Plan:
        """The plan of the address; not-yours and not-there answer alike."""
        rows = permissions.visible_to(self.request.user, Plan).select_related("partnership")
        return get_object_or_404(rows, slug=self.kwargs["plan"])

    def rows(self, model: Any, plan: Plan) -> QuerySet:
        """The plan's rows of a model that the reader may see."""
        return permissions.visible_to(self.request.user, model).filter(plan=plan)

    def key(self) -> str:
        """The key of the address; a database would stumble over an impossible one."""
        if NOTHING_IN_A_KEY in self.kwargs["key"]:
            raise Http404
        return self.kwargs["key"]

    def visible(self, model: Any, plan: Plan) -> frozenset[str]:
        """The fields of a record that the reader may see."""
        return permissions.visible_fields(
            self.request.user, model, partnership_id=plan.partnership_id
        )

    def lines(self, plan: Plan, milestones: QuerySet[Milestone]) -> list[MilestoneLine]:
        """Milestones as they stand now, for this reader."""
        return selectors.lines_of(
            milestones,
            periods=selectors.current_periods(plan),
            at=None,
            on=dates.today(),
            visible=self.visible(MilestoneUpdate, plan),
        )


class OfMilestone(OfPlan):
    """An endpoint of one milestone."""

    def milestone(self) -> Milestone:
        """The milestone of the address, with what rights ask for."""
        rows = (
            permissions.visible_to(self.request.user, Milestone)
            .select_related("plan__partnership", "action__workstream")
            .prefetch_related("action__areas")
        )
        return get_object_or_404(rows, plan__slug=self.kwargs["plan"], key=self.key())


class PlanList(PagedView):
    """The plans of the reader's partnerships."""

    @extend_schema(
        operation_id="plans_list",
        responses=answers(200, page_of(serializers.PlanSerializer), 404),
    )
    def get(self, request: Request) -> Response:
        """List the plans."""
        rows = permissions.visible_to(request.user, Plan).select_related("partnership")
        return self.page(rows, serializers.PlanSerializer)


class PlanDetail(OfPlan):
    """One plan."""

    parameters = frozenset()

    @extend_schema(
        operation_id="plans_read", responses=answers(200, serializers.PlanDetailSerializer, 404)
    )
    def get(self, request: Request, plan: str) -> Response:
        """Show a plan with the months that take updates."""
        return Response(serializers.PlanDetailSerializer(self.plan()).data)


class AreaList(OfPlan):
    """The areas of a plan."""

    @extend_schema(
        operation_id="areas_list",
        responses=answers(200, page_of(serializers.AreaSerializer), 404),
    )
    def get(self, request: Request, plan: str) -> Response:
        """List the priority actions and areas for improvement, in the plan's order."""
        rows = self.rows(Area, self.plan()).prefetch_related(
            "accountabilities__post", "workstreams"
        )
        return self.page(rows, serializers.AreaSerializer)


class WorkstreamList(OfPlan):
    """The workstreams of a plan."""

    @extend_schema(
        operation_id="workstreams_list",
        responses=answers(200, page_of(serializers.WorkstreamSerializer), 404),
    )
    def get(self, request: Request, plan: str) -> Response:
        """List the workstreams, in the plan's order."""
        rows = self.rows(Workstream, self.plan()).prefetch_related("areas")
        return self.page(rows, serializers.WorkstreamSerializer)


class ActionList(OfPlan):
    """The actions of a plan."""

    @extend_schema(
        operation_id="actions_list",
        responses=answers(200, page_of(serializers.ActionSerializer), 404),
    )
    def get(self, request: Request, plan: str) -> Response:
        """List the actions, in the plan's order."""
        rows = self.rows(Action, self.plan()).select_related("workstream").prefetch_related("areas")
        return self.page(rows, serializers.ActionSerializer)


class ActionDetail(OfPlan):
    """One action."""

    parameters = frozenset()

    @extend_schema(
        operation_id="actions_read", responses=answers(200, serializers.ActionDetailSerializer, 404)
    )
    def get(self, request: Request, plan: str, key: str) -> Response:
        """Show an action with its milestones."""
        of_plan = self.plan()
        rows = self.rows(Action, of_plan).select_related("workstream").prefetch_related("areas")
        action = get_object_or_404(rows, key=self.key())
        lines = self.lines(of_plan, self.rows(Milestone, of_plan).filter(action=action))
        context = {"lines": lines, "visible": self.visible(MilestoneUpdate, of_plan)}
        return Response(serializers.ActionDetailSerializer(action, context=context).data)


class MilestoneList(OfPlan):
    """The milestones of a plan."""

    parameters = frozenset(MilestoneQuery().fields)

    @extend_schema(
        operation_id="milestones_list",
        parameters=[MilestoneQuery],
        responses=answers(200, page_of(serializers.MilestoneSerializer), 404),
    )
    def get(self, request: Request, plan: str) -> Response:
        """List the milestones as they stand now, in the plan's order."""
        of_plan = self.plan()
        query = MilestoneQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        lines = self.lines(of_plan, self.rows(Milestone, of_plan))
        return self.page(
            chosen(lines, plan=of_plan, query=query.validated_data),
            serializers.MilestoneSerializer,
            visible=self.visible(MilestoneUpdate, of_plan),
        )


class MilestoneDetail(OfMilestone):
    """One milestone."""

    parameters = frozenset()

    @extend_schema(
        operation_id="milestones_read",
        responses=answers(200, serializers.MilestoneDetailSerializer, 404),
    )
    def get(self, request: Request, plan: str, key: str) -> Response:
        """Show a milestone, its acts and date changes, and what the reader may do with it."""
        row = self.milestone()
        # First, so that a change made meanwhile is shown but can no longer be signed.
        fingerprint = self._fingerprint(row)
        (line,) = self.lines(row.plan, self.rows(Milestone, row.plan).filter(pk=row.pk))
        context = {
            "milestone": row,
            "fingerprint": fingerprint,
            "rights": {
                "update": permissions.may_update(request.user, row),
                "sign_off": permissions.may_sign_off(request.user, row),
                "withdraw": permissions.may_withdraw(request.user, row),
            },
            "stage_changes": row.stage_changes.select_related("by"),
            "date_changes": row.date_changes.select_related("requested_by", "decided_by"),
            "visible": self.visible(MilestoneUpdate, row.plan),
            "visible_of_stage_changes": self.visible(StageChange, row.plan),
            "visible_of_date_changes": self.visible(DateChange, row.plan),
        }
        return Response(serializers.MilestoneDetailSerializer(line, context=context).data)

    def _fingerprint(self, milestone: Milestone) -> str:
        """What a signer sends back; empty where there is nothing to sign, or not by this reader."""
        if milestone.stage != Stage.PROPOSED_COMPLETE:
            return ""
        if not permissions.may_sign_off(self.request.user, milestone):
            return ""
        return selectors.fingerprint_of(milestone)
