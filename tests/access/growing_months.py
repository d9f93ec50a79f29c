"""One more decision on the rhythm and one more reopening of a month, so that lists of them grow."""

import datetime as dt

from governance.models import RhythmDecision
from hertsend.accounts.roles import Role
from plans.models import PeriodUnfreezing
from tests.factories.world import TODAY, World, noon

ONE_DAY = dt.timedelta(days=1)


def grow_months(world: World, number: int) -> None:
    """The chair decides once more; July, which is frozen, had been frozen and reopened before."""
    RhythmDecision.add(
        plan=world.plan,
        number=number,
        rhythm="quarterly",
        from_month=dt.date(2024, 9 + number, 1),
        reason="Delivery is steady.",
        by=world.people[Role.EXECUTIVE_CHAIR],
        at=noon(TODAY),
    )
    PeriodUnfreezing.add(
        period=world.period(dt.date(2024, 7, 1)),
        frozen_at=noon(TODAY - (number + 1) * ONE_DAY),
        freezes_on=TODAY,
        reason="A figure was wrong.",
        role=Role.PROGRAMME_OFFICE,
        by=world.people[Role.PROGRAMME_OFFICE],
        at=noon(TODAY - number * ONE_DAY),
    )
