"""What is derived of one milestone."""

import datetime as dt
from dataclasses import dataclass

from hertsend.accounts import access
from hertsend.accounts.models import Post, User
from hertsend.accounts.roles import Role
from plans import policies
from plans.models import Milestone


@dataclass(frozen=True)
class MilestoneDates:
    """The dates of a milestone side by side; ``slip`` in days, None where there is none to count."""

    published: dt.date | None
    agreed: dt.date | None
    forecast: dt.date | None
    moves: int
    slip: int | None

    @property
    def in_force(self) -> dt.date | None:
        """The agreed date, else the published one."""
        return self.agreed or self.published


def dates_of(milestone: Milestone) -> MilestoneDates:
    """The dates of one milestone, the agreed one derived from its date changes."""
    changes = list(milestone.date_changes.order_by("number"))
    latest = changes[-1] if changes else None
    agreed = latest.agreed_on if latest else None
    return MilestoneDates(
        published=milestone.due_on,
        agreed=agreed,
        forecast=milestone.forecast_on,
        moves=latest.number if latest else 0,
        slip=policies.slip_in_days(
            start=milestone.due_on or (changes[0].agreed_on if changes else None),
            agreed_on=agreed,
            forecast_on=milestone.forecast_on,
        ),
    )


def post_stood_in_for(milestone: Milestone, *, by: User) -> Post | None:
    """The leading post for which the programme office records; None for the workstream's lead."""
    held = access.of(by).scope_keys(
        Role.WORKSTREAM_LEAD, partnership_id=milestone.plan.partnership_id
    )
    if milestone.action.workstream.key in held:
        return None
    lead = milestone.milestone_leads.select_related("post").first()
    return lead.post if lead else None
