"""Invented figures of measures: what was there before, and what leads enter month by month.

The figures stand in a file beside the plan's (``fixtures/demonstration``); a plan without one has
measures without figures.
"""

import datetime as dt
import json
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings

from hertsend import dates
from hertsend.accounts.models import User
from hertsend.pages.demonstration.people import Cast
from kpis.enums import Certainty, ComparatorKind, Frequency, PeriodKind, Presence
from kpis.models import Indicator
from kpis.policies.figures import Figure
from kpis.policies.periods import MONTHS_APART, Period, ending, read_period
from kpis.policies.settings import DefinitionWords
from kpis.services import comparators, figures, indicators, steps
from kpis.services.indicators import Reading
from kpis.services.writing import Entry
from plans.models import Plan

FOLDER = Path("fixtures") / "demonstration"
SET_UP_ON = dt.date(2024, 1, 10)
LAST_DAY = dt.date(2024, 10, 14)
ENTERED_ON_WORKING_DAY = 4
FINAL_AFTER_DAYS = 75
REASON = "Agreed by the Data, Outcomes and Insight Group"
ELSEWHERE = "Department for Education, Local Authority Interactive Tool"


@dataclass
class MeasureTeller:
    """The plan's measures, and what is invented of each."""

    plan: Plan
    cast: Cast
    rows: dict[str, Indicator]
    told: list[dict[str, Any]]

    @classmethod
    def of(cls, plan: Plan, cast: Cast) -> "MeasureTeller":
        """What the file of the plan invents; nothing where there is none."""
        path = settings.BASE_DIR / FOLDER / f"{plan.slug}-measures.json"
        told = json.loads(path.read_text(encoding="utf-8"))["measures"] if path.exists() else []
        rows = {
            row.key: row
            for row in Indicator.objects.filter(plan=plan).select_related("plan", "workstream")
        }
        return cls(plan, cast, rows, told)

    @property
    def office(self) -> User:
        return self.cast.people["office"]

    def tell(self) -> None:
        """Agree how each is counted, enter what was there, then live through the months."""
        with dates.at(_noon(SET_UP_ON)):
            for one in self.told:
                self._define(one)
                self._read(one)
                self._compare(one)
        entered = self._entries_by_day()
        for day in sorted(entered):
            with dates.at(_noon(day)):
                self._enter(entered[day], by_lead=day > SET_UP_ON)
        for one in self.told:
            self._later(one)

    def _define(self, one: dict[str, Any]) -> None:
        first = read_period(one["first"], PeriodKind.MONTH)
        words = DefinitionWords(
            counting_rule=one["counting_rule"],
            source=one["source"],
            period_kind=one["period_kind"],
            frequency=one["frequency"],
            numerator=one.get("numerator", ""),
            denominator=one.get("denominator", ""),
            starts_on=first.starts_on,
            reason=REASON,
        )
        indicators.define(
            indicator=self.rows[one["key"]], words=words, base_version=0, by=self.office
        )

    def _read(self, one: dict[str, Any]) -> None:
        leads = self.plan.milestones.filter(action__indicators__key=one["key"])
        post = leads.filter(milestone_leads__isnull=False).first()
        lead = post.milestone_leads.select_related("post").first() if post else None
        indicators.set_reading(
            indicator=self.rows[one["key"]],
            reading=Reading(
                owner=lead.post if lead else None,
                plain_words=one["plain_words"],
                outcomes=tuple(one.get("outcomes", ())),
                companions=tuple(self.rows[key] for key in one.get("companions", ())),
                companion_reason=one.get("companion_reason", ""),
                for_families=one.get("families", False),
            ),
            reason=REASON,
            base_version=0,
            by=self.office,
        )

    def _compare(self, one: dict[str, Any]) -> None:
        for kind, place, year, value in one.get("elsewhere", ()):
            comparators.record_elsewhere(
                indicator=self.rows[one["key"]],
                kind=ComparatorKind(kind),
                place=place,
                period=read_period(year, PeriodKind.YEAR),
                value=Decimal(str(value)),
                source=ELSEWHERE,
                by=self.office,
            )

    def _entries_by_day(self) -> dict[dt.date, list[Entry]]:
        """Each figure on the day on which it is entered."""
        found: dict[dt.date, list[Entry]] = defaultdict(list)
        for one in self.told:
            for period, value in _series(one):
                due = dates.working_day_of_month(
                    dates.next_month(period.ends_on), ENTERED_ON_WORKING_DAY
                )
                day = max(due, SET_UP_ON)
                if day <= LAST_DAY:
                    found[day].append(
                        Entry(
                            indicator=self.rows[one["key"]],
                            period=period,
                            figure=_figure(value, period, one["source"]),
                            base_number=0,
                        )
                    )
        return found

    def _enter(self, entries: list[Entry], *, by_lead: bool) -> None:
        """What was there is entered by the programme office, what comes by each workstream's lead."""
        by_person: dict[User, list[Entry]] = defaultdict(list)
        for entry in entries:
            lead = self.cast.leads[entry.indicator.workstream.key]
            by_person[lead if by_lead else self.office].append(entry)
        for person, own in by_person.items():
            figures.enter(plan=self.plan, entries=own, by=person)

    def _later(self, one: dict[str, Any]) -> None:
        """A step change, a new counting rule and a correction, where there is one."""
        row = self.rows[one["key"]]
        lead = self.cast.leads[row.workstream.key]
        if step := one.get("step"):
            with dates.at(_noon(dt.date.fromisoformat(step["proposed"]))):
                starts_on = read_period(step["month"], PeriodKind.MONTH).starts_on
                proposed = steps.propose(
                    indicator=row, starts_on=starts_on, reason=step["reason"], by=lead
                )
            with dates.at(_noon(dt.date.fromisoformat(step["decided"]))):
                steps.decide(step=proposed, approve=True, decision=step["decision"], by=self.office)
        if again := one.get("redefined"):
            self._redefine(one, again)
        if correction := one.get("correction"):
            with dates.at(_noon(dt.date.fromisoformat(correction["on"]))):
                period = ending(
                    PeriodKind(one["period_kind"]),
                    read_period(correction["month"], PeriodKind.MONTH).ends_on,
                )
                entry = Entry(
                    indicator=row,
                    period=period,
                    figure=_figure(correction["value"], period, one["source"]),
                    base_number=1,
                    reason=correction["reason"],
                )
                figures.enter(plan=self.plan, entries=[entry], by=lead)

    def _redefine(self, one: dict[str, Any], again: dict[str, Any]) -> None:
        starts_on = read_period(again["month"], PeriodKind.MONTH).starts_on
        names = ("source", "period_kind", "frequency", "numerator", "denominator")
        with dates.at(_noon(dates.next_month(starts_on))):
            indicators.define(
                indicator=self.rows[one["key"]],
                words=DefinitionWords(
                    counting_rule=again["counting_rule"],
                    reason=again["reason"],
                    starts_on=starts_on,
                    **{name: one[name] for name in names},
                ),
                base_version=1,
                by=self.office,
            )


