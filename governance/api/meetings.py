"""Meetings as programs read them: dates for everyone who reads the plan, the rest for who may open them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.enums import AgendaKind, ItemPurpose, MeetingMark, MeetingState
from governance.models import DeclaredInterest, Meeting
from governance.permissions import meetings as permissions
from governance.selectors import meetings as reads
from hertsend.api.schema import answers, page_of
from hertsend.files.answering import as_download
from plans.api.serializers import hideable
from plans.api.views import OfPlan

OF_MEMBERS = frozenset(
    {
        *("place", "link", "moved_reason", "cancelled_reason", "reopened_reason"),
        *("agenda", "attendance", "interests"),
    }
)
"""The fields that only those see who may open the meeting."""


class MeetingSerializer(serializers.Serializer):
    """A meeting; place, link and reasons are absent for readers who see only its date."""

    group = serializers.CharField(source="meeting.group.key")
    number = serializers.IntegerField(source="meeting.number")
    starts_at = serializers.DateTimeField(source="meeting.starts_at")
    ends_at = serializers.DateTimeField(source="meeting.ends_at")
    state = serializers.ChoiceField(choices=MeetingState.choices, source="meeting.state")
    moved_from = serializers.DateTimeField(source="meeting.moved_from", allow_null=True)
    place = hideable(serializers.CharField, source="meeting.place")
    link = hideable(serializers.CharField, source="meeting.link")
    moved_reason = hideable(serializers.CharField, source="meeting.moved_reason")
    cancelled_reason = hideable(serializers.CharField, source="meeting.cancelled_reason")
    reopened_at = serializers.DateTimeField(source="meeting.reopened_at", allow_null=True)
    reopened_reason = hideable(serializers.CharField, source="meeting.reopened_reason")

    def to_representation(self, line: Any) -> dict[str, Any]:
        """The meeting, reduced to its date for whoever sees no more."""
        shown = super().to_representation(line)
        if line.opens:
            return shown
        return {name: value for name, value in shown.items() if name not in OF_MEMBERS}


class PaperSerializer(serializers.Serializer):
    """A paper of an item."""

    id = serializers.IntegerField(source="pk")
    title = serializers.CharField()
    name = serializers.CharField(source="file.name")
    media_type = serializers.CharField(source="file.media_type")
    size = serializers.IntegerField(source="file.size")


class ItemSerializer(serializers.Serializer):
    """An item of an agenda, with its minutes; ``duration`` is in minutes."""

    number = serializers.IntegerField()
    starts_at = serializers.DateTimeField()
    kind = serializers.ChoiceField(choices=AgendaKind.choices, source="item.kind")
    title = serializers.CharField(source="item.title")
    presenter = serializers.CharField(source="item.presenter")
    duration = serializers.IntegerField(source="item.duration")
    purpose = serializers.ChoiceField(choices=ItemPurpose.choices, source="item.purpose")
    is_officers_only = serializers.BooleanField(source="item.is_officers_only")
    minutes = serializers.CharField(source="item.minutes_text")
    papers = PaperSerializer(many=True)


class AttenderSerializer(serializers.Serializer):
    """Somebody who came, sent apologies, or in whose place somebody came."""

    who = serializers.CharField()
    capacity = serializers.CharField()
    organisation = serializers.CharField()
    mark = serializers.ChoiceField(choices=MeetingMark.choices)
    stand_in = serializers.CharField()


class InterestSerializer(serializers.Serializer):
    """A conflict of interest; ``item`` is the title of the item that it is on, "" for all."""

    who = serializers.CharField()
    item = serializers.CharField(source="item.title", default="")
    interest = serializers.CharField()
    what_was_done = serializers.CharField()


@dataclass(frozen=True)
class Opened:
    """A meeting as one reader sees it; without more than its date where ``opens`` is False."""

    meeting: Meeting
    opens: bool
    agenda: Sequence[reads.ItemLine] = ()
    attendance: Sequence[reads.Attender] = ()
    interests: Sequence[DeclaredInterest] = ()


class OpenedMeetingSerializer(MeetingSerializer):
    """A meeting with all that its members see of it; absent for readers who see only its date."""

    agenda = hideable(ItemSerializer, many=True)
    attendance = hideable(AttenderSerializer, many=True)
    interests = hideable(InterestSerializer, many=True)


class OfMeetings(OfPlan):
    """An endpoint of a plan's meetings."""

    def opened(self) -> set[int]:
        """The meetings of the plan that the reader may open."""
        rows = permissions.read_meetings(self.request.user)
        return set(rows.filter(group__plan=self.plan()).values_list("pk", flat=True))


class MeetingList(OfMeetings):
    """The meetings of a plan."""

    @extend_schema(
        operation_id="meetings_list", responses=answers(200, page_of(MeetingSerializer), 404)
    )
    def get(self, request: Request, plan: str) -> Response:
        """List the meetings of all groups, the earliest first."""
        rows = permissions.visible_meetings(request.user).filter(group__plan=self.plan())
        return self.page(reads.meeting_lines(rows, opened=self.opened()), MeetingSerializer)


class OfMeeting(OfMeetings):
    """An endpoint of one meeting."""

    parameters = frozenset()

    def meeting(self) -> Meeting:
        """The meeting of the address, for whoever may see its date."""
        rows = permissions.visible_meetings(self.request.user)
        return get_object_or_404(
            rows.select_related("group__plan__partnership"),
            group__plan=self.plan(),
            group__key=self.key(),
            number=self.kwargs["meeting"],
        )


class MeetingDetail(OfMeeting):
    """One meeting."""

    @extend_schema(
        operation_id="meetings_read", responses=answers(200, OpenedMeetingSerializer, 404)
    )
    def get(self, request: Request, plan: str, key: str, meeting: int) -> Response:
        """Show a meeting: its date, and to whoever may open it all that belongs to it."""
        row, user = self.meeting(), request.user
        found = Opened(row, opens=False)
        rights = permissions.rights_in(user, row.group)
        if rights.reads:
            papers = permissions.visible_papers(user)
            interests = permissions.visible_interests(user)
            attenders = reads.attendance_of(row, with_names=rights.reads_people)
            found = Opened(
                row,
                opens=True,
                agenda=reads.agenda_of(row, items=permissions.visible_items(user), papers=papers),
                attendance=[each for each in attenders if each.mark],
                interests=reads.interests_of(row, interests=interests),
            )
        return Response(OpenedMeetingSerializer(found).data)


class PaperFile(OfMeeting):
    """The file of a paper."""

    @extend_schema(
        operation_id="meeting_papers_file", responses=answers(200, OpenApiTypes.BINARY, 404)
    )
    def get(self, request: Request, plan: str, key: str, meeting: int, pk: int) -> HttpResponseBase:
        """Hand out a paper, to be saved."""
        row = self.meeting()
        permissions.require_reading(request.user, row.group)
        paper = get_object_or_404(
            permissions.standing_papers(request.user), item__meeting=row, pk=pk
        )
        return as_download(paper.file)
