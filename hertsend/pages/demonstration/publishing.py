"""The public summary of two invented months, and a third that is being written."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from governance.models import AreaSummary
from governance.services import public_summary
from hertsend import dates
from hertsend.accounts.models import User
from hertsend.pages.demonstration.people import Cast
from plans.models import Area, Plan, ReportingPeriod

SWITCHED_ON = dt.date(2024, 9, 2)
MONTHS = ((dt.date(2024, 8, 1), dt.date(2024, 9, 16)), (dt.date(2024, 9, 1), dt.date(2024, 10, 10)))
"""Each month with the day on which it was published."""
CORRECTED_ON = dt.date(2024, 10, 14)
CORRECTION = "We said that the second team starts in October. It starts in November."
WRITTEN_AHEAD = dt.date(2024, 10, 1)

SENTENCES = (
    (
        "The boards that lead this work have met each month since January.",
        "You can read what they decided, and who answers for it.",
        "Parents and carers will join each board by the end of the year.",
    ),
    (
        "We check more plans than last year, and tell schools what we find.",
        "More plans say what your child needs now.",
        "We will read plans that are older than a year again.",
    ),
    (
        "The first new team for assessments has begun its work.",
        "Waits are still too long. They have stopped growing.",
        "A second team starts in October.",
    ),
    (
        "One line now answers questions about plans and support.",
        "You can ring one number and do not have to ask around.",
        "The line will open on Saturdays from January.",
    ),
)
LATER = (
    "Waits are still too long. They have stopped growing.",
    "A second team starts in November.",
)


def publish(plan: Plan, cast: Cast) -> None:
    """Switch it on, publish two months, correct one, and begin the next."""
    with _at(SWITCHED_ON):
        public_summary.switch(
            plan=plan,
            is_on=True,
            from_on=SWITCHED_ON,
            threshold=5,
            reason="The executive agreed on 2 September to publish each month.",
            base_number=0,
            by=cast.people["executive-chair"],
        )
    office, areas = cast.people["office"], list(plan.areas.all())
    for month, day in MONTHS:
        period = plan.periods.get(month=month)
        with _at(day):
            for number, area in enumerate(areas):
                _approve(_write(period, area, number, office), cast.people["chair"])
            public_summary.publish(period=period, base_number=0, by=office)
    _correct(period, areas, cast)
    with _at(CORRECTED_ON):
        _write(plan.periods.get(month=WRITTEN_AHEAD), areas[0], 0, office)


def _write(period: ReportingPeriod, area: Area, number: int, by: User) -> AreaSummary:
    progress, meaning, next_step = SENTENCES[number % len(SENTENCES)]
    return public_summary.write(
        period=period,
        area=area,
        progress=progress,
        meaning=meaning,
        next_step=next_step,
        base_version=0,
        by=by,
    )


def _approve(summary: AreaSummary, by: User) -> None:
    public_summary.approve(summary=summary, base_version=summary.version, by=by)


def _correct(period: ReportingPeriod, areas: list[Area], cast: Cast) -> None:
    """The date of the second team was wrong."""
    office, meant = cast.people["office"], 2
    with _at(CORRECTED_ON):
        for number, area in enumerate(areas):
            if number % len(SENTENCES) == meant:
                stored = AreaSummary.objects.get(period=period, area=area)
                row = public_summary.write(
                    period=period,
                    area=area,
                    progress=stored.progress,
                    meaning=LATER[0],
                    next_step=LATER[1],
                    base_version=stored.version,
                    by=office,
                )
                _approve(row, cast.people["chair"])
        public_summary.publish(period=period, correction=CORRECTION, base_number=1, by=office)


@contextmanager
def _at(day: dt.date) -> Iterator[None]:
    with dates.at(dates.start_of(day) + dt.timedelta(hours=14)):
        yield
