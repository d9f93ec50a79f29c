"""What a meeting has before it by itself: open log actions, what is asked of its group, what it decided."""

from typing import Any

from django.http import HttpRequest

from governance.enums import MeetingState
from governance.models import Meeting
from governance.permissions import records as rights
from governance.permissions.records import Reader
from governance.selectors.decisions import decision_lines, request_lines, requests_before
from governance.selectors.log import carried_to, log_lines, open_first
from hertsend import dates


def records_of(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """The records of a meeting that its reader may see; what was closed before it began is not among them."""
    reader, today = Reader.of(request.user, meeting.group.plan), dates.today()
    actions = open_first(carried_to(meeting, reader.log_actions))
    raised = open_first(reader.log_actions.filter(meeting=meeting))
    has_begun = meeting.starts_at <= dates.now() and meeting.state != MeetingState.CANCELLED
    return {
        "log": log_lines(actions, reader, on=today),
        "raised": log_lines(raised, reader, on=today),
        "takes_decisions": has_begun and rights.may_take(request.user, meeting.group),
        "raises_actions": has_begun and rights.may_keep_log(request.user, meeting.group),
        "asked": request_lines(requests_before(meeting, reader.requests), reader),
        "decided": decision_lines(reader.decisions.filter(meeting=meeting), reader),
    }
