"""A person's calendar for a program of their own: its page, its address shown once, and the feed."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from governance.permissions import meetings as permissions
from governance.selectors import meetings as reads
from governance.services import feeds
from governance.views import ics
from governance.views.of_meetings import list_url
from hertsend import dates
from hertsend.errors import NotAllowed
from plans.models import Plan
from plans.views.context import crumbs, plan_or_404


def _plan(request: HttpRequest, slug: str) -> Plan:
    """The plan, for somebody who has meetings in it. Raises ``NotAllowed`` for others."""
    plan = plan_or_404(request, slug)
    if not permissions.may_have_feed(request.user, plan):
        raise NotAllowed(feeds.WITHOUT_MEETINGS)
    return plan


def _page(request: HttpRequest, plan: Plan, *, address: str = "") -> HttpResponse:
    context = {
        "plan": plan,
        "feed": reads.open_feed(plan, request.user),
        "address": address,
        "crumbs": crumbs(plan, ("Meetings", list_url(plan)), ("Your calendar", "")),
    }
    return render(request, "governance/meeting_feed.html", context)


@require_safe
def meeting_feed(request: HttpRequest, plan: str) -> HttpResponse:
    """Whether the reader has a calendar, and how to have one."""
    return _page(request, _plan(request, plan))


@require_POST
def meeting_feed_make(request: HttpRequest, plan: str) -> HttpResponse:
    """Make the reader's calendar and show its address, this once."""
    row = _plan(request, plan)
    key = feeds.make_feed(plan=row, by=request.user)
    path = reverse("governance:calendar-feed", args=[row.slug, key])
    return _page(request, row, address=f"{settings.SITE_ORIGIN}{path}")


@require_POST
def meeting_feed_revoke(request: HttpRequest, plan: str) -> HttpResponse:
    """End the reader's calendar at once."""
    row = _plan(request, plan)
    if feeds.revoke_feed(plan=row, by=request.user):
        messages.success(request, "Your calendar has ended. Its address opens nothing any more.")
    else:
        messages.info(request, "You have no calendar.")
    return redirect("governance:meeting-feed", plan=row.slug)


@login_not_required
@require_safe
def calendar_feed(_request: HttpRequest, plan: str, token: str) -> HttpResponse:
    """The meetings that the calendar's person may open at this moment; 404 once there are none to see.

    Its address is its key: it needs no sign-in, gives nothing else, and says nothing of why it fails.
    """
    feed = reads.feed_of_key(slug=plan, key=token)
    if feed is None or not permissions.may_have_feed(feed.person, feed.plan):
        raise Http404
    rows = permissions.read_meetings(feed.person).filter(group__plan=feed.plan)
    rows = rows.select_related("group__plan").order_by("starts_at", "pk")
    name = f"Meetings: {feed.plan.partnership.name}"
    return ics.answer(ics.calendar_of(rows, name=name, at=dates.now()), file_name="meetings.ics")