def _noon(day: dt.date) -> dt.datetime:
    return dates.start_of(day) + dt.timedelta(hours=12)


def _series(one: dict[str, Any]) -> list[tuple[Period, Any]]:
    """The periods of a measure, from the first on, with their figures."""
    kind, apart = PeriodKind(one["period_kind"]), MONTHS_APART[Frequency(one["frequency"])]
    last = read_period(one["first"], PeriodKind.MONTH).ends_on
    found = []
    for value in one["values"]:
        found.append((ending(kind, last), value))
        for _ in range(apart):
            last = dates.next_month(last)
        last = read_period(f"{last:%Y-%m}", PeriodKind.MONTH).ends_on
    return found


def _figure(value: Any, period: Period, source: str) -> Figure:
    """A number, a part of a whole, or the holidays in which nothing is counted."""
    age = (LAST_DAY - period.ends_on).days
    certainty = Certainty.FINAL if age > FINAL_AFTER_DAYS else Certainty.PROVISIONAL
    if value is None:
        return Figure(presence=Presence.NOT_APPLICABLE, certainty=certainty, source=source)
    if isinstance(value, list):
        part, whole = (Decimal(str(each)) for each in value)
        return Figure(numerator=part, denominator=whole, certainty=certainty, source=source)
    return Figure(value=Decimal(str(value)), certainty=certainty, source=source)
