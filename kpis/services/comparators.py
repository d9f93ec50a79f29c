"""The same measure elsewhere: recorded beside our own, never as ours."""

from decimal import Decimal

from django.db import transaction

from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import RuleBroken
from kpis import permissions
from kpis.enums import ComparatorKind
from kpis.models import ComparatorFigure, Indicator
from kpis.policies.periods import Period
from kpis.services.writing import add_elsewhere, first_come, lock_indicators


@first_come
@transaction.atomic
def record_elsewhere(
    *,
    indicator: Indicator,
    kind: ComparatorKind,
    place: str,
    period: Period,
    value: Decimal,
    source: str,
    by: User,
) -> ComparatorFigure:
    """Record what another place has; the same figure again changes nothing.

    Raises ``NotAllowed``, and ``RuleBroken`` without a place or a source.
    """
    row = lock_indicators([indicator.pk])[indicator.pk]
    access.require(by, Permission.ENTER_FIGURES, **permissions.scope_of(row))
    errors = {
        name: [sentence]
        for name, given, sentence in (
            ("place", place, "Name the place."),
            ("source", source, "Say where the figure is from."),
        )
        if not given.strip()
    }
    if errors:
        raise RuleBroken(errors)
    return add_elsewhere(
        indicator=row,
        kind=kind,
        place=place.strip(),
        period=period,
        value=value,
        source=source.strip(),
        by=by,
    )
