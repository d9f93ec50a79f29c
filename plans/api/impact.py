"""Impact as programs read and write it: what each action has, proposed, confirmed and returned."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.api.schema import answers, page_of
from hertsend.api.serializers import StrictSerializer
from hertsend.errors import RuleBroken
from plans import permissions, selectors
from plans.api.acts import IDEMPOTENCY_KEY, period_named, submission_key
from plans.api.fields import MonthField, Typed
from plans.api.inputs import HIGHEST_VERSION
from plans.api.serializers import hideable
from plans.api.views import OfPlan
from plans.enums import ImpactLevel, ImpactOutcome
from plans.models import Action, Evidence, ImpactRating, Milestone
from plans.models.progress import LONGEST_WORDS
from plans.selectors import NO_IMPACT, ImpactLine
from plans.services import impact

LARGEST_NUMBER = 2_147_483_647


class ImpactRatingSerializer(serializers.Serializer):
    """A rating of an action's impact; words and names are absent for some readers."""

    WORDS = frozenset({"words", "decision"})
    PEOPLE = frozenset({"by", "decided_by"})

    number = serializers.IntegerField(help_text="Counted for each action, from 1.")
    level = serializers.ChoiceField(choices=ImpactLevel.choices)
    label = serializers.CharField()
    month = MonthField()
    outcome = serializers.ChoiceField(
        choices=[("", "It waits for a joint chair"), *ImpactOutcome.choices]
    )
    review_milestone = serializers.CharField(source="review_key", allow_blank=True)
    at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    words = hideable(serializers.CharField)
    decision = hideable(serializers.CharField)
    by = hideable(serializers.CharField)
    decided_by = hideable(serializers.CharField)

    def to_representation(self, line: ImpactLine) -> dict[str, Any]:
        """The rating, reduced to what the reader may see."""
        visible = self.context["visible"]
        hidden = (set() if "words" in visible else self.WORDS) | (
            set() if "by" in visible else self.PEOPLE
        )
        shown = super().to_representation(line)
        return {name: value for name, value in shown.items() if name not in hidden}


class RatingOfActionSerializer(ImpactRatingSerializer):
    """A rating with what those who may confirm it send back."""

    fingerprint = hideable(
        serializers.CharField, help_text="For those who may confirm: send it back to confirm."
    )

    def to_representation(self, line: ImpactLine) -> dict[str, Any]:
        """The rating; the fingerprint only where it waits for this reader."""
        shown = super().to_representation(line)
        shown.pop("fingerprint", None)
        if fingerprint := self.context["fingerprints"].get(line.pk):
            shown["fingerprint"] = fingerprint
        return shown


class ActionImpactSerializer(serializers.Serializer):
    """An action with the impact that was confirmed, and the rating that waits."""

    action = serializers.CharField()
    workstream = serializers.CharField()
    areas = serializers.ListField(child=serializers.CharField())
    confirmed = ImpactRatingSerializer(allow_null=True)
    proposed = ImpactRatingSerializer(
        allow_null=True, help_text="Null for readers of plain English, whether one waits or not."
    )


class ImpactInput(StrictSerializer):
    """A rating of an action's impact, with the evidence on which it rests."""

    level = serializers.ChoiceField(choices=ImpactLevel.choices)
    words = Typed(max_length=LONGEST_WORDS)
    evidence = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST_NUMBER),
        required=False,
        default=list,
        max_length=100,
        help_text="Numbers of pieces of evidence of this action.",
    )
    period = MonthField(
        required=False, help_text="The month rated; by default the earliest not frozen."
    )
    review = serializers.CharField(
        required=False,
        allow_null=True,
        default=None,
        help_text="The key of the review of impact that this rating answers.",
    )
    base_number = serializers.IntegerField(
        min_value=0,
        max_value=HIGHEST_VERSION,
        help_text="The number of the action's latest rating when you read it, 0 for none.",
    )


class ConfirmationInput(StrictSerializer):
    """A confirmation of exactly what was shown."""

    fingerprint = serializers.CharField(max_length=64)


class ReasonInput(StrictSerializer):
    """A decision with its reason."""

    words = Typed(max_length=LONGEST_WORDS)


class ImpactList(OfPlan):
    """The impact of every action of a plan."""

    parameters = frozenset({"as_at", "page", "page_size"})

    @extend_schema(
        operation_id="impact_list", responses=answers(200, page_of(ActionImpactSerializer), 404)
    )
    def get(self, request: Request, plan: str) -> Response:
        """List the actions with their impact, now or as at a moment, in the plan's order."""
        row = self.plan()
        visible = self.visible(ImpactRating, row)
        found = selectors.impacts_of(row, at=self.moment(row).at, visible=visible)
        actions = self.rows(Action, row).select_related("workstream").prefetch_related("areas")
        listed = [_of_action(action, found.get(action.key, NO_IMPACT)) for action in actions]
        return self.page(listed, ActionImpactSerializer, visible=visible)


def _of_action(action: Action, found: selectors.ActionImpact) -> dict[str, Any]:
    return {
        "action": action.key,
        "workstream": action.workstream.key,
        "areas": [area.key for area in action.areas.all()],
        "confirmed": found.confirmed,
        "proposed": found.proposed,
    }


