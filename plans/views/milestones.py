"""One milestone, now or as at a moment: its figures, the way to sign-off, and what happened to it."""

import datetime as dt

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hertsend.accounts import permissions as people_permissions
from hertsend.accounts.models import PostHolding
from hertsend.charts import date_line
from plans import permissions, selectors
from plans.enums import Stage, StageAct
from plans.models import Evidence, Milestone, StageChange
from plans.selectors import Moment, timeline
from plans.views.context import (
    milestone_or_404,
    seen_of_updates,
)
from plans.views.frame import milestone_frame
from plans.views.moments import line_as_at, moment_asked
from plans.views.reviews import recurring

PAGE_SIZE = 25
LATEST_UPDATES = 4


@require_safe
def milestone_detail(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """One milestone: dates, leads, the way to sign-off, and what happened."""
    milestone = milestone_or_404(request, plan, key)
    seen = seen_of_updates(request, milestone.plan)
    moment = moment_asked(request, milestone.plan)
    line = line_as_at(request, milestone, moment)
    entries = timeline.timeline_of(milestone, visible=seen, at=moment.at)
    context = milestone_frame(request, milestone, moment, current="Overview") | {
        "line": line,
        "entries": entries[:LATEST_UPDATES],
        "more": len(entries) > LATEST_UPDATES,
        "drawing": _drawing(line, moment),
        "holders": _holders(request, milestone, on=moment.on) if "people" in seen else [],
        "steps": _steps(line.stage),
        "pieces": list(_pieces(request, milestone, moment)),
        "shows_sharing": "what_happened" in seen,
        "signature": _signature(milestone, line.stage, moment) if "what_happened" in seen else None,
        "exception": milestone.exceptions.open_at(moment.at).first(),
        **recurring(request, milestone, moment),
    }
    return render(request, "plans/milestone_detail.html", context)


def _pieces(request: HttpRequest, milestone: Milestone, moment: Moment) -> QuerySet[Evidence]:
    """The evidence that the reader may see and that was there at the moment."""
    rows = permissions.visible_to(request.user, Evidence).filter(milestone=milestone)
    rows = rows if moment.at is None else rows.filter(added_at__lte=moment.at)
    return rows.select_related("file")


def _signature(milestone: Milestone, stage: Stage, moment: Moment) -> StageChange | None:
    """The signature that stands, or stood at the moment, whose sheet can be read."""
    if stage != Stage.SIGNED_OFF:
        return None
    signed = milestone.stage_changes.filter(act=StageAct.SIGNED_OFF).select_related("by")
    signed = signed if moment.at is None else signed.filter(at__lte=moment.at)
    return signed.order_by("-version").first()


def _drawing(line: selectors.MilestoneLine, moment: Moment) -> str:
    if line.due_on is None:
        return ""
    return date_line(
        published=line.due_on,
        agreed=line.agreed_on,
        forecast=line.forecast_on,
        today=moment.on,
        is_past=moment.is_past,
        identifier="dates",
    )


def _holders(request: HttpRequest, milestone: Milestone, *, on: dt.date) -> list[PostHolding]:
    posts = [lead.post_id for lead in milestone.milestone_leads.all()]
    return list(
        people_permissions.visible_to(request.user, PostHolding)
        .current(on)
        .filter(post__in=posts)
        .select_related("post", "user")
        .order_by("post__title", "is_deputy", "pk")
    )


def _steps(stage: Stage) -> list[dict[str, str]]:
    """The way to sign-off as the page draws it."""
    order = [Stage.IN_PROGRESS, Stage.PROPOSED_COMPLETE, Stage.SIGNED_OFF]
    titles = ["In progress", "Lead proposes complete", "Joint chair signs"]
    reached = order.index(stage) if stage in order else -1
    return [
        {"title": title, "state": _step_state(position, reached, stage)}
        for position, title in enumerate(titles)
    ]


def _step_state(position: int, reached: int, stage: str) -> str:
    if position < reached or stage == Stage.SIGNED_OFF:
        return "done"
    return "current" if position == reached else "todo"


@require_safe
def milestone_updates(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Everything that happened to a milestone."""
    milestone = milestone_or_404(request, plan, key)
    moment = moment_asked(request, milestone.plan)
    seen = seen_of_updates(request, milestone.plan)
    entries = timeline.timeline_of(milestone, visible=seen, at=moment.at)
    context = milestone_frame(request, milestone, moment, current="Updates") | {"entries": entries}
    return render(request, "plans/milestone_updates.html", context)


@require_safe
def milestone_history(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Every change in sentences: who, when and why, as far as the reader may see it."""
    milestone = milestone_or_404(request, plan, key)
    moment = moment_asked(request, milestone.plan)
    seen = seen_of_updates(request, milestone.plan)
    trail = timeline.history_of(milestone, visible=seen, at=moment.at)
    page = Paginator(trail, PAGE_SIZE).get_page(request.GET.get("page"))
    context = milestone_frame(request, milestone, moment, current="History") | {"page": page}
    return render(request, "plans/milestone_history.html", context)
