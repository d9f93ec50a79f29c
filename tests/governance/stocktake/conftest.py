"""A world in which something of each kind happened between 3 September and 20 October 2024."""

import datetime as dt

import pytest

from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.records.bases import save_audited
from plans.models import Evidence
from plans.policies import ReportWords, RequestWords
from plans.services import date_requests, escalations, exception_reports
from tests.factories.shared import built_world, world
from tests.factories.world import World, at, noon
from tests.governance import steps

__all__ = ["built_world", "world"]

START, END = dt.date(2024, 9, 3), dt.date(2024, 10, 20)
LATE = dt.date(2024, 10, 11)
CAUSE = "The supplier <b>left</b> & took the data."
ASKED = dt.date(2025, 3, 28)


@pytest.fixture
def told(world) -> World:
    """Begun, completed, signed, returned, moved, refused, overdue, reported, escalated, shown, said."""
    steps.report(world, "PA1.1-1", moment=noon(START))
    steps.report(
        world,
        "PA1.1-1",
        moment=noon(dt.date(2024, 9, 4)),
        sentence_for_families="The first schools were trained.",
    )
    steps.propose(world, "PA1.1-1", on=dt.date(2024, 9, 5))
    steps.sign(world, "PA1.1-1", on=dt.date(2024, 9, 6))
    steps.propose(world, "PA1.1-2", on=dt.date(2024, 9, 9))
    steps.send_back(world, "PA1.1-2", on=dt.date(2024, 9, 9))
    steps.advance(world, steps.AUGUST_FREEZES)
    steps.agree(world, "PA1.1-2", dt.date(2024, 12, 6), on=dt.date(2024, 9, 20))
    steps.flag(world, on=dt.date(2024, 10, 2))
    steps.report(
        world,
        "AI1.1-1",
        month=steps.SEPTEMBER,
        moment=noon(dt.date(2024, 10, 3)),
        rating="red",
        forecast_on=ASKED,
        what_happened="It stalled.",
        internal_note="QX-INTERNAL",
    )
    _challenge(world)
    _show(world)
    return world


def _challenge(world: World) -> None:
    """The lead reports on an overdue step and asks for a date, which is refused; a member escalates."""
    step = world.milestone("AI1.1-1")
    with at(dt.date(2024, 10, 4)):
        exception_reports.write_report(
            milestone=step,
            period=world.period(steps.SEPTEMBER),
            words=ReportWords(
                cause=CAUSE,
                effect_on_families="They wait longer.",
                what_is_being_done="A new supplier.",
                done_by=ASKED,
                ask="help",
                asked_of_board="Two posts.",
            ),
            base_version=0,
            by=world.other_lead,
        )
        escalations.escalate(
            milestone=step, reason="Nothing moves.", by=world.people[Role.BOARD_MEMBER]
        )
    own = world.milestone("PA1.1-2")
    with at(LATE):
        request = date_requests.request_date(
            milestone=own,
            words=RequestWords(
                asked_for_on=ASKED, reason="The supplier is late.", effect_on_others="None."
            ),
            base_version=0,
            by=world.people[Role.WORKSTREAM_LEAD],
        )
        date_requests.decide_request(
            request=request,
            becomes="refused",
            decision="A plan is missing.",
            base_version=1,
            by=world.people[Role.JOINT_CHAIR],
        )


def _show(world: World) -> None:
    """Two pieces of evidence, of which one is withdrawn."""
    lead = world.people[Role.WORKSTREAM_LEAD]
    step = world.milestone("PA1.1-1")
    for title, is_withdrawn in (("Survey of schools", False), ("Old minutes", True)):
        row = Evidence(
            action=step.action,
            milestone=step,
            kind="survey",
            title=title,
            dated_on=dt.date(2024, 9, 2),
            what_it_shows="104 of 120 were trained.",
            link="https://example.org/survey",
            added_by=lead,
            added_at=noon(dt.date(2024, 9, 12)),
        )
        save_audited(row, by=lead, reason="Added")
        if is_withdrawn:
            row.withdrawn_by, row.withdrawn_at = lead, noon(dt.date(2024, 9, 13))
            row.withdrawn_reason = "Of another meeting."
            save_audited(row, by=lead, reason="Withdrawn")


@pytest.fixture
def reader(world) -> User:
    return world.people[Role.BOARD_MEMBER]
