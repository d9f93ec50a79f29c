"""What of governance waits for people: returns to hand in, returns that are missing, returns to check."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.urls import reverse

from governance import policies, selectors
from governance.enums import Chased, ReturnState
from governance.models import Return
from governance.selectors import ReturnLine
from governance.selectors.return_words import left_to_do
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission, Role
from hertsend.jobs.matters import Asked, Group, Matter, Step, Urgency, source
from hertsend.ui.templatetags.ui import full_date, long_date
from hertsend.ui.words import count_of
from plans.models import Plan
from plans.policies import PERIODS_ACCEPTING_UPDATES

TO_HAND_IN = Group("Returns to hand in", "return to hand in", "returns to hand in", Urgency.CLOSING)
NOT_HANDED_IN = Group(
    "Returns not handed in", "return not handed in", "returns not handed in", Urgency.LATE
)
TO_CHECK = Group("Returns to check", "return to check", "returns to check", Urgency.DECIDE)
NOBODY_LEADS = "Nobody leads this workstream now"


@source("governance.missing_returns")
def missing_returns(asked: Asked) -> Mapping[int, Sequence[Matter]]:
    """A return that is not handed in: for its leads and deputies, then the office, then the executive.

    One matter for each return and person, as a lead where they are several of these. Where nobody
    leads, the programme office is told when a lead would be.
    """
    plan, on, held = asked.plan, asked.on, asked.held
    offices = access.in_role(held, Role.PROGRAMME_OFFICE)
    chairs = access.in_role(held, Role.EXECUTIVE_CHAIR)
    found: dict[int, list[Matter]] = defaultdict(list)
    for line in selectors.missing_returns(plan, on=on):
        leads = access.leads_of(held, line.workstream.key, partnership_id=plan.partnership_id)
        told = {person: _for_chair(line, on=on) for person in chairs}
        told |= {person: _for_office(line, on=on, has_lead=bool(leads)) for person in offices}
        told |= {person: _for_lead(line, on=on) for person in leads}
        for person, matter in told.items():
            if matter is not None:
                found[person].append(matter)
    return found


@source("governance.returns_to_check")
def returns_to_check(asked: Asked) -> Mapping[int, Sequence[Matter]]:
    """Returns that were handed in, for whoever may accept them: listed, never told by themselves."""
    plan = asked.plan
    waiting = Return.objects.filter(
        period__plan=plan,
        period__state__in=PERIODS_ACCEPTING_UPDATES,
        state=ReturnState.SUBMITTED,
    ).select_related("period", "workstream")
    deciders = access.who_may(
        asked.held, Permission.DECIDE_RETURN, partnership_id=plan.partnership_id
    )
    return {
        person: [_to_check(row, plan) for row in waiting if row.submitted_by_id != person]
        for person in deciders
    }


# --- the words ------------------------------------------------------------------------------------


def _for_lead(line: ReturnLine, *, on: dt.date) -> Matter | None:
    stored = line.stored
    was_sent_back = stored is not None and stored.state == ReturnState.SENT_BACK
    sent_back_on = dates.day_of(stored.decided_at) if was_sent_back else None
    step = policies.lead_step(due_on=line.period.due_on, sent_back_on=sent_back_on, on=on)
    return _matter(
        line,
        step,
        on=on,
        sentence=f"{_named(line)}: {_what_is_left(line, was_sent_back=was_sent_back)}",
        path=_path("return-detail", line, line.workstream.key),
        action=f"Open the {line.period.label} return of {line.workstream.key}",
    )


def _for_office(line: ReturnLine, *, on: dt.date, has_lead: bool) -> Matter | None:
    whom = Chased.OFFICE if has_lead else Chased.LEAD
    step = policies.chase_step(whom, due_on=line.period.due_on, on=on)
    return _for_watchers(line, step, on=on, note="" if has_lead else f". {NOBODY_LEADS}")


def _for_chair(line: ReturnLine, *, on: dt.date) -> Matter | None:
    step = policies.chase_step(Chased.EXECUTIVE_CHAIR, due_on=line.period.due_on, on=on)
    return _for_watchers(line, step, on=on)


def _for_watchers(
    line: ReturnLine, step: Step | None, *, on: dt.date, note: str = ""
) -> Matter | None:
    asked = count_of(line.asked, "milestone", "milestones")
    what = f"{len(line.missing)} of {asked} without an update"
    return _matter(
        line,
        step,
        on=on,
        sentence=f"{_named(line)}: not handed in, {what}{note}",
        path=_path("return-list", line),
        action=f"See the {line.period.label} returns",
    )


def _matter(
    line: ReturnLine, step: Step | None, *, on: dt.date, sentence: str, path: str, action: str
) -> Matter | None:
    """Nothing before the first rung and once it is history."""
    if step is None:
        return None
    due_on = line.period.due_on
    return Matter(
        group=NOT_HANDED_IN if on > due_on else TO_HAND_IN,
        sentence=sentence,
        detail=_when(line, on=on),
        path=path,
        action=action,
        day=due_on,
        step=step,
    )


def _named(line: ReturnLine) -> str:
    return f"{line.period.label} return of {line.workstream.key} {line.workstream.name}".strip()


def _what_is_left(line: ReturnLine, *, was_sent_back: bool) -> str:
    left, expected = len(line.left), len(line.expected)
    if was_sent_back:
        return "sent back, to be put right and submitted again"
    if left:
        of_all = f"{left} of {count_of(expected, 'milestone', 'milestones')}"
        return f"{of_all} left: {left_to_do(line)}"
    if expected:
        return f"{count_of(expected, 'milestone is', 'milestones are')} ready, to be submitted"
    return "no milestone needs an update, it only has to be submitted"


def _when(line: ReturnLine, *, on: dt.date) -> str:
    """Until when, or since when, and what its month's freeze means for it."""
    period = line.period
    late = dates.working_days_between(period.due_on, on)
    days = count_of(late, "working day", "working days")
    if on <= period.due_on:
        return "Due today" if on == period.due_on else f"Due {full_date(period.due_on)}"
    due = f"Due {long_date(period.due_on)}, {days} late"
    if period.state in PERIODS_ACCEPTING_UPDATES:
        return f"{due}; the month is frozen as {full_date(period.freezes_on)} begins"
    return f"{due}. The month is frozen: only the programme office can reopen it, with a reason"


def _to_check(row: Return, plan: Plan) -> Matter:
    label, key = row.period.label, row.workstream.key
    return Matter(
        group=TO_CHECK,
        sentence=f"{label} return of {key} {row.workstream.name}".strip(),
        detail=f"Submitted {long_date(row.submitted_at)}",
        path=reverse("governance:return-check", args=[plan.slug, f"{row.period.month:%Y-%m}", key]),
        action=f"Check the {label} return of {key}",
        day=dates.day_of(row.submitted_at),
        step=None,
    )


def _path(name: str, line: ReturnLine, *more: str) -> str:
    month = f"{line.period.month:%Y-%m}"
    return reverse(f"governance:{name}", args=[line.period.plan.slug, month, *more])
