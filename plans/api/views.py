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
from plans.api.inputs import AsAtQuery, MilestoneQuery
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
from plans.selectors import MilestoneLine, Moment
from plans.selectors.moments import PARAMETER

RIGHTS = {
    "update": permissions.may_update,
    "sign_off": permissions.may_sign_off,
    "withdraw": permissions.may_withdraw,
}
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

    def moment(self, plan: Plan) -> Moment:
        """As at when the reader asks for it, by default now. Raises ``RuleBroken``."""
        text = self.request.query_params.get(PARAMETER, "")
        return selectors.moment_of(plan, text, today=dates.today())

    def lines(
        self, plan: Plan, milestones: QuerySet[Milestone], moment: Moment
    ) -> list[MilestoneLine]:
        """Milestones as at a moment, for this reader."""
        return selectors.lines_at(
            milestones, plan=plan, moment=moment, visible=self.visible(MilestoneUpdate, plan)
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

    parameters = frozenset(AsAtQuery().fields)

    @extend_schema(
        operation_id="actions_read",
        parameters=[AsAtQuery],
        responses=answers(200, serializers.ActionDetailSerializer, 404),
    )
    def get(self, request: Request, plan: str, key: str) -> Response:
        """Show an action with its milestones, now or as at a moment."""
        of_plan = self.plan()
        moment = self.moment(of_plan)
        rows = self.rows(Action, of_plan).select_related("workstream").prefetch_related("areas")
        action = get_object_or_404(rows, key=self.key())
        lines = self.lines(of_plan, self.rows(Milestone, of_plan).filter(action=action), moment)
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
        """List the milestones as they stand now or stood at a moment, in the plan's order."""
        of_plan = self.plan()
        query = MilestoneQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        moment = self.moment(of_plan)
        lines = self.lines(of_plan, self.rows(Milestone, of_plan), moment)
        return self.page(
            chosen(lines, plan=of_plan, query=query.validated_data),
            serializers.MilestoneSerializer,
            visible=self.visible(MilestoneUpdate, of_plan),
        )


class MilestoneDetail(OfMilestone):
    """One milestone."""

    parameters = frozenset(AsAtQuery().fields)

    @extend_schema(
        operation_id="milestones_read",
        parameters=[AsAtQuery],
        responses=answers(200, serializers.MilestoneDetailSerializer, 404),
    )
    def get(self, request: Request, plan: str, key: str) -> Response:
        """Show a milestone, its acts and date changes, and what the reader may do with it.

        As at a moment gone by nobody may do anything with it.
        """
        row = self.milestone()
        moment = self.moment(row.plan)
        # First, so that a change made meanwhile is shown but can no longer be signed.
        fingerprint = "" if moment.is_past else self._fingerprint(row)
        own = self.rows(Milestone, row.plan).filter(pk=row.pk)
        line = next(iter(self.lines(row.plan, own, moment)), None)
        if line is None:
            raise Http404
        context = {
            "milestone": row,
            "fingerprint": fingerprint,
            "rights": {
                name: not moment.is_past and may(request.user, row) for name, may in RIGHTS.items()
            },
            "stage_changes": selectors.until(moment.at, row.stage_changes.select_related("by")),
            "date_changes": selectors.until(
                moment.at, row.date_changes.select_related("requested_by", "decided_by")
            ),
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
