"""What is found by words of what groups keep: meetings, decisions, log actions and risks."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from governance import permissions
from governance.models import Decision, LogAction
from governance.permissions.meetings import read_meetings, visible_items, visible_meetings
from governance.permissions.records import seen_of, visible_records
from governance.permissions.risks import visible_risks
from hertsend import dates
from hertsend.records.search import Found, Searched
from plans.models import Plan

OF_DECISIONS = ("title", "decided", "reasons", "reason_for_change", "internal_note")
OF_LOG_ACTIONS = ("task", "closing_note")
OF_RISKS = ("event", "cause", "effect", "controls", "gaps")


def _meetings(user: Any, plan: Plan) -> Iterable[Found]:
    """Each meeting by its group and day; what it is about, by the items that the reader may see."""
    opened = set(read_meetings(user).values_list("pk", flat=True))
    items = visible_items(user).filter(meeting__group__plan=plan, withdrawn_reason="")
    said: dict[int, list[str]] = defaultdict(list)
    for item in items:
        said[item.meeting_id] += [item.title, item.minutes_text]
    listed = reverse("governance:meeting-list", args=[plan.slug])
    rows = visible_meetings(user).filter(group__plan=plan)
    for row in rows.select_related("group__plan").order_by("-starts_at", "pk"):
        day = dates.day_of(row.starts_at)
        title = f"{row.group.name}, {day.day} {day:%B %Y}"
        yield Found(
            title=title,
            url=row.get_absolute_url() if row.pk in opened else listed,
            texts={
                "title": title,
                "place": row.place if row.pk in opened else "",
                "agenda": " ".join(said[row.pk]),
            },
        )


def _decisions(user: Any, plan: Plan) -> Iterable[Found]:
    rows = visible_records(user, Decision).filter(group__plan=plan)
    for row in rows.select_related("group__plan").order_by("-taken_on", "-pk").distinct():
        yield Found(
            title=f"{row.group.name} {row.number}: {row.title}",
            url=row.get_absolute_url(),
            texts={name: getattr(row, name) for name in OF_DECISIONS},
        )


def _of_decisions(user: Any, plan: Plan) -> frozenset[str]:
    return seen_of(user, plan)[Decision] & set(OF_DECISIONS)


def _log_actions(user: Any, plan: Plan) -> Iterable[Found]:
    rows = visible_records(user, LogAction).filter(group__plan=plan)
    for row in rows.select_related("group__plan", "owner").order_by("due_on", "pk").distinct():
        yield Found(
            title=f"{row.group.name} {row.number}: {row.task}",
            url=row.get_absolute_url(),
            texts={
                **{name: getattr(row, name) for name in OF_LOG_ACTIONS},
                "owner": row.owner.name,
            },
        )


def _of_log_actions(user: Any, plan: Plan) -> frozenset[str]:
    return seen_of(user, plan)[LogAction] & {*OF_LOG_ACTIONS, "owner"}


def _risks(user: Any, plan: Plan) -> Iterable[Found]:
    for row in visible_risks(user).filter(plan=plan).select_related("plan", "owner").distinct():
        yield Found(
            title=f"{row.key} {row.event}",
            url=row.get_absolute_url(),
            texts={
                **{name: getattr(row, name) for name in OF_RISKS},
                "owner": row.owner.name if row.owner else "",
            },
        )


def _of_risks(user: Any, plan: Plan) -> frozenset[str]:
    shown = frozenset(OF_RISKS)
    return shown | {"owner"} if permissions.reads_people(user, plan) else shown


OF_RECORDS: tuple[Searched, ...] = (
    Searched("decisions", "Decisions", _decisions, _of_decisions),
    Searched("log-actions", "Log actions", _log_actions, _of_log_actions),
    Searched("risks", "Risks", _risks, _of_risks),
    Searched(
        "meetings",
        "Meetings",
        _meetings,
        lambda _user, _plan: frozenset({"title", "place", "agenda"}),
    ),
)
"""The kinds of what groups keep, in the order in which they are listed."""
