"""What of governance waits for people: log actions, for their owners."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from governance.models import LogAction
from governance.policies.log import is_overdue, log_step
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.jobs.matters import Asked, Group, Matter, Urgency, source
from hertsend.ui.templatetags.ui import days, long_date

OVERDUE = Group("Log actions overdue", "overdue log action", "overdue log actions", Urgency.LATE)
SOON = Group("Log actions due soon", "log action due soon", "log actions due soon", Urgency.SOON)
OWNER_LEFT = "Its owner has no role here any more: give it to somebody else"


@source("governance.log_actions")
def log_actions(asked: Asked) -> Mapping[int, Sequence[Matter]]:
    """An open action from a week before its day: for its owner, else the programme office. Two queries."""
    plan, on, held = asked.plan, asked.on, asked.held
    offices = access.who_may(held, Permission.KEEP_LOG, partnership_id=plan.partnership_id)
    found: dict[int, list[Matter]] = defaultdict(list)
    rows = LogAction.objects.filter(group__plan=plan, closed_at=None)
    for row in rows.select_related("group__plan"):
        told = [row.owner_id] if row.owner_id in held else offices
        matter = _matter(row, on=on, has_owner=row.owner_id in held)
        for person in told if matter else ():
            found[person].append(matter)
    return found


def _matter(row: LogAction, *, on: dt.date, has_owner: bool) -> Matter | None:
    """Nothing before its first rung."""
    step = log_step(row.due_on, on=on)
    if step is None:
        return None
    is_late = is_overdue(due_on=row.due_on, is_closed=False, on=on)
    late = f", {days((on - row.due_on).days)} overdue" if is_late else ""
    note = "" if has_owner else f". {OWNER_LEFT}"
    return Matter(
        group=OVERDUE if is_late else SOON,
        sentence=f"{row.group.name}, action {row.number}: {row.task}",
        detail=f"Due {long_date(row.due_on)}{late}{note}",
        path=row.get_absolute_url(),
        action=f"Open action {row.number} of {row.group.name}",
        day=row.due_on,
        step=step,
    )
