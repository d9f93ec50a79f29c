"""Whom a risk may name as owner."""

import datetime as dt

from django.db.models import QuerySet

from governance.models import Risk
from governance.permissions import risks as permissions
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from plans.models import Plan


def risk_owners(plan: Plan, *, on: dt.date, risk: Risk | None = None) -> QuerySet[User]:
    """Who may own a risk of the plan on a day, by name; of a certain risk, also see it."""
    place = plan.partnership_id
    held = access.everyone_in(place, on=on)
    found = [
        person
        for person, rights in held.items()
        if rights.may(Permission.OWN_RISK, partnership_id=place)
        and (risk is None or permissions.sees_risk(rights, risk))
    ]
    return User.objects.filter(pk__in=found).order_by("name", "pk")
