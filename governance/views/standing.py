"""Where the standing items of an agenda lead: the live pages of each, with how much waits there now."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from governance.enums import AgendaKind, RiskState
from governance.models import Meeting
from governance.permissions.families import visible_publications
from governance.permissions.records import Reader
from governance.permissions.risks import visible_risks
from governance.selectors.decisions import waiting_requests
from governance.selectors.log import counts_of, last_meetings
from governance.selectors.meetings import ItemLine
from governance.selectors.risks import risk_lines
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.ui.words import count_of
from plans.models import Milestone, Plan
from plans.permissions import visible_to
from plans.selectors import MilestoneLine, Moment, lines_at
from plans.selectors.exceptions import needing_report
from plans.selectors.queues import open_escalations, open_requests

AN_INSTANT = dt.timedelta(seconds=1)


@dataclass(frozen=True)
class Before:
    """What a reader finds before a meeting; each part is read once, and only if an item asks for it."""

    user: Any
    meeting: Meeting

    @property
    def plan(self) -> Plan:
        """The plan of the group."""
        return self.meeting.group.plan

    @cached_property
    def lines(self) -> list[MilestoneLine]:
        """The milestones as they stand now."""
        rows = visible_to(self.user, Milestone).filter(plan=self.plan)
        return lines_at(rows, plan=self.plan, moment=Moment(on=dates.today()), visible=())

    @cached_property
    def reader(self) -> Reader:
        """The reader of the group's records."""
        return Reader.of(self.user, self.plan)

    @property
    def counted_at(self) -> dt.datetime:
        """From when it is looked back: now, or just before the meeting once it has begun."""
        return min(dates.now(), self.meeting.starts_at - AN_INSTANT)

    @cached_property
    def last_met_at(self) -> dt.datetime | None:
        """When the group met last before this meeting."""
        return last_meetings([self.meeting.group_id], at=self.counted_at).get(self.meeting.group_id)


@dataclass(frozen=True)
class Live:
    """A page, who may open it, what is counted on it ("" for nothing), and whether it is of the group."""

    name: str
    label: str
    needs: Permission
    count: Callable[[Before], str]
    of_group: bool = False


@dataclass(frozen=True)
class LivePage:
    """The link of a standing item for one reader, and what waits there now."""

    url: str
    label: str
    waits: str


def _exceptions_in_words(before: Before) -> str:
    return count_of(len(needing_report(before.lines)), "exception", "exceptions")


def _dashboard(before: Before) -> str:
    overdue = sum(line.is_overdue for line in before.lines)
    return f"{overdue} overdue, {_exceptions_in_words(before)} now"


def _exceptions(before: Before) -> str:
    return f"{_exceptions_in_words(before)} now"


def _action_log(before: Before) -> str:
    rows = before.reader.log_actions.filter(group=before.meeting.group_id)
    counts = counts_of(rows, at=before.counted_at, on=dates.today())
    since = "since the last meeting" if before.last_met_at else "so far"
    return f"{counts.closed} closed {since}, {counts.open} open, {counts.overdue} overdue"


def _decisions(before: Before) -> str:
    rows = before.reader.requests.filter(group=before.meeting.group_id)
    waiting = waiting_requests(rows).count()
    return count_of(waiting, "waits for this group", "wait for this group")


def _dates(before: Before) -> str:
    waiting = len(open_requests(before.plan)) + len(open_escalations(before.plan))
    return count_of(waiting, "waits now", "wait now")


def _risks(before: Before) -> str:
    rows = visible_risks(before.user).filter(plan=before.plan, state=RiskState.OPEN)
    lines = risk_lines(rows, before.plan, on=dates.today())
    unreviewed = sum(line.is_unreviewed for line in lines)
    words = count_of(len(lines), "open risk", "open risks")
    return f"{words}, {unreviewed} not reviewed" if unreviewed else words


def _families(before: Before) -> str:
    rows = visible_publications(before.user).filter(item__plan=before.plan)
    since = before.last_met_at
    new = rows.filter(at__gte=since) if since else rows
    published = new.order_by().values("item").distinct().count()
    return f"{published} published {'since the last meeting' if since else 'so far'}"


LIVE: dict[AgendaKind, tuple[Live, ...]] = {
    AgendaKind.DASHBOARD: (
        Live("governance:dashboard", "Dashboard", Permission.READ_BOARD_PACK, _dashboard),
    ),
    AgendaKind.EXCEPTIONS: (
        Live("plans:exception-list", "Exceptions", Permission.READ_OFFICERS_WORDS, _exceptions),
    ),
    AgendaKind.ACTION_LOG: (
        Live("governance:log-list", "Action log", Permission.READ_PLAN, _action_log, of_group=True),
    ),
    AgendaKind.RISKS: (Live("governance:risk-list", "Risks", Permission.READ_RISKS, _risks),),
    AgendaKind.DECISIONS_ASKED: (
        Live(
            "governance:decision-list", "Decisions", Permission.READ_PLAN, _decisions, of_group=True
        ),
        Live("plans:date-request-list", "Date requests", Permission.READ_OFFICERS_WORDS, _dates),
    ),
    AgendaKind.VOICE_OF_FAMILIES: (
        Live("governance:feedback-list", "You said, we did", Permission.READ_PLAN, _families),
    ),
}
"""The standing items that have pages. Each page is offered only to readers who may open it."""


def live_pages(
    user: Any, meeting: Meeting, agenda: Sequence[ItemLine]
) -> dict[str, list[LivePage]]:
    """The pages to which the standing items of an agenda lead this reader, by the kind of item."""
    held, before = access.of(user), Before(user, meeting)
    return {
        str(kind): [
            LivePage(_address(live, meeting), live.label, live.count(before))
            for live in LIVE[AgendaKind(kind)]
            if held.may(live.needs, partnership_id=before.plan.partnership_id)
        ]
        for kind in {line.item.kind for line in agenda} & set(LIVE)
    }


def _address(live: Live, meeting: Meeting) -> str:
    page = reverse(live.name, args=[meeting.group.plan.slug])
    return f"{page}?group={meeting.group.key}" if live.of_group else page
