"""Meetings: the calendar of all groups, one meeting with agenda and minutes, and its calendar file."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.enums import MeetingState
from governance.forms.meetings import MeetingFilterForm
from governance.models import Meeting
from governance.permissions import meetings as permissions
from governance.policies.meetings import AHEAD, OPEN
from governance.selectors import meetings as reads
from governance.views import ics
from governance.views.meeting_records import records_of
from governance.views.of_meetings import crumbs_of, list_url, meeting_or_404
from governance.views.standing import live_pages
from hertsend import dates
from plans.views.context import crumbs, plan_or_404

PAGE_SIZE = 25


@require_safe
def meeting_list(request: HttpRequest, plan: str) -> HttpResponse:
    """When the groups of a plan meet: what is to come, or what has been."""
    row = plan_or_404(request, plan)
    seen = permissions.visible_meetings(request.user).filter(group__plan=row)
    form = MeetingFilterForm(request.GET, groups=row.groups.all(), auto_id="filter_%s")
    form.is_valid()
    past = form.cleaned_data.get("when") == "past"
    now = dates.now()
    chosen = seen.filter(ends_at__lt=now) if past else seen.filter(ends_at__gte=now)
    if group := form.cleaned_data.get("group"):
        chosen = chosen.filter(group__key=group)
    opened = set(
        permissions.read_meetings(request.user).filter(group__plan=row).values_list("pk", flat=True)
    )
    lines = reads.meeting_lines(chosen, opened=opened)
    page = Paginator(lines[::-1] if past else lines, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "plan": row,
        "form": form,
        "page": page,
        "lines": page.object_list,
        "past": past,
        "has_any": seen.exists(),
        "active": _active(form, list_url(row)),
        "here": list_url(row),
        "manages": permissions.keeps_meetings(request.user, row),
        "groups": row.groups.filter(ended_on=None),
        "has_feed": permissions.may_have_feed(request.user, row),
        "crumbs": crumbs(row, ("Meetings", "")),
    }
    return render(request, "governance/meeting_list.html", context)


def _active(form: MeetingFilterForm, here: str) -> list[dict[str, str]]:
    """The filter that is set, with the address without it."""
    key = form.cleaned_data.get("group")
    names = dict(form.fields["group"].choices)
    return [{"label": names[key], "remove_url": here}] if key else []


@require_safe
def meeting_detail(request: HttpRequest, plan: str, key: str, meeting: int) -> HttpResponse:
    """One meeting: to its members all of it, to others its date."""
    row = meeting_or_404(request, plan, key, meeting)
    rights = permissions.rights_in(request.user, row.group)
    context: dict[str, Any] = {
        "plan": row.group.plan,
        "meeting": row,
        "rights": rights,
        "is_cancelled": row.state == MeetingState.CANCELLED,
        "crumbs": crumbs_of(row),
    }
    if rights.reads:
        context |= _all_of(request, row, rights) | records_of(request, row)
    return render(request, "governance/meeting_detail.html", context)


def _all_of(
    request: HttpRequest, row: Meeting, rights: permissions.MeetingRights
) -> dict[str, Any]:
    """What only those see who open the meeting."""
    user, state = request.user, MeetingState(row.state)
    items = permissions.visible_items(user)
    agenda = reads.agenda_of(row, items=items, papers=permissions.visible_papers(user))
    attenders = reads.attendance_of(row, with_names=rights.reads_people)
    is_open = state in OPEN
    live = live_pages(user, row, agenda) if is_open else {}
    trail = reads.history_of(row, show_people=rights.reads_people)
    return {
        "agenda": [(line, live.get(line.item.kind, ())) for line in agenda],
        "withdrawn": reads.withdrawn_items(row, items=items),
        "minutes_total": sum(line.item.duration for line in agenda),
        "ends_of_agenda": reads.end_of_agenda(agenda, row),
        "attenders": attenders,
        "noted": [each for each in attenders if each.mark],
        "interests": reads.interests_of(row, interests=permissions.visible_interests(user)),
        "edits": rights.edits_agenda and is_open,
        "manages": rights.manages and state in AHEAD,
        "can_send": rights.edits_agenda and state == MeetingState.PLANNED and bool(agenda),
        "can_hold": rights.edits_agenda
        and state == MeetingState.AGENDA_OUT
        and row.starts_at <= dates.now(),
        "waits_to_be_held": rights.edits_agenda and state in AHEAD and row.ends_at <= dates.now(),
        "takes_minutes": rights.edits_agenda and state == MeetingState.HELD,
        "can_reopen": rights.manages and state == MeetingState.MINUTES_AGREED,
        "can_agree": rights.chairs and state == MeetingState.HELD,
        "fingerprint": reads.minutes_fingerprint(row) if state == MeetingState.HELD else "",
        "page": Paginator(trail, PAGE_SIZE).get_page(request.GET.get("page")),
    }


@require_safe
def meeting_file(request: HttpRequest, plan: str, key: str, meeting: int) -> HttpResponse:
    """One meeting as a file for a calendar, for those who may come."""
    row = meeting_or_404(request, plan, key, meeting)
    permissions.require_reading(request.user, row.group)
    name = f"{row.group.key}-{dates.day_of(row.starts_at).isoformat()}.ics"
    return ics.answer(ics.calendar_of([row], name=row.group.name, at=dates.now()), file_name=name)
