"""What of barriers waits for people: an answer, for whoever was asked."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.urls import reverse

from governance.enums import BarrierState
from governance.models import Barrier
from governance.permissions import barriers as permissions
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Role
from hertsend.jobs.matters import Asked, Group, Matter, Urgency, asked_on, source
from hertsend.ui.templatetags.ui import long_date

TO_ANSWER = Group("Barriers to answer", "barrier to answer", "barriers to answer", Urgency.DECIDE)
NOBODY = "Who was asked has no role here any more"


@source("governance.barriers")
def barriers(asked: Asked) -> Mapping[int, Sequence[Matter]]:
    """Barriers that wait for an answer, for who was asked; where they left, for the office."""
    plan, on, held = asked.plan, asked.on, asked.held
    offices = access.in_role(held, Role.PROGRAMME_OFFICE)
    found: dict[int, list[Matter]] = defaultdict(list)
    rows = Barrier.objects.filter(plan=plan, state=BarrierState.OPEN).select_related(
        "plan", "workstream"
    )
    for row in rows:
        owner = held.get(row.owner_id)
        may_answer = owner is not None and permissions.answers_barrier(
            owner, row, person_id=row.owner_id
        )
        for person in [row.owner_id] if may_answer else offices:
            found[person].append(_matter(row, on=on, note="" if may_answer else f". {NOBODY}"))
    return found


def _matter(row: Barrier, *, on: dt.date, note: str) -> Matter:
    return Matter(
        group=TO_ANSWER,
        sentence=f"{row.key} {row.title}{note}",
        detail=f"{row.workstream.key} asks for help by {long_date(row.needed_by)}",
        path=reverse("governance:barrier-answer", args=[row.plan.slug, row.key]),
        action=f"Answer {row.key}",
        day=row.needed_by,
        step=asked_on(dates.day_of(row.raised_at), on=on),
    )
