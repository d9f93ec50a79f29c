"""The moment as at which pages, exports and the API read the plan: now, a past day, a frozen month."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet

from hertsend import dates
from plans import policies
from plans.models import Milestone, Plan, ReportingPeriod
from plans.selectors.lines import MilestoneLine, lines_of
from plans.selectors.measured import held_of
from plans.selectors.periods import current_periods, period_of_month

PARAMETER = "as_at"


@dataclass(frozen=True)
class Moment:
    """As at when something is read.

    ``at`` is the last moment whose rows count, None for now; ``on`` the day on which overdue is
    judged. ``period`` is the frozen month that was asked for, whose ratings alone then count.
    ``is_cut_off`` is a moment within a day, at which a pack was cut; it has no address of its own.
    """

    on: dt.date
    at: dt.datetime | None = None
    period: ReportingPeriod | None = None
    is_cut_off: bool = False

    @property
    def is_past(self) -> bool:
        """Whether it is read as it was; then nothing can be done."""
        return self.at is not None

    @property
    def parameter(self) -> str:
        """As it stands in an address: "2024-06-30", "2024-06", or "" for now and for a cut-off."""
        if self.is_cut_off:
            return ""
        if self.period is not None:
            return f"{self.period.month:%Y-%m}"
        return self.on.isoformat() if self.is_past else ""

    @property
    def query(self) -> str:
        """What a link is given so that the next page is read as at the same moment."""
        return f"?{urlencode({PARAMETER: self.parameter})}" if self.parameter else ""

    @property
    def label(self) -> str:
        """Which moment it is, for a heading: "30 June 2024", "June 2024", "today"."""
        if self.period is not None:
            return self.period.label
        return f"{self.on.day} {self.on:%B %Y}" if self.is_past else "today"

    @property
    def words(self) -> str:
        """Which moment it is, exactly: the end of a day, the freeze of a month, the cut-off of a pack."""
        day = f"{self.on.day} {self.on:%B %Y}"
        clock = f"{self.at.astimezone(dates.LONDON):%H:%M}" if self.at else ""
        if self.is_cut_off:
            return f"the cut-off of the board’s last pack on {day} at {clock}"
        if self.period is not None:
            return f"{self.period.label} as it was frozen, on {day} at {clock}"
        return f"{day}, end of day" if self.is_past else f"{day}, now"


def moment_of(plan: Plan, text: str, *, today: dt.date, field: str = PARAMETER) -> Moment:
    """The moment that an address asks for; nothing, or today, is now.

    A day is read as at its end in Europe/London, a month as at its freeze. Raises ``RuleBroken``
    at ``field`` for a day to come, a day before the plan was taken over, a month that is not
    frozen, and nonsense.
    """
    if not text:
        return Moment(on=today)
    asked = policies.asked_moment(text, field=field)
    if asked.is_month:
        period = period_of_month(plan, asked.day)
        frozen_at = period.frozen_at if period else None
        policies.check_frozen_month(asked.day, is_frozen=frozen_at is not None, field=field)
        return frozen(period) if period else Moment(on=today)
    policies.check_past_day(asked.day, first=first_day_of(plan), today=today, field=field)
    return Moment(on=today) if asked.day == today else day_gone_by(asked.day)


def frozen(period: ReportingPeriod) -> Moment:
    """The freeze of a closed month."""
    if period.frozen_at is None:
        raise ValueError(f"{period.label} is not frozen.")
    return Moment(on=dates.day_of(period.frozen_at), at=period.frozen_at, period=period)


def day_gone_by(day: dt.date) -> Moment:
    """The end of a day."""
    return Moment(on=day, at=dates.end_of(day))


def cut_off(at: dt.datetime) -> Moment:
    """The cut-off of a pack whose month is open again, or froze anew since."""
    return Moment(on=dates.day_of(at), at=at, is_cut_off=True)


def first_day_of(plan: Plan) -> dt.date:
    """The day on which the plan was taken over: of earlier days nothing is written down."""
    first = plan.history.earliest("history_date", "history_id")
    return dates.day_of(first.history_date)


def periods_at(plan: Plan, moment: Moment) -> list[ReportingPeriod]:
    """The months whose ratings count as at a moment."""
    return [moment.period] if moment.period else current_periods(plan, at=moment.at)


def lines_at(
    milestones: QuerySet[Milestone], *, plan: Plan, moment: Moment, visible: Collection[str]
) -> list[MilestoneLine]:
    """The lines of these milestones of a plan as at a moment, in their order."""
    return lines_of(
        milestones,
        periods=periods_at(plan, moment),
        at=moment.at,
        on=moment.on,
        visible=visible,
        held=held_of(plan, on=moment.on, at=moment.at),
    )