class OfAction(OfPlan):
    """An endpoint of one action."""

    def action_row(self) -> Action:
        """The action of the address, with what rights ask for."""
        rows = permissions.visible_to(self.request.user, Action)
        rows = rows.select_related("plan__partnership", "workstream").prefetch_related("areas")
        return get_object_or_404(rows, plan__slug=self.kwargs["plan"], key=self.key())

    def rating(self, action: Action) -> ImpactRating:
        """The rating of the address, if the reader may see it."""
        if self.kwargs["number"] > LARGEST_NUMBER:
            raise Http404
        rows = permissions.visible_to(self.request.user, ImpactRating)
        return get_object_or_404(rows, action=action, number=self.kwargs["number"])

    def shown(self, action: Action, pk: int, code: int) -> Response:
        """One rating of an action as it is now."""
        visible = self.visible(ImpactRating, action.plan)
        lines = selectors.history_of_impact(action, visible=visible)
        (line,) = [each for each in lines if each.pk == pk]
        context = {"visible": visible, "fingerprints": {}}
        return Response(RatingOfActionSerializer(line, context=context).data, status=code)


class ImpactOfAction(OfAction):
    """The ratings of an action."""

    @extend_schema(
        operation_id="impact_ratings_list",
        responses=answers(200, page_of(RatingOfActionSerializer), 404),
    )
    def get(self, request: Request, plan: str, key: str) -> Response:
        """List the ratings of an action, latest first."""
        action = self.action_row()
        visible = self.visible(ImpactRating, action.plan)
        lines = selectors.history_of_impact(action, visible=visible)
        waiting = selectors.waiting_rating(action)
        may = waiting is not None and permissions.may_confirm_impact(request.user, action)
        fingerprints = (
            {waiting.pk: selectors.fingerprint_of_rating(waiting)} if may and waiting else {}
        )
        return self.page(
            lines, RatingOfActionSerializer, visible=visible, fingerprints=fingerprints
        )

    @extend_schema(
        operation_id="impact_propose",
        request=ImpactInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, RatingOfActionSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Rate the impact of an action; a joint chair decides on it."""
        action = self.action_row()
        access.require(
            request.user, Permission.UPDATE_MILESTONE, **permissions.scope_of_action(action)
        )
        body = ImpactInput(data=request.data)
        body.is_valid(raise_exception=True)
        data = body.validated_data
        rating = impact.propose_impact(
            action=action,
            period=period_named(action.plan, data.get("period")),
            level=data["level"],
            words=data["words"],
            evidence=_evidence(action, data["evidence"]),
            review=_review(action, data["review"]),
            base_number=data["base_number"],
            submission_key=submission_key(request, {}),
            by=request.user,
        )
        return self.shown(action, rating.pk, status.HTTP_201_CREATED)


def _evidence(action: Action, keys: list[int]) -> list[Evidence]:
    """The pieces that were named. Raises ``RuleBroken`` where one is none of the action's."""
    found = {each.pk: each for each in action.evidence.filter(pk__in=keys)}
    if missing := [key for key in keys if key not in found]:
        raise RuleBroken({"evidence": [f"This action has no evidence {missing[0]}."]})
    return [found[key] for key in dict.fromkeys(keys)]


def _review(action: Action, key: str | None) -> Milestone | None:
    """The review that was named. Raises ``RuleBroken`` where it is none of the action's."""
    if key is None:
        return None
    found = action.milestones.filter(key=key.replace("\x00", "")).first()
    if found is None:
        raise RuleBroken({"review": [f"This action has no milestone “{key}”."]})
    return found


class ImpactConfirmation(OfAction):
    """Confirming a rating."""

    parameters = frozenset()

    @extend_schema(
        operation_id="impact_confirm",
        request=ConfirmationInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, RatingOfActionSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str, number: int) -> Response:
        """Confirm exactly what was shown; 409 when anything of it changed since."""
        action, rating = self._for_decision()
        body = ConfirmationInput(data=request.data)
        body.is_valid(raise_exception=True)
        impact.confirm_impact(
            rating=rating,
            submission_key=submission_key(request, {}),
            by=request.user,
            **body.validated_data,
        )
        return self.shown(action, rating.pk, status.HTTP_201_CREATED)

    def _for_decision(
        self, permission: Permission = Permission.CONFIRM_IMPACT
    ) -> tuple[Action, ImpactRating]:
        action = self.action_row()
        rating = self.rating(action)
        access.require(self.request.user, permission, **permissions.scope_of_action(action))
        return action, rating


class ImpactReturn(ImpactConfirmation):
    """Returning a rating."""

    @extend_schema(
        operation_id="impact_return",
        request=ReasonInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, RatingOfActionSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str, number: int) -> Response:
        """Send a rating back with a reason."""
        action, rating = self._for_decision()
        body = ReasonInput(data=request.data)
        body.is_valid(raise_exception=True)
        impact.return_impact(
            rating=rating,
            submission_key=submission_key(request, {}),
            by=request.user,
            **body.validated_data,
        )
        return self.shown(action, rating.pk, status.HTTP_201_CREATED)


class ImpactTakeBack(ImpactConfirmation):
    """Taking a rating back."""

    @extend_schema(
        operation_id="impact_take_back",
        request=ReasonInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, RatingOfActionSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str, number: int) -> Response:
        """Take a rating back before a joint chair decides."""
        action, rating = self._for_decision(Permission.UPDATE_MILESTONE)
        body = ReasonInput(data=request.data)
        body.is_valid(raise_exception=True)
        impact.take_back_impact(
            rating=rating,
            submission_key=submission_key(request, {}),
            by=request.user,
            **body.validated_data,
        )
        return self.shown(action, rating.pk, status.HTTP_201_CREATED)
