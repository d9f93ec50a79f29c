"""What of the plan waits for people: milestones, dates to decide, questions, escalations, deep dives."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.urls import reverse

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.jobs.matters import (
    Asked,
    Group,
    Matter,
    Step,
    Urgency,
    asked_on,
    last_reached,
    source,
    waiting_step,
)
from hertsend.ui.templatetags.ui import days, long_date
from plans import permissions, policies, selectors
from plans.enums import MilestoneKind
from plans.matters.impact import rating_path
from plans.matters.naming import about, path_of
from plans.models import DeepDive, Milestone
from plans.selectors import Duty, queues
from plans.selectors.date_requests import requesters_of

OVERDUE = Group("Overdue", "overdue milestone", "overdue milestones", Urgency.LATE)
SOON = Group(
    f"Due in the next {policies.REMINDED_DAYS_AHEAD} days",
    "milestone due soon",
    "milestones due soon",
    Urgency.SOON,
)
DATES = Group("Dates to decide", "date to decide", "dates to decide", Urgency.DECIDE)
QUESTIONS = Group(
    "Questions to answer", "question to answer", "questions to answer", Urgency.DECIDE
)
ESCALATIONS = Group(
    "With the Executive", "escalation to answer", "escalations to answer", Urgency.DECIDE
)
DIVES = Group("Deep dives", "deep dive", "deep dives", Urgency.SOON)
DIVE_TOLD_DAYS_BEFORE = 7
ASK_THE_OFFICE = "You can only read it: please tell the programme office, which records your update"


@source("plans.milestones")
def milestones(asked: Asked) -> Mapping[int, Sequence[Matter]]:
    """Overdue milestones, and those due within seven days, for who leads them. Six queries."""
    plan, on, held = asked.plan, asked.on, asked.held
    found = selectors.duties_by_person(plan, on=on, held_on=asked.held_on, held=held)
    return {
        person: [
            _matter(duty, on=on, may_update=_may_update(held[person], duty)) for duty in duties
        ]
        for person, duties in found.items()
    }


def _may_update(held: access.Access, duty: Duty) -> bool:
    return held.may(
        Permission.UPDATE_MILESTONE,
        partnership_id=duty.milestone.plan.partnership_id,
        workstream_key=duty.milestone.action.workstream.key,
    )


def _matter(duty: Duty, *, on: dt.date, may_update: bool) -> Matter:
    row = duty.milestone
    path, action = _door(row, may_update=may_update)
    return Matter(
        group=OVERDUE if duty.is_overdue else SOON,
        sentence=f"{row.key}: {row.text}",
        detail=_detail(duty) if may_update else f"{_detail(duty)}. {ASK_THE_OFFICE}",
        path=path,
        action=action,
        day=duty.date_in_force,
        step=policies.reminder_step(duty.date_in_force, on=on),
    )


def _door(row: Milestone, *, may_update: bool) -> tuple[str, str]:
    """Where something is done about a milestone, and what: a review of impact is a rating."""
    if not may_update:
        return reverse("plans:milestone-detail", args=[row.plan.slug, row.key]), f"Read {row.key}"
    if row.kind == MilestoneKind.IMPACT_REVIEW:
        return rating_path(row), f"Rate the impact of {row.action.key}"
    return reverse("plans:milestone-update", args=[row.plan.slug, row.key]), f"Update {row.key}"


def _detail(duty: Duty) -> str:
    """When it is due, for how long it has been overdue, and the plan's own words if it was moved."""
    when = f"{'Agreed for' if duty.agreed_on else 'Due'} {long_date(duty.date_in_force)}"
    overdue = f", {days(duty.days_overdue)} overdue" if duty.is_overdue else ""
    published = f" (the plan says: {duty.milestone.due_text})" if duty.agreed_on else ""
    return when + overdue + published


@source("plans.date_requests")
def date_requests(asked: Asked) -> Mapping[int, Sequence[Matter]]:
    """Requests for new dates, for the joint chairs who may decide them. Nine queries."""
    plan, on, held = asked.plan, asked.on, asked.held
    waiting = queues.open_requests(plan)
    barred = requesters_of(waiting, on=asked.held_on)
    found: dict[int, list[Matter]] = defaultdict(list)
    for row in waiting:
        matter = Matter(
            group=DATES,
            sentence=about(row.milestone),
            detail=f"A new date, {long_date(row.asked_for_on)}, was asked for on "
            f"{long_date(dates.day_of(row.requested_at))}",
            path=path_of("date-request-detail", row.milestone, row.number),
            action=f"Decide on {row.milestone.key}",
            day=dates.day_of(row.requested_at),
            step=asked_on(dates.day_of(row.requested_at), on=on),
        )
        for person in _who(held, Permission.DECIDE_DATE_CHANGE, row.milestone):
            if person not in barred[row.pk]:
                found[person].append(matter)
    return found


