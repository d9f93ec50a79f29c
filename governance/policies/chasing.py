"""The ladder of a return that has not been handed in: whom it is told, and on which working days."""

import datetime as dt

from governance.enums import Chased
from hertsend import dates
from hertsend.jobs.matters import Step, last_reached

LADDER: dict[Chased, tuple[int, ...]] = {
    Chased.LEAD: (-7, -2, 0, 2),
    Chased.OFFICE: (2,),
    Chased.EXECUTIVE_CHAIR: (5,),
}
"""Working days of England from the day on which the return is due."""

LISTED_UNTIL = 10
"""So many working days after it was due a missing return is history, and the next one is chased."""

SENT_BACK = "sent back"


def rung_name(number: int) -> str:
    """A rung as the ladder is written: "−7", "0", "+2"."""
    return f"{number:+d}".replace("-", "−") if number else "0"


def chase_step(whom: Chased, *, due_on: dt.date, on: dt.date) -> Step | None:
    """The last rung that was reached by the day ``on``; None before the first, and when it is history."""
    if on > dates.working_day_from(due_on, LISTED_UNTIL):
        return None
    rungs = [
        Step(dates.working_day_from(due_on, number), rung_name(number)) for number in LADDER[whom]
    ]
    return last_reached(rungs, on=on)


def lead_step(*, due_on: dt.date, sent_back_on: dt.date | None, on: dt.date) -> Step | None:
    """The same for leads, who also hear on the next morning that their return was sent back."""
    rung = chase_step(Chased.LEAD, due_on=due_on, on=on)
    if sent_back_on is None or on > dates.working_day_from(due_on, LISTED_UNTIL):
        return rung
    returned = Step(sent_back_on + dt.timedelta(days=1), SENT_BACK)
    return last_reached([returned, *([rung] if rung else [])], on=on)


def due_days_chased(on: dt.date) -> tuple[dt.date, dt.date]:
    """The earliest and the latest due day of a return that may be chased on the day ``on``."""
    first = min(min(rungs) for rungs in LADDER.values())
    return dates.working_day_from(on, -LISTED_UNTIL), dates.working_day_from(on, -first)
