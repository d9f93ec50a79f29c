"""Meetings as an iCalendar document (RFC 5545): only when and where, never what is on the agenda."""

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from icalendar import Calendar, Event

from governance.enums import MeetingState
from governance.models import Meeting
from hertsend.files.answering import NEVER_HERE, NOT_KEPT

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//hertsend//Meetings//EN"
ASK_AGAIN = dt.timedelta(hours=1)


def calendar_of(meetings: Iterable[Meeting], *, name: str, at: dt.datetime) -> bytes:
    """The meetings as one document, as they stand at a moment.

    An event keeps its identity when its meeting is moved or cancelled, so that a program which
    reads it again changes what it has.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"value": "DURATION"})
    for meeting in meetings:
        calendar.add_component(_event(meeting, at))
    return calendar.to_ical()


def answer(body: bytes, *, file_name: str) -> HttpResponse:
    """The document, to be saved or read by a program, never shown inside the site."""
    response = HttpResponse(body, content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = NEVER_HERE
    response.headers["Cache-Control"] = NOT_KEPT
    return response


def _event(meeting: Meeting, at: dt.datetime) -> Event:
    event = Event()
    is_cancelled = meeting.state == MeetingState.CANCELLED
    title = f"{meeting.group.name} (cancelled)" if is_cancelled else meeting.group.name
    event.add("uid", f"meeting-{meeting.pk}@{urlsplit(settings.SITE_ORIGIN).hostname}")
    event.add("dtstamp", at.astimezone(dt.UTC))
    event.add("sequence", meeting.version - 1)
    event.add("dtstart", meeting.starts_at.astimezone(dt.UTC))
    event.add("dtend", meeting.ends_at.astimezone(dt.UTC))
    event.add("summary", title)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("url", f"{settings.SITE_ORIGIN}{meeting.get_absolute_url()}")
    if meeting.place or meeting.link:
        event.add("location", meeting.place or meeting.link)
    if meeting.link:
        event.add("description", f"Join at {meeting.link}")
    return event
