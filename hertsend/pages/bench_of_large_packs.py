"""A pack with as many drawings as a large plan has measures: made in a copy of the database that is thrown away."""

import datetime as dt
import math
from decimal import Decimal

from hertsend import dates
from hertsend.accounts.models import RoleAssignment, User
from hertsend.accounts.roles import Role
from hertsend.pages.bench_copies import ask, copied
from hertsend.pages.bench_of_measures import MEASURES, MONTHS
from hertsend.pages.bench_of_packs import Cost, cost_of, newest_month
from hertsend.records.bases import save_audited
from kpis.enums import Certainty, Direction, Frequency, PeriodKind
from kpis.models import Indicator
from kpis.policies.figures import Figure
from kpis.policies.periods import Period, ending
from kpis.policies.settings import DefinitionWords
from kpis.services import figures, indicators
from kpis.services.writing import Entry
from plans.models import Plan

PAGES = 40
"""So many pages a large pack has at least."""

WHY = "For the bench"
TARGET = Decimal(60)


def cost_of_large_pack() -> Cost:
    """The PDF of the newest month with so many measures more, each of which gets worse and is drawn."""
    with copied() as environment:
        ask(f"{__name__}.add_measures", environment=environment)
        return cost_of("pdf", environment)


def add_measures() -> int:
    """Add measures whose figures fall away from their target, entered a day before the newest freeze."""
    period = newest_month()
    plan, by = period.plan, _office(period.plan)
    periods = _months_before(period.month)
    with dates.at((period.frozen_at or dates.now()) - dt.timedelta(days=1)):
        for number in range(MEASURES):
            row = _measure(plan, number, first=periods[0], by=by)
            entries = [
                Entry(
                    indicator=row,
                    period=each,
                    figure=Figure(
                        value=_value(number, step), certainty=Certainty.FINAL, source="Case system"
                    ),
                    base_number=0,
                )
                for step, each in enumerate(periods)
            ]
            figures.enter(plan=plan, entries=entries, by=by)
    return MEASURES


def _office(plan: Plan) -> User:
    held = RoleAssignment.objects.filter(
        partnership=plan.partnership_id, role=Role.PROGRAMME_OFFICE, user__is_active=True
    )
    return held.select_related("user").order_by("pk")[0].user


def _measure(plan: Plan, number: int, *, first: Period, by: User) -> Indicator:
    actions = list(plan.actions.select_related("workstream"))
    action = actions[number % len(actions)]
    row = Indicator(
        plan=plan,
        key=f"bench-{number}",
        position=1000 + number,
        name=f"Measure {number} of what families told us matters to them",
        unit="percent",
        direction=Direction.UP,
        workstream=action.workstream,
        target_text="60% within 20 weeks",
        target_low=TARGET,
        target_high=TARGET,
        target_due_on=dates.next_month(dates.first_of(dates.today())),
        quotes=[{"text": "60% within 20 weeks", "source": action.key}],
        plain_words="plans are issued in time",
    )
    save_audited(row, by=by, reason=WHY)
    row.actions.set([action])
    words = DefinitionWords(
        counting_rule="Plans issued within 20 weeks of all that were issued in the month.",
        source="Case system",
        period_kind=PeriodKind.MONTH,
        frequency=Frequency.MONTHLY,
        starts_on=first.starts_on,
        reason=WHY,
    )
    indicators.define(indicator=row, words=words, base_version=0, by=by)
    return row


def _months_before(month: dt.date) -> list[Period]:
    """The last months up to the one before ``month``, the first first."""
    found: list[Period] = []
    last = month
    for _ in range(MONTHS):
        last -= dt.timedelta(days=1)
        found.insert(0, ending(PeriodKind.MONTH, last))
        last = found[0].starts_on
    return found


def _value(number: int, step: int) -> Decimal:
    """Falls by half a point a month, and swings."""
    value = 50 - 0.5 * step + 3 * math.sin(step * (number + 3))
    return Decimal(str(round(value, 1)))
