"""The endpoints of exceptions: what was said of them, and the doors to each service."""

from collections.abc import Callable, Iterable
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from hertsend.accounts.roles import Permission
from hertsend.api.schema import answers, page_of
from hertsend.api.serializers import StrictSerializer
from plans import permissions
from plans.api import exception_shapes as shapes
from plans.api.acts import IDEMPOTENCY_KEY, Acting, period_named, submission_key
from plans.api.filtering import check_keys
from plans.api.inputs import AsAtQuery
from plans.api.views import OfMilestone, OfPlan
from plans.models import DeepDive, Escalation, ExceptionQuestion, Milestone
from plans.selectors.challenges import NOTHING_SAID, ExceptionFile, exception_files
from plans.selectors.exceptions import exception_rows
from plans.services import challenges, deep_dives, escalations, exception_reports

WITH_KEY = {"parameters": [IDEMPOTENCY_KEY]}


class ExceptionList(OfPlan):
    """The exceptions of a plan."""

    parameters = frozenset(shapes.ExceptionQuery().fields)

    @extend_schema(
        operation_id="exceptions_list",
        parameters=[shapes.ExceptionQuery],
        responses=answers(200, page_of(shapes.ExceptionSerializer), 404),
    )
    def get(self, request: Request, plan: str) -> Response:
        """List the overdue and off-track milestones, the longest overdue first."""
        of_plan = self.plan()
        permissions.require_officers_words(request.user, of_plan)
        query = shapes.ExceptionQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        wanted = query.validated_data
        check_keys(
            of_plan, {name: wanted[name] for name in ("workstream", "area") if name in wanted}
        )
        rows = exception_rows(
            self.rows(Milestone, of_plan),
            plan=of_plan,
            moment=self.moment(of_plan),
            visible=permissions.visible_exception_fields(request.user, of_plan),
        )
        found = [
            row
            for row in rows
            if wanted.get("workstream", row.line.workstream_key) == row.line.workstream_key
            and ("area" not in wanted or wanted["area"] in row.line.area_keys)
            and wanted.get("reported", row.is_reported) == row.is_reported
        ]
        return self.page(found, shapes.ExceptionSerializer)


def said_of(view: OfMilestone, milestone: Milestone, **moment: Any) -> ExceptionFile:
    """What was said of a milestone's exceptions, for the reader."""
    own = permissions.visible_to(view.request.user, Milestone).filter(pk=milestone.pk)
    visible = permissions.visible_exception_fields(view.request.user, milestone.plan)
    return exception_files(own, visible=visible, **moment).get(milestone.pk, NOTHING_SAID)


class ExceptionFileDetail(OfMilestone):
    """What was said of one milestone's exceptions."""

    parameters = frozenset(AsAtQuery().fields)

    @extend_schema(
        operation_id="exceptions_read",
        parameters=[AsAtQuery],
        responses=answers(200, shapes.ExceptionFileSerializer, 404),
    )
    def get(self, request: Request, plan: str, key: str) -> Response:
        """Show reports, questions, deep dives and escalations, now or as at a moment."""
        milestone = self.milestone()
        permissions.require_officers_words(request.user, milestone.plan)
        said = said_of(self, milestone, at=self.moment(milestone.plan).at)
        return Response(shapes.ExceptionFileSerializer(said).data)


class Saying(Acting):
    """An endpoint that adds to what is said of an exception, and answers what was added."""

    def say(
        self,
        shape: type[StrictSerializer],
        permission: Permission,
        act: Callable[..., Any],
        shown: type[Serializer],
        among: str,
    ) -> Response:
        """Carry out ``act`` and answer its record, found by its number ``among`` what was said."""
        milestone, body = self.read(shape, permission)
        done = act(
            milestone,
            **body.validated_data,
            submission_key=submission_key(self.request, {}),
            by=self.request.user,
        )
        number = done.question.number if hasattr(done, "question") else done.number
        record = _numbered(getattr(said_of(self, milestone), among), number)
        return Response(shown(record).data, status=status.HTTP_201_CREATED)

    def own(self, model: Any, milestone: Milestone) -> Any:
        """The record of the address' number, if the reader may see it."""
        rows = permissions.visible_to(self.request.user, model)
        return get_object_or_404(rows, milestone=milestone, number=self.kwargs["number"])


def _numbered(records: Iterable[Any], number: int) -> Any:
    return next(record for record in records if record.number == number)


