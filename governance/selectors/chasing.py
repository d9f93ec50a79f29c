"""Returns that have not been handed in, while they are chased, and who leads them."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from governance import policies
from governance.enums import ReturnState
from governance.models import ReturnReminder
from governance.selectors.returns import ReturnLine, returns_of, states_of
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from plans.enums import PeriodState
from plans.models import Plan, ReportingPeriod, UpdateDraft, Workstream


def missing_returns(plan: Plan, *, on: dt.date) -> list[ReturnLine]:
    """The returns that are chased on the day ``on`` and still owed, also after their month froze.

    The number of queries depends on how many months are chased (two at most), not on their rows.
    """
    first, last = policies.due_days_chased(on)
    periods = plan.periods.exclude(state=PeriodState.SCHEDULED).filter(
        due_on__gte=first, due_on__lte=last
    )
    found: list[ReturnLine] = []
    for period in periods.select_related("plan").order_by("month"):
        owed = [
            stream
            for stream, row in states_of(period)
            if (row.state if row else ReturnState.DRAFT) in policies.OWED
        ]
        if owed:
            found += returns_of(
                period, workstreams=owed, on=on, visible=(), drafts=UpdateDraft.objects.all()
            )
    return found


def return_of(period: ReportingPeriod, workstream: Workstream, *, on: dt.date) -> ReturnLine:
    """One return with everything that is typed for it, for those who lead it."""
    (line,) = returns_of(
        period, workstreams=[workstream], on=on, visible=(), drafts=UpdateDraft.objects.all()
    )
    return line


def leads_of(workstream: Workstream, *, on: dt.date) -> list[User]:
    """Everyone who leads a workstream on a day, deputies included, by name."""
    partnership = workstream.plan.partnership_id
    rows = access.everyone_in(partnership, on=on)
    leading = [
        person
        for person, held in rows.items()
        if workstream.key in held.scope_keys(Role.WORKSTREAM_LEAD, partnership_id=partnership)
    ]
    return list(User.objects.filter(pk__in=leading).order_by("name", "pk"))


@dataclass(frozen=True)
class LastReminder:
    """When somebody was last reminded of a return, to whom it went, and who sent it."""

    at: dt.datetime
    to: tuple[str, ...]
    by: str


def last_reminders(
    rows: QuerySet[ReturnReminder], period: ReportingPeriod
) -> dict[int, LastReminder]:
    """Of a reader's reminders, the last day's of each return of a month, by the workstream's key."""
    found: dict[int, LastReminder] = {}
    days: dict[int, dt.date] = {}
    of_month = rows.filter(period=period).select_related("person", "by")
    for row in of_month.order_by("day", "person__name", "pk"):
        earlier = found[row.workstream_id].to if days.get(row.workstream_id) == row.day else ()
        days[row.workstream_id] = row.day
        found[row.workstream_id] = LastReminder(row.at, (*earlier, row.person.name), row.by.name)
    return found
