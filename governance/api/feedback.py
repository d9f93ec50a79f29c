"""You said, we did as programs read it, and as they enter what families said."""

import datetime as dt
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from governance import permissions
from governance.enums import FeedbackState
from governance.models import FeedbackItem
from governance.models.feedback import LONGEST_SOURCE, LONGEST_THEME, LONGEST_WORDS
from governance.permissions import families
from governance.policies.quarters import quarter_named
from governance.selectors import feedback as reads
from governance.services import feedback
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.api.schema import answers, page_of
from hertsend.api.serializers import StrictSerializer
from hertsend.errors import RuleBroken
from plans.api.acts import IDEMPOTENCY_KEY, submission_key
from plans.api.fields import Typed
from plans.api.serializers import hideable
from plans.api.views import OfPlan
from plans.models import Plan

OF_ANSWERS = {"will_do", "done", "difference", "actions", "withdrawn_reason"}
OF_PEOPLE = {"entered_by", "approved_by"}


class AnsweredSerializer(serializers.Serializer):
    """What families said and what became of it, as published for a quarter."""

    number = serializers.IntegerField()
    revision = serializers.IntegerField()
    quarter = serializers.CharField(source="quarter_word")
    theme = serializers.CharField()
    source = serializers.CharField()
    said_on = serializers.DateField()
    said = serializers.CharField()
    will_do = serializers.CharField()
    done = serializers.CharField()
    difference = serializers.CharField()
    actions = serializers.SerializerMethodField()
    published_on = serializers.DateField()

    def get_actions(self, row: reads.Answered) -> list[str]:
        """The keys of the actions that it is part of."""
        return [action.key for action in row.actions]


class EntrySerializer(serializers.Serializer):
    """An entry as it is worked on; answer and names are absent for some readers."""

    number = serializers.IntegerField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=FeedbackState.choices)
    theme = serializers.CharField()
    source = serializers.CharField()
    said_on = serializers.DateField()
    said = serializers.CharField()
    will_do = hideable(serializers.CharField)
    done = hideable(serializers.CharField)
    difference = hideable(serializers.CharField)
    actions = serializers.SerializerMethodField()
    withdrawn_reason = hideable(serializers.CharField)
    entered_by = hideable(serializers.CharField)
    approved_by = serializers.CharField(allow_null=True, required=False)
    approved_at = serializers.DateTimeField(allow_null=True)

    def get_actions(self, row: FeedbackItem) -> list[str]:
        """The keys of the actions that it is part of."""
        return [action.key for action in row.actions.all()]

    def to_representation(self, row: FeedbackItem) -> dict[str, Any]:
        """The entry, reduced to what the reader may see."""
        hidden = self.context["hidden"]
        shown = super().to_representation(row)
        return {name: value for name, value in shown.items() if name not in hidden}


class SaidInput(StrictSerializer):
    """What families said."""

    theme = Typed(max_length=LONGEST_THEME)
    source = Typed(max_length=LONGEST_SOURCE)
    said_on = serializers.DateField()
    said = Typed(max_length=LONGEST_WORDS)
    is_checked = serializers.BooleanField(
        default=False,
        help_text="Whether somebody looked again at what looks like personal data.",
    )


class FeedbackList(OfPlan):
    """What was published of "You said, we did"."""

    parameters = frozenset({"quarter", "page", "page_size"})

    @extend_schema(
        operation_id="feedback_list", responses=answers(200, page_of(AnsweredSerializer), 404)
    )
    def get(self, request: Request, plan: str) -> Response:
        """List what was published, of all quarters or of the one that ``quarter`` names (2024-q3)."""
        row = self.plan()
        publications = families.visible_publications(request.user)
        if (first := self._quarter()) is None:
            found = reads.all_answers(row, publications)
        else:
            found = reads.published_in(row, publications, first)
        return self.page(found, AnsweredSerializer)

    def _quarter(self) -> dt.date | None:
        word = self.request.query_params.get("quarter", "")
        first = quarter_named(word)
        if word and first is None:
            raise RuleBroken({"quarter": ["Name a quarter such as 2024-q3."]})
        return first


class EntryList(OfPlan):
    """The entries as they are worked on."""

    @extend_schema(
        operation_id="feedback_entries_list", responses=answers(200, page_of(EntrySerializer), 404)
    )
    def get(self, request: Request, plan: str) -> Response:
        """List the entries: all for who answers them, else those that one entered oneself."""
        row = self.plan()
        self._require(row)
        items = reads.work_of(families.visible_feedback(request.user), row)
        return self.page(
            items.prefetch_related("actions"), EntrySerializer, hidden=hidden_from(request, row)
        )

    @extend_schema(
        operation_id="feedback_entries_create",
        request=SaidInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, EntrySerializer, 404, 409),
    )
    def post(self, request: Request, plan: str) -> Response:
        """Enter what families said."""
        row = self.plan()
        self._require(row)
        body = SaidInput(data=request.data)
        body.is_valid(raise_exception=True)
        item = feedback.enter(
            plan=row,
            submission_key=submission_key(request),
            by=request.user,
            **body.validated_data,
        )
        context = {"hidden": hidden_from(request, row)}
        return Response(EntrySerializer(item, context=context).data, status=status.HTTP_201_CREATED)

    def _require(self, plan: Plan) -> None:
        access.require(
            self.request.user, Permission.RECORD_FEEDBACK, partnership_id=plan.partnership_id
        )


class EntryDetail(OfPlan):
    """One entry as it is worked on."""

    parameters = frozenset()

    @extend_schema(
        operation_id="feedback_entries_read", responses=answers(200, EntrySerializer, 404)
    )
    def get(self, request: Request, plan: str, item: int) -> Response:
        """Show an entry."""
        row = self.plan()
        items = reads.work_of(families.visible_feedback(request.user), row)
        found = get_object_or_404(items.prefetch_related("actions"), number=item)
        context = {"hidden": hidden_from(request, row)}
        return Response(EntrySerializer(found, context=context).data)


def hidden_from(request: Request, plan: Plan) -> set[str]:
    """The fields of entries that the reader may not see."""
    hidden = set() if families.may_answer_feedback(request.user, plan) else set(OF_ANSWERS)
    return hidden if permissions.reads_people(request.user, plan) else hidden | OF_PEOPLE
