"""When a group meets, what may be done with a meeting, and what its minutes need: on plain values."""

import datetime as dt
import hashlib
import itertools
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from governance.enums import AgendaKind, ItemPurpose, MeetingMark, MeetingState, Rhythm
from governance.policies.rhythm import MONTHS_BETWEEN, Span, carries_meeting, months_later
from hertsend import dates
from hertsend.errors import RuleBroken

TRANSITIONS: dict[MeetingState, frozenset[MeetingState]] = {
    MeetingState.PLANNED: frozenset({MeetingState.AGENDA_OUT, MeetingState.CANCELLED}),
    MeetingState.AGENDA_OUT: frozenset({MeetingState.HELD, MeetingState.CANCELLED}),
    MeetingState.HELD: frozenset({MeetingState.MINUTES_AGREED}),
    MeetingState.MINUTES_AGREED: frozenset(),
    MeetingState.CANCELLED: frozenset(),
}
"""From which state to which a meeting goes; what was agreed and what was cancelled stays so. Reopening
minutes is no step of this table: it has a reason, and a rule of its own (``check_may_reopen``)."""

AHEAD = frozenset({MeetingState.PLANNED, MeetingState.AGENDA_OUT})
"""The states of a meeting that is still to come: it can be moved or cancelled."""

OPEN = AHEAD | {MeetingState.HELD}
"""The states in which agenda, papers and attendance are still written."""

MONTHS_PLANNED = 12
LAST = -1
LONGEST_MEETING = dt.timedelta(hours=12)
LONGEST_DURATION = 480
FRIDAY = 4


@dataclass(frozen=True)
class StandingItem:
    """An item that is on every agenda, as it stands there before anybody changes it."""

    kind: AgendaKind
    purpose: ItemPurpose
    duration: int


STANDING_ITEMS: tuple[StandingItem, ...] = (
    StandingItem(AgendaKind.DASHBOARD, ItemPurpose.ASSURANCE, 15),
    StandingItem(AgendaKind.EXCEPTIONS, ItemPurpose.ASSURANCE, 20),
    StandingItem(AgendaKind.ACTION_LOG, ItemPurpose.ASSURANCE, 10),
    StandingItem(AgendaKind.RISKS, ItemPurpose.ASSURANCE, 15),
    StandingItem(AgendaKind.DECISIONS_ASKED, ItemPurpose.DECISION, 20),
    StandingItem(AgendaKind.VOICE_OF_FAMILIES, ItemPurpose.INFORMATION, 10),
)
"""What the plan wants before its boards each time (actions 1.3 and 2.1), in this order."""


@dataclass(frozen=True)
class DayRule:
    """On which day of a month a group meets: the ``week``-th ``weekday`` (Monday is 0)."""

    weekday: int
    week: int

    def in_month(self, month: dt.date) -> dt.date:
        """The day in a month; the next working day where that is a bank holiday."""
        first = dates.first_of(month)
        if self.week == LAST:
            last = dates.next_month(first) - dt.timedelta(days=1)
            day = last - dt.timedelta(days=(last.weekday() - self.weekday) % 7)
        else:
            wait = (self.weekday - first.weekday()) % 7
            day = first + dt.timedelta(days=wait + 7 * (self.week - 1))
        return day if dates.is_working_day(day) else dates.working_day_from(day, 1)


def months_with_meetings(
    first: dt.date, *, rhythm: Rhythm | None, spans: Sequence[Span]
) -> list[dt.date]:
    """The months of a year from ``first`` on in which a group meets.

    ``rhythm`` is the group's own, counted from ``first``; without one the executive's ``spans``
    say it: the report of a month goes to the meeting in the month after.
    """
    year = [months_later(first, number) for number in range(MONTHS_PLANNED)]
    if rhythm is not None:
        return year[:: MONTHS_BETWEEN[rhythm]]
    return [month for month in year if carries_meeting(dates.previous_month(month), spans)]


def moment_of(day: dt.date, time: dt.time) -> dt.datetime:
    """A time of day in London."""
    return dt.datetime.combine(day, time, tzinfo=dates.LONDON)


def check_rule(*, weekday: int, week: int) -> None:
    """Refuse a day that not every month has."""
    errors: dict[str, list[str]] = {}
    if not 0 <= weekday <= FRIDAY:
        errors["weekday"] = ["Select a day from Monday to Friday."]
    if week not in (1, 2, 3, 4, LAST):
        errors["week"] = ["Select which week of the month."]
    if errors:
        raise RuleBroken(errors)


