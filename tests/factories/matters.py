"""What a source of matters is asked, with who holds what on the day."""

import datetime as dt

from hertsend.accounts import access
from hertsend.jobs.matters import Asked
from plans.models import Plan


def asked(plan: Plan, *, on: dt.date, held_on: dt.date) -> Asked:
    """As home and the digest ask."""
    held = access.everyone_in(plan.partnership_id, on=held_on)
    return Asked(plan, on=on, held_on=held_on, held=held)
