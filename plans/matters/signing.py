"""What sign-off leaves waiting: proposals for who can sign, what was returned or refused for who leads."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission, Role
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
from hertsend.ui.templatetags.ui import long_date
from plans import permissions, selectors
from plans.matters.naming import about, path_of
from plans.models import Milestone, StageChange
from plans.selectors import queues

TO_SIGN = Group("Proposals to sign", "proposal to sign", "proposals to sign", Urgency.DECIDE)
RETURNED = Group("Sent back to you", "proposal sent back", "proposals sent back", Urgency.CLOSING)
REFUSED = Group("New dates refused", "new date refused", "new dates refused", Urgency.CLOSING)
NOBODY_SIGNS = "Nobody accountable for it is without a part in it, so nobody can sign it"
REFUSAL_LISTED_DAYS = 14
"""So long a refused date stays on the list: it asks for nothing but to be read."""


@source("plans.proposals")
def proposals(asked: Asked) -> Mapping[int, Sequence[Matter]]:
    """Milestones that are proposed complete, for each joint chair who can sign; else for the office.

    Told the morning after the proposal, and again after somebody asked for the signature.
    """
    rows = queues.proposals_to_sign(asked.plan)
    parts = selectors.parts_in([row.milestone_id for row in rows])
    offices = access.in_role(asked.held, Role.PROGRAMME_OFFICE)
    found: dict[int, list[Matter]] = defaultdict(list)
    for row in rows:
        scope = permissions.scope_of(row.milestone)
        chairs = access.who_may(asked.held, Permission.SIGN_OFF_MILESTONE, **scope)
        signers = [person for person in chairs if person not in parts[row.milestone_id]]
        for person in signers or offices:
            found[person].append(_to_sign(row, on=asked.on, can_sign=bool(signers)))
    return found


def _to_sign(proposal: StageChange, *, on: dt.date, can_sign: bool) -> Matter:
    row, day = proposal.milestone, dates.day_of(proposal.at)
    requests = [
        dates.day_of(each.at) for each in proposal.requests.all() if dates.day_of(each.at) <= on
    ]
    wanted = f"; your review was asked for on {long_date(max(requests))}" if requests else ""
    note = wanted if can_sign else f". {NOBODY_SIGNS}"
    return Matter(
        group=TO_SIGN,
        sentence=about(row),
        detail=f"Proposed complete on {long_date(day)}{note}",
        path=path_of("milestone-sign-off" if can_sign else "milestone-detail", row),
        action=f"{'Review' if can_sign else 'Read'} {row.key}",
        day=day,
        step=asked_on(max([day, *requests]), on=on),
    )


@source("plans.returned")
def returned(asked: Asked) -> Mapping[int, Sequence[Matter]]:
    """Proposals that were sent back and not taken up since, for who leads the workstream."""
    found: dict[int, list[Matter]] = defaultdict(list)
    for row in queues.returned_proposals(asked.plan):
        day = dates.day_of(row.at)
        matter = Matter(
            group=RETURNED,
            sentence=about(row.milestone),
            detail=f"Sent back by a joint chair on {long_date(day)}, with a reason",
            path=path_of("milestone-detail", row.milestone),
            action=f"Read why {row.milestone.key} came back",
            day=day,
            step=asked_on(day, on=asked.on),
        )
        for person in _leads(asked, row.milestone):
            found[person].append(matter)
    return found


@source("plans.refused_dates")
def refused_dates(asked: Asked) -> Mapping[int, Sequence[Matter]]:
    """New dates that were refused lately, for who leads the workstream: told once."""
    found: dict[int, list[Matter]] = defaultdict(list)
    since = asked.on - dt.timedelta(days=REFUSAL_LISTED_DAYS)
    for row in queues.refused_requests(asked.plan, since=since):
        day = dates.day_of(row.decided_at)
        matter = Matter(
            group=REFUSED,
            sentence=about(row.milestone),
            detail=f"{long_date(row.asked_for_on)} was refused on {long_date(day)}, with a reason",
            path=path_of("date-request-detail", row.milestone, row.number),
            action=f"Read why {row.milestone.key} keeps its date",
            day=day,
            step=last_reached([Step(day + dt.timedelta(days=1), "refused")], on=asked.on),
        )
        for person in _leads(asked, row.milestone):
            found[person].append(matter)
    return found


def _leads(asked: Asked, milestone: Milestone) -> list[int]:
    stream, partnership = milestone.action.workstream.key, milestone.plan.partnership_id
    return access.leads_of(asked.held, stream, partnership_id=partnership)