def check_times(starts_at: dt.datetime, ends_at: dt.datetime) -> None:
    """Refuse a meeting that ends before it begins, or that is a slip of the pen."""
    if ends_at <= starts_at:
        raise RuleBroken({"ends": ["The end must come after the start."]})
    if ends_at - starts_at > LONGEST_MEETING:
        raise RuleBroken({"ends": ["A meeting is at most 12 hours long."]})


def check_step(old: str, new: str) -> None:
    """Refuse a step that does not follow from the state of the meeting."""
    if MeetingState(new) not in TRANSITIONS[MeetingState(old)]:
        raise RuleBroken(
            f"This meeting is “{MeetingState(old).label.lower()}”, so it cannot become "
            f"“{MeetingState(new).label.lower()}”."
        )


def check_may_reopen(state: str) -> None:
    """Refuse to reopen minutes that nobody has agreed."""
    if state != MeetingState.MINUTES_AGREED:
        raise RuleBroken("These minutes are not agreed, so there is nothing to reopen.")


def check_may_hold(starts_at: dt.datetime, *, at: dt.datetime) -> None:
    """Refuse to note as held what has not begun."""
    if starts_at > at:
        raise RuleBroken("It has not begun yet. Note it as held once it has, or move it first.")


def check_is_ahead(state: str) -> None:
    """Refuse to move what is over or does not take place."""
    if MeetingState(state) not in AHEAD:
        raise RuleBroken(
            f"This meeting is “{MeetingState(state).label.lower()}” and stays as it is."
        )


def check_is_open(state: str) -> None:
    """Refuse to change the agenda, papers or attendance of what is closed."""
    if MeetingState(state) not in OPEN:
        raise RuleBroken(
            f"This meeting is “{MeetingState(state).label.lower()}”, so nothing of it changes now."
        )


def check_takes_minutes(state: str) -> None:
    """Refuse minutes of what has not been held, or whose minutes are agreed."""
    if state != MeetingState.HELD:
        raise RuleBroken(
            "Minutes are written once the meeting is noted as held, and until they are agreed."
        )


def check_item(*, title: str, duration: int | None, purpose: str) -> None:
    """Refuse an item without name, purpose or time; tells all at once."""
    errors: dict[str, list[str]] = {}
    if not title.strip():
        errors["title"] = ["Enter what the item is called."]
    if duration is None or not 1 <= duration <= LONGEST_DURATION:
        errors["duration"] = [f"Enter a number of minutes from 1 to {LONGEST_DURATION}."]
    if purpose not in ItemPurpose.values:
        errors["purpose"] = ["Select what the item is for."]
    if errors:
        raise RuleBroken(errors)


def check_mark(*, mark: str, stand_in: str, has_begun: bool) -> str:
    """What is wrong with the mark of one person, "" where nothing is."""
    if mark not in MeetingMark.values:
        return "Select a mark from the list."
    if mark == MeetingMark.PRESENT and not has_begun:
        return "Nobody is present yet: the meeting has not begun."
    if mark == MeetingMark.IN_PLACE and not stand_in.strip():
        return "Enter who came in their place."
    if mark != MeetingMark.IN_PLACE and stand_in.strip():
        return "A name stands beside it. Select “Somebody came in their place”, or take it out."
    return ""


def check_minutes(*, without: Sequence[str], present: int) -> None:
    """Refuse to agree minutes that leave out an item, or who was there."""
    if not present:
        raise RuleBroken("Nobody is noted as present. Note the attendance first.")
    if without:
        names = ", ".join(f"“{title}”" for title in without)
        raise RuleBroken(f"There are no minutes yet of {names}. “Noted.” is enough.")


def starts_of(first: dt.datetime, durations: Iterable[int]) -> list[dt.datetime]:
    """When each item of an agenda begins, if those before it take as long as was said."""
    minutes = itertools.accumulate(durations, initial=0)
    utc = first.astimezone(dt.UTC)
    return [
        (utc + dt.timedelta(minutes=each)).astimezone(dates.LONDON) for each in list(minutes)[:-1]
    ]


def fingerprint_of(parts: Collection[Sequence[object]]) -> str:
    """The SHA-256 of what somebody was shown, to see whether it is still what is stored."""
    return hashlib.sha256(json.dumps(list(parts), default=str).encode()).hexdigest()


def digest_of(key: str) -> str:
    """What is stored of the key of a calendar: its SHA-256, from which nobody finds the key."""
    return hashlib.sha256(key.encode()).hexdigest()
