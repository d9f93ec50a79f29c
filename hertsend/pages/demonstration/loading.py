"""Makes the demonstration once; a second call finds it made."""

import datetime as dt

from django.db import transaction

from hertsend import dates
from hertsend.accounts.models import User
from hertsend.accounts.services import deputies
from hertsend.pages.demonstration import bodies, hearing, packs, publishing
from hertsend.pages.demonstration.deciding import Deciding
from hertsend.pages.demonstration.measures import MeasureTeller
from hertsend.pages.demonstration.meeting import Meetings
from hertsend.pages.demonstration.people import STARTS_ON, Cast, make_people
from hertsend.pages.demonstration.telling import LAST_DAY, Teller
from plans.models import Plan


@transaction.atomic
def load(plan: Plan) -> bool:
    """Invent people and months for the plan, all or nothing; False when that was done before."""
    if User.objects.filter(is_demonstration=True).exists():
        return False
    system = User.objects.system()
    with dates.at(dates.start_of(STARTS_ON)):
        cast = make_people(plan, by=system)
    bodies.seat(plan, cast)
    Meetings(plan, cast).tell()
    Teller.of(plan, cast, system=system).tell()
    MeasureTeller.of(plan, cast).tell()
    Deciding(plan, cast).tell()
    hearing.hear(plan, cast)
    publishing.publish(plan, cast)
    packs.issue(plan, cast)
    with dates.at(dates.start_of(LAST_DAY) + dt.timedelta(hours=17)):
        _name_deputy(plan, cast)
    return True


def _name_deputy(plan: Plan, cast: Cast) -> None:
    """The main lead is away for the autumn half-term; a board member stands in."""
    deputies.name_deputy(
        partnership=plan.partnership,
        deputy=cast.people["board"],
        starts_on=dt.date(2024, 10, 28),
        ends_on=dt.date(2024, 11, 1),
        reason="Away for half-term",
        by=cast.people["lead"],
    )
