"""What comes again and waits: occurrences to record, for who answers; rules to confirm, for the office."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.urls import reverse

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
)
from hertsend.ui.templatetags.ui import count_of
from plans import selectors
from plans.models import Plan
from plans.selectors import OpenCommitment

MISSED = Group(
    "Came again, and nothing was recorded",
    "promise without a record",
    "promises without a record",
    Urgency.LATE,
)
COMES_AGAIN = Group(
    "Comes again soon", "promise that comes again", "promises that come again", Urgency.SOON
)
RULES = Group(
    "Promises that come again, for you to confirm",
    "list of rules to confirm",
    "lists of rules to confirm",
    Urgency.DECIDE,
)
ASK_THE_OFFICE = (
    "You can only read it: please tell the programme office, which records what was done"
)
ONE_WEEK = dt.timedelta(days=7)


@source("plans.commitments")
def commitments(asked: Asked) -> Mapping[int, Sequence[Matter]]:
    """What was not recorded in time or ends soon, for who answers for it; rules for the office."""
    plan, on, held = asked.plan, asked.on, asked.held
    waiting = selectors.occurrences_to_record(plan, on=on, held_on=asked.held_on, held=held)
    found = {
        person: [_occurrence(each, plan, on=on) for each in rows]
        for person, rows in waiting.items()
    }
    count, since = selectors.commitments_to_confirm(plan)
    if since is not None:
        confirming = Permission.CONFIRM_COMMITMENT
        for person in access.who_may(held, confirming, partnership_id=plan.partnership_id):
            found.setdefault(person, []).append(_rules(plan, count, since, on=on))
    return found


def _occurrence(waiting: OpenCommitment, plan: Plan, *, on: dt.date) -> Matter:
    line, window = waiting.line, waiting.occurrence.window
    more = f"; {waiting.count} times without a record" if waiting.count > 1 else ""
    detail = f"{waiting.occurrence.label}{more}"
    act = "Record it" if waiting.may_record else "Read"
    if waiting.is_missed:
        step = asked_on(window.ends_on, on=on)
    else:
        step = last_reached([Step(window.ends_on - ONE_WEEK, "a week before its end")], on=on)
    return Matter(
        group=MISSED if waiting.is_missed else COMES_AGAIN,
        sentence=line.title,
        detail=detail if waiting.may_record else f"{detail}. {ASK_THE_OFFICE}",
        path=reverse("plans:commitment-detail", args=[plan.slug, line.key]),
        action=f"{act}: {line.title}",
        day=window.ends_on,
        step=step,
    )


def _rules(plan: Plan, count: int, since: dt.date, *, on: dt.date) -> Matter:
    return Matter(
        group=RULES,
        sentence=f"{count_of(count, 'rule,rules')} of the plan still to confirm",
        detail="Until then nothing of them is counted",
        path=reverse("plans:commitment-list", args=[plan.slug]),
        action="Confirm how they come again",
        day=since,
        step=asked_on(since, on=on),
    )