@source("plans.questions")
def questions(asked: Asked) -> Mapping[int, Sequence[Matter]]:
    """Unanswered questions, for the workstream's leads, or the office where nobody leads. Three queries."""
    plan, on, held = asked.plan, asked.on, asked.held
    found: dict[int, list[Matter]] = defaultdict(list)
    for row in queues.unanswered_questions(plan):
        day = dates.day_of(row.at)
        matter = Matter(
            group=QUESTIONS,
            sentence=about(row.milestone),
            detail=f"A question was asked on {long_date(day)}",
            path=path_of("question-answer", row.milestone, row.number),
            action=f"Answer on {row.milestone.key}",
            day=day,
            step=asked_on(day, on=on),
        )
        for person in _leads_else_office(held, row.milestone) - {row.by_id}:
            found[person].append(matter)
    return found


@source("plans.escalations")
def escalations(asked: Asked) -> Mapping[int, Sequence[Matter]]:
    """What is with the Executive, for its chair and members but who escalated. Three queries."""
    plan, on, held = asked.plan, asked.on, asked.held
    found: dict[int, list[Matter]] = defaultdict(list)
    for row in queues.open_escalations(plan):
        day = dates.day_of(row.escalated_at)
        matter = Matter(
            group=ESCALATIONS,
            sentence=about(row.milestone),
            detail=f"Escalated on {long_date(day)}",
            path=path_of("escalation-answer", row.milestone, row.number),
            action=f"Answer on {row.milestone.key}",
            day=day,
            step=asked_on(day, on=on),
        )
        for person in _who(held, Permission.ANSWER_ESCALATION, row.milestone):
            if person != row.escalated_by_id:
                found[person].append(matter)
    return found


@source("plans.deep_dives")
def deep_dives(asked: Asked) -> Mapping[int, Sequence[Matter]]:
    """Deep dives coming up, for who asked and who leads; once past, for who asked. Three queries."""
    plan, on, held = asked.plan, asked.on, asked.held
    found: dict[int, list[Matter]] = defaultdict(list)
    for row in queues.planned_deep_dives(plan):
        is_past = row.planned_on < on
        if (row.planned_on - on).days > DIVE_TOLD_DAYS_BEFORE:
            continue
        asker = {row.asked_by_id} & set(held)
        leads = set() if is_past else _leads_else_office(held, row.milestone) - asker
        for person in asker:
            found[person].append(_dive(row, on=on, records=is_past))
        for person in leads:
            found[person].append(_dive(row, on=on, records=False))
    return found


def _dive(row: DeepDive, *, on: dt.date, records: bool) -> Matter:
    day = row.planned_on
    past = Step(day + dt.timedelta(days=1), "past")
    ahead = [
        Step(day - dt.timedelta(days=DIVE_TOLD_DAYS_BEFORE), "-7"),
        Step(day, "0"),
    ]
    page = "deep-dive-end" if records else "milestone-exceptions"
    return Matter(
        group=DIVES,
        sentence=about(row.milestone),
        detail=f"Deep dive on {long_date(day)}" + (": say whether it was held" if records else ""),
        path=path_of(page, row.milestone, *([row.number] if records else [])),
        action=f"{'Record' if records else 'Read'} {row.milestone.key}",
        day=day,
        step=waiting_step(past, on=on) if day < on else last_reached(ahead, on=on),
    )


def _who(
    held: Mapping[int, access.Access], permission: Permission, milestone: Milestone
) -> list[int]:
    """Everyone who holds the permission for a milestone."""
    return access.who_may(held, permission, **permissions.scope_of(milestone))


def _leads_else_office(held: Mapping[int, access.Access], milestone: Milestone) -> set[int]:
    """The leads of a milestone's workstream; where nobody leads it, the programme office."""
    partnership, stream = milestone.plan.partnership_id, milestone.action.workstream.key
    leads = set(access.leads_of(held, stream, partnership_id=partnership))
    return leads or set(_who(held, Permission.UPDATE_MILESTONE, milestone))
