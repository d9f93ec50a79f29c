"""Meetings: a year of them planned, moved or cancelled with a reason, held, and their minutes agreed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from governance.enums import MeetingState
from governance.models import AgendaItem, Group, Meeting
from governance.permissions import meetings as permissions
from governance.policies import meetings as rules
from governance.policies.meetings import DayRule
from governance.selectors import meetings as reads
from governance.services.locking import lock_meeting, once
from hertsend import dates
from hertsend.accounts.models import User
from hertsend.errors import Conflict, RuleBroken
from hertsend.records.bases import save_audited, save_changed

CHANGED = "Somebody changed this meeting after you opened the page. Look at it again first."
MINUTES_CHANGED = (
    "The minutes or the attendance were changed after you opened the page. Read them again."
)


@dataclass(frozen=True)
class Sitting:
    """When and where a group meets: on one day, from a time to a time."""

    day: dt.date
    starts: dt.time
    ends: dt.time
    place: str = ""
    link: str = ""

    @property
    def starts_at(self) -> dt.datetime:
        """The moment at which it begins."""
        return rules.moment_of(self.day, self.starts)

    @property
    def ends_at(self) -> dt.datetime:
        """The moment at which it ends."""
        return rules.moment_of(self.day, self.ends)


@transaction.atomic
def plan_year(
    *,
    group: Group,
    months: Sequence[dt.date],
    rule: DayRule,
    starts: dt.time,
    ends: dt.time,
    place: str = "",
    link: str = "",
    by: User,
) -> list[Meeting]:
    """Plan a meeting in each of the months that has none yet; answer the new ones.

    A month whose meeting was moved or cancelled keeps that one, so the service is safe to run
    twice. Raises ``NotAllowed``, and ``RuleBroken`` for times in disorder or a group that has ended.
    """
    permissions.require_manager(by, group)
    row = _open_group(group)
    rules.check_rule(weekday=rule.weekday, week=rule.week)
    taken = set(row.meetings.exclude(month=None).values_list("month", flat=True))
    made = []
    for month in sorted(set(months) - taken):
        sitting = Sitting(rule.in_month(month), starts, ends, place, link)
        if row.ended_on is None or sitting.day <= row.ended_on:
            made.append(_new(row, sitting, month=month, reason="Planned with the year", by=by))
    return made


@transaction.atomic
def add_meeting(*, group: Group, sitting: Sitting, by: User, submission_key: str = "") -> Meeting:
    """Plan one meeting beside the year's; the standing items are on its agenda.

    Raises ``NotAllowed``, ``RuleBroken`` for times in disorder or a group that has ended.
    """
    permissions.require_manager(by, group)
    row = _open_group(group)
    return once(
        lambda: _new(row, sitting, month=None, reason="Added", by=by),
        model=Meeting,
        what="meetings.add",
        values=[row.pk, *vars(sitting).values()],
        submission_key=submission_key,
        by=by,
    )


@transaction.atomic
def move(
    *, meeting: Meeting, sitting: Sitting, reason: str, base_version: int, by: User
) -> Meeting:
    """Move a meeting that is to come, or change where it is, with the reason.

    When it was first to be stays on record. Raises ``NotAllowed``, ``RuleBroken``, ``Conflict``
    when somebody changed it since the page was opened.
    """
    row = lock_meeting(meeting)
    permissions.require_manager(by, row.group)
    _check_version(row, base_version, typed=vars(sitting))
    rules.check_is_ahead(row.state)
    rules.check_times(sitting.starts_at, sitting.ends_at)
    _require_reason(reason)
    changes: dict[str, Any] = {
        "starts_at": sitting.starts_at,
        "ends_at": sitting.ends_at,
        "place": sitting.place.strip(),
        "link": sitting.link.strip(),
    }
    if sitting.starts_at != row.starts_at:
        changes |= {"moved_from": row.moved_from or row.starts_at, "moved_reason": reason.strip()}
    return save_changed(row, by=by, reason=reason.strip(), **changes)


@transaction.atomic
def cancel(*, meeting: Meeting, reason: str, base_version: int, by: User) -> Meeting:
    """Cancel a meeting that is to come, with the reason; it stays on record and cannot come back.

    Raises ``NotAllowed``, ``RuleBroken``, ``Conflict``.
    """
    row = lock_meeting(meeting)
    permissions.require_manager(by, row.group)
    _check_version(row, base_version, typed={"reason": reason})
    rules.check_step(row.state, MeetingState.CANCELLED)
    _require_reason(reason)
    return save_changed(
        row,
        by=by,
        reason=reason.strip(),
        state=MeetingState.CANCELLED,
        cancelled_reason=reason.strip(),
    )


@transaction.atomic
def send_agenda(*, meeting: Meeting, base_version: int, by: User) -> Meeting:
    """Note that the agenda is out. Raises ``NotAllowed``, ``RuleBroken`` without items, ``Conflict``."""
    row = lock_meeting(meeting)
    permissions.require_agenda(by, row.group)
    _check_version(row, base_version)
    rules.check_step(row.state, MeetingState.AGENDA_OUT)
    if not row.items.standing().exists():
        raise RuleBroken("Nothing stands on the agenda. Add an item first.")
    return save_changed(row, by=by, reason="The agenda is out", state=MeetingState.AGENDA_OUT)


@transaction.atomic
def hold(*, meeting: Meeting, base_version: int, by: User) -> Meeting:
    """Note that a meeting has begun, so that minutes can be written.

    Raises ``NotAllowed``, ``RuleBroken`` before its time, ``Conflict``.
    """
    row = lock_meeting(meeting)
    permissions.require_agenda(by, row.group)
    _check_version(row, base_version)
    rules.check_step(row.state, MeetingState.HELD)
    rules.check_may_hold(row.starts_at, at=dates.now())
    return save_changed(row, by=by, reason="The meeting is held", state=MeetingState.HELD)


@transaction.atomic
def agree_minutes(*, meeting: Meeting, fingerprint: str, by: User) -> Meeting:
    """A chair agrees the minutes exactly as the page showed them; nothing changes until they are reopened.

    ``fingerprint`` is that of what was read (``selectors.meetings.minutes_fingerprint``). Raises
    ``NotAllowed``, ``RuleBroken`` while an item is without minutes, ``Conflict``.
    """
    row = lock_meeting(meeting)
    permissions.require_chair(by, row.group)
    rules.check_step(row.state, MeetingState.MINUTES_AGREED)
    if fingerprint != reads.minutes_fingerprint(row):
        raise Conflict(MINUTES_CHANGED)
    rules.check_minutes(
        without=[item.title for item in row.items.standing().filter(minutes_text="")],
        present=reads.present_at(row),
    )
    return save_changed(
        row,
        by=by,
        reason="The minutes are agreed",
        state=MeetingState.MINUTES_AGREED,
        minutes_agreed_by=by,
        minutes_agreed_at=dates.now(),
    )


@transaction.atomic
def reopen_minutes(*, meeting: Meeting, reason: str, base_version: int, by: User) -> Meeting:
    """Take agreed minutes back to draft, saying why, so that they are put right and agreed again.

    What was agreed stays in the history of each item. Raises ``NotAllowed`` for all but the
    programme office, ``RuleBroken`` without a reason or for what is not agreed, ``Conflict``.
    """
    row = lock_meeting(meeting)
    permissions.require_manager(by, row.group)
    _check_version(row, base_version, typed={"reason": reason})
    rules.check_may_reopen(row.state)
    _require_reason(reason)
    return save_changed(
        row,
        by=by,
        reason=reason.strip(),
        state=MeetingState.HELD,
        minutes_agreed_by=None,
        minutes_agreed_at=None,
        reopened_at=dates.now(),
        reopened_reason=reason.strip(),
    )


def _open_group(group: Group) -> Group:
    row = Group.objects.select_for_update(of=("self",)).select_related("plan").get(pk=group.pk)
    if row.ended_on is not None and row.ended_on < dates.today():
        raise RuleBroken("This group has ended.")
    return row


def _new(
    group: Group, sitting: Sitting, *, month: dt.date | None, reason: str, by: User
) -> Meeting:
    rules.check_times(sitting.starts_at, sitting.ends_at)
    last = group.meetings.order_by("-number").values_list("number", flat=True).first()
    meeting = Meeting(
        group=group,
        number=(last or 0) + 1,
        month=month,
        starts_at=sitting.starts_at,
        ends_at=sitting.ends_at,
        place=sitting.place.strip(),
        link=sitting.link.strip(),
    )
    save_audited(meeting, by=by, reason=reason)
    for position, standing in enumerate(rules.STANDING_ITEMS, start=1):
        item = AgendaItem(
            meeting=meeting,
            position=position,
            kind=standing.kind,
            title=standing.kind.label,
            duration=standing.duration,
            purpose=standing.purpose,
        )
        save_audited(item, by=by, reason="Stands on every agenda")
    return meeting


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken({"reason": ["Enter the reason."]})


def _check_version(
    row: Meeting, base_version: int, *, typed: Mapping[str, Any] | None = None
) -> None:
    if row.version != base_version:
        start, end = dates.day_of(row.starts_at), row.ends_at.astimezone(dates.LONDON)
        current = {
            "day": start,
            "starts": row.starts_at.astimezone(dates.LONDON).time(),
            "ends": end.time(),
            "place": row.place,
            "link": row.link,
        }
        raise Conflict(CHANGED, current=current, submitted=typed or {})