class ReportList(Saying):
    """The exception reports of a milestone."""

    @extend_schema(
        operation_id="exception_reports_create",
        request=shapes.ReportInput,
        responses=answers(201, shapes.ReportSerializer, 404, 409),
        **WITH_KEY,
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Report on an exception for a month; 409 when somebody else was first."""
        milestone, body = self.read(shapes.ReportInput, Permission.UPDATE_MILESTONE)
        report = exception_reports.write_report(
            milestone=milestone,
            period=period_named(milestone.plan, body.validated_data.get("period")),
            words=body.words,
            base_version=body.validated_data["base_version"],
            submission_key=submission_key(request, {}),
            by=request.user,
        )
        said = said_of(self, milestone)
        shown = next(
            each
            for each in said.reports
            if (each.month, each.number) == (report.period.month, report.number)
        )
        return Response(shapes.ReportSerializer(shown).data, status=status.HTTP_201_CREATED)


class QuestionList(Saying):
    """The questions on a milestone's exceptions."""

    @extend_schema(
        operation_id="exception_questions_create",
        request=shapes.WordsInput,
        responses=answers(201, shapes.QuestionSerializer, 404, 409),
        **WITH_KEY,
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Ask about an exception."""
        return self.say(
            shapes.WordsInput,
            Permission.CHALLENGE_EXCEPTION,
            lambda milestone, **sent: challenges.ask_question(milestone=milestone, **sent),
            shapes.QuestionSerializer,
            among="questions",
        )


class AnswerList(Saying):
    """The answers to a question."""

    @extend_schema(
        operation_id="exception_answers_create",
        request=shapes.WordsInput,
        responses=answers(201, shapes.QuestionSerializer, 404, 409),
        **WITH_KEY,
    )
    def post(self, request: Request, plan: str, key: str, number: int) -> Response:
        """Answer a question; what is answered is the question with all its answers."""
        return self.say(
            shapes.WordsInput,
            Permission.UPDATE_MILESTONE,
            lambda milestone, **sent: challenges.answer_question(
                question=self.own(ExceptionQuestion, milestone), **sent
            ),
            shapes.QuestionSerializer,
            among="questions",
        )


class DeepDiveList(Saying):
    """The deep dives into a milestone's exceptions."""

    @extend_schema(
        operation_id="deep_dives_create",
        request=shapes.DeepDiveInput,
        responses=answers(201, shapes.DeepDiveSerializer, 404, 409),
        **WITH_KEY,
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Ask for a deep dive on a day."""
        return self.say(
            shapes.DeepDiveInput,
            Permission.CHALLENGE_EXCEPTION,
            lambda milestone, **sent: deep_dives.ask_deep_dive(milestone=milestone, **sent),
            shapes.DeepDiveSerializer,
            among="deep_dives",
        )


class DeepDiveEnd(Saying):
    """The end of a deep dive."""

    @extend_schema(
        operation_id="deep_dives_end",
        request=shapes.DeepDiveEndInput,
        responses=answers(201, shapes.DeepDiveSerializer, 404, 409),
        **WITH_KEY,
    )
    def post(self, request: Request, plan: str, key: str, number: int) -> Response:
        """Record that a deep dive was held or is cancelled."""
        return self.say(
            shapes.DeepDiveEndInput,
            Permission.RECORD_DEEP_DIVE,
            lambda milestone, **sent: deep_dives.end_deep_dive(
                deep_dive=self.own(DeepDive, milestone), **sent
            ),
            shapes.DeepDiveSerializer,
            among="deep_dives",
        )


class EscalationList(Saying):
    """The escalations of a milestone."""

    @extend_schema(
        operation_id="escalations_create",
        request=shapes.EscalationInput,
        responses=answers(201, shapes.EscalationSerializer, 404, 409),
        **WITH_KEY,
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Bring an exception before the Executive."""
        return self.say(
            shapes.EscalationInput,
            Permission.CHALLENGE_EXCEPTION,
            lambda milestone, **sent: escalations.escalate(milestone=milestone, **sent),
            shapes.EscalationSerializer,
            among="escalations",
        )


class EscalationAnswer(Saying):
    """The Executive's answer."""

    @extend_schema(
        operation_id="escalations_answer",
        request=shapes.ResponseInput,
        responses=answers(201, shapes.EscalationSerializer, 404, 409),
        **WITH_KEY,
    )
    def post(self, request: Request, plan: str, key: str, number: int) -> Response:
        """Answer for the Executive, and say who acts."""
        return self.say(
            shapes.ResponseInput,
            Permission.ANSWER_ESCALATION,
            lambda milestone, **sent: escalations.answer_escalation(
                escalation=self.own(Escalation, milestone), **sent
            ),
            shapes.EscalationSerializer,
            among="escalations",
        )


class EscalationWithdraw(Saying):
    """The withdrawal of an escalation."""

    @extend_schema(
        operation_id="escalations_withdraw",
        request=shapes.TakeBackInput,
        responses=answers(201, shapes.EscalationSerializer, 404, 409),
        **WITH_KEY,
    )
    def post(self, request: Request, plan: str, key: str, number: int) -> Response:
        """Take an escalation back, with the reason."""
        return self.say(
            shapes.TakeBackInput,
            Permission.CHALLENGE_EXCEPTION,
            lambda milestone, **sent: escalations.withdraw_escalation(
                escalation=self.own(Escalation, milestone), **sent
            ),
            shapes.EscalationSerializer,
            among="escalations",
        )
