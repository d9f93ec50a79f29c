"""Makes the demonstration once; a second call finds it made."""

from django.db import transaction

from hertsend import dates
from hertsend.accounts.models import User
from hertsend.pages.demonstration.people import STARTS_ON, make_people
from hertsend.pages.demonstration.telling import Teller
from plans.models import Plan


@transaction.atomic
def load(plan: Plan) -> bool:
    """Invent people and months for the plan, all or nothing; False when that was done before."""
    if User.objects.filter(is_demonstration=True).exists():
        return False
    system = User.objects.system()
    with dates.at(dates.start_of(STARTS_ON)):
        cast = make_people(plan, by=system)
    Teller.of(plan, cast, system=system).tell()
    return True
