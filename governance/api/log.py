"""The action log through the interface."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api import record_shapes as shapes
from governance.api.decisions import OfRecords
from governance.models import Decision, Group, LogAction
from governance.permissions import records as rights
from governance.selectors import log as reads
from governance.services import log
from governance.services.log import TaskWords
from hertsend import dates
from hertsend.accounts.models import User
from hertsend.api.schema import answers, page_of
from hertsend.errors import RuleBroken
from plans.api.acts import IDEMPOTENCY_KEY, submission_key


class OfLog(OfRecords):
    """An endpoint of the log."""

    def owner(self, group: Group, email: str) -> User:
        """Who is to own an action. Raises ``RuleBroken`` for who has no role here."""
        found = reads.owners_of(group.plan, on=dates.today()).filter(email__iexact=email).first()
        if found is None:
            raise RuleBroken({"owner": ["Name a person with a role in this partnership."]})
        return found

    def shown(self, row: LogAction, *, is_new: bool = True) -> Response:
        """The action as it is stored now."""
        reader = self.reader(row.group.plan)
        own = reader.log_actions.filter(pk=row.pk)
        (line,) = reads.log_lines(own, reader, on=dates.today())
        if is_new:
            return self.answered(line, shapes.LogActionSerializer)
        return Response(shapes.LogActionSerializer(line).data)


class LogList(OfLog):
    """The log of a plan's groups."""

    parameters = frozenset(shapes.LogQuery().fields)

    @extend_schema(
        operation_id="log_list",
        parameters=[shapes.LogQuery],
        responses=answers(200, page_of(shapes.LogActionSerializer), 404),
    )
    def get(self, request: Request, plan: str) -> Response:
        """List the log actions that you may read, open ones by their day first."""
        reader, asked = self.reader(self.plan()), self.asked(shapes.LogQuery)
        rows, today = reader.log_actions, dates.today()
        if "group" in asked:
            rows = rows.filter(group__key=asked["group"])
        if asked.get("mine"):
            rows = rows.filter(owner=request.user)
        if "state" in asked:
            rows = reads.shown_as(rows, asked["state"], at=dates.now(), on=today)
        lines = reads.log_lines(reads.open_first(rows), reader, on=today)
        return self.page(lines, shapes.LogActionSerializer)


class LogAdd(OfLog):
    """Raising an action."""

    @extend_schema(
        operation_id="log_create",
        request=shapes.LogActionInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, shapes.LogActionSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str) -> Response:
        """Put an action into the log of a group."""
        group = self.group(self.plan())
        rights.require_log_keeper(request.user, group)
        body = self.read(shapes.LogActionInput)
        raised = log.raise_action(
            group=group,
            words=self._words(group, body.validated_data),
            prompts=body.prompted_by,
            submission_key=submission_key(request),
            by=request.user,
        )
        return self.shown(raised)

    def _words(self, group: Group, given: dict[str, Any]) -> TaskWords:
        return TaskWords(
            task=given["task"],
            owner=self.owner(group, given["owner"]),
            due_on=given["due_on"],
            meeting=self.meeting(group, given["meeting"]),
            decision=self._decision(group, given["decision"]),
        )

    def _decision(self, group: Group, number: int | None) -> Decision | None:
        """The decision of the group that is named. Raises ``RuleBroken``."""
        if number is None:
            return None
        rows = self.reader(group.plan).decisions.filter(group=group, number=number)
        if (found := rows.first()) is None:
            raise RuleBroken({"decision": ["The group has no decision of this number."]})
        return found


class LogDetail(OfLog):
    """One action."""

    @extend_schema(operation_id="log_read", responses=answers(200, shapes.LogActionSerializer, 404))
    def get(self, request: Request, plan: str, key: str, number: int) -> Response:
        """Show an action with its updates."""
        return self.shown(self.record(LogAction), is_new=False)


class LogNote(OfLog):
    """Updating an action."""

    @extend_schema(
        operation_id="log_update",
        request=shapes.NoteInput,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, shapes.LogActionSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str, number: int) -> Response:
        """Say how an action stands; what was said before stays."""
        row = self.record(LogAction)
        rights.require_worker(request.user, row)
        body = self.read(shapes.NoteInput)
        log.add_note(
            log_action=row,
            submission_key=submission_key(request),
            by=request.user,
            **body.validated_data,
        )
        return self.shown(row)


class LogClose(OfLog):
    """Closing an action."""

    @extend_schema(
        operation_id="log_close",
        request=shapes.ClosingInput,
        responses=answers(201, shapes.LogActionSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str, number: int) -> Response:
        """Close an action with what was done."""
        row = self.record(LogAction)
        rights.require_worker(request.user, row)
        body = self.read(shapes.ClosingInput)
        return self.shown(log.close(log_action=row, by=request.user, **body.validated_data))


class LogChange(OfLog):
    """Giving an action to another owner or day."""

    @extend_schema(
        operation_id="log_change",
        request=shapes.ChangeInput,
        responses=answers(201, shapes.LogActionSerializer, 404, 409),
    )
    def post(self, request: Request, plan: str, key: str, number: int) -> Response:
        """Change owner or day, with the reason; 409 when it changed since you read it."""
        row = self.record(LogAction)
        rights.require_log_keeper(request.user, row.group)
        body = self.read(shapes.ChangeInput)
        given = body.validated_data
        changed = log.change(
            log_action=row,
            owner=self.owner(row.group, given["owner"]),
            due_on=given["due_on"],
            reason=given["reason"],
            base_version=given["base_version"],
            by=request.user,
        )
        return self.shown(changed)
