"""What of governance waits for people: decisions that a group was asked for, for its chairs."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.urls import reverse

from governance.models import DecisionRequest
from governance.selectors.decisions import chairs_by_group, waiting_requests
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.jobs.matters import Asked, Group, Matter, Urgency, asked_on, source
from hertsend.ui.templatetags.ui import long_date
from plans.models import Plan

ASKED = Group(
    "Decisions asked of your groups",
    "decision asked for",
    "decisions asked for",
    Urgency.DECIDE,
)
NOBODY_CHAIRS = "Nobody with an account who may decide it chairs this group now"


@source("governance.decisions_asked")
def decisions_asked(asked: Asked) -> Mapping[int, Sequence[Matter]]:
    """A decision that waits: for the chairs of its group but for who asked. Three queries.

    Where no chair can take it, the programme office is told, so that it does not lie unseen.
    """
    plan, on, held = asked.plan, asked.on, asked.held
    chairs = chairs_by_group(plan, on=asked.held_on)
    offices = access.who_may(held, Permission.KEEP_LOG, partnership_id=plan.partnership_id)
    found: dict[int, list[Matter]] = defaultdict(list)
    rows = waiting_requests(DecisionRequest.objects.filter(group__plan=plan))
    for row in rows.select_related("group"):
        deciders = [each for each in chairs[row.group_id] if each in held]
        deciders = [each for each in deciders if each != row.asked_by_id]
        matter = _matter(row, plan, on=on, has_chair=bool(deciders))
        for person in deciders or offices:
            found[person].append(matter)
    return found


def _matter(row: DecisionRequest, plan: Plan, *, on: dt.date, has_chair: bool) -> Matter:
    asked = dates.day_of(row.asked_at)
    wanted = f", needed by {long_date(row.wanted_by)}" if row.wanted_by else ""
    note = "" if has_chair else f". {NOBODY_CHAIRS}"
    page = "decision-request-take" if has_chair else "decision-request-detail"
    return Matter(
        group=ASKED,
        sentence=f"{row.group.name}: {row.question}",
        detail=f"Asked for on {long_date(asked)}{wanted}{note}",
        path=reverse(f"governance:{page}", args=[plan.slug, row.group.key, row.number]),
        action="Decide on it" if has_chair else "Read it",
        day=asked,
        step=asked_on(asked, on=on),
    )
