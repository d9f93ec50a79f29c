"""People are told on the rungs of a ladder, not daily; late once rather than twice or never."""

import datetime as dt

import pytest

from hertsend.accounts.roles import Role
from hertsend.jobs.enums import MessageState
from hertsend.jobs.models import Job, Message
from hertsend.jobs.services import run, send_message
from plans import tasks
from tests.factories import models as make
from tests.factories.returns import _returns_are_in
from tests.factories.world import World, at

__all__ = ["_returns_are_in"]
pytestmark = pytest.mark.usefixtures("_returns_are_in")

SINCE = dt.date(2024, 9, 30)
"""A Monday, on which all milestones of the world are due."""


def night(world: World, on: dt.date) -> None:
    """The tick and the worker of one day."""
    with at(on):
        tasks.run_nightly()
        run(job_id=Job.objects.get(key=f"{world.plan.slug}:{on}").pk)


def deliver(on: dt.date) -> None:
    """The mail server takes all that waits to be sent."""
    with at(on):
        for message in Message.objects.filter(state=MessageState.PLANNED).order_by("pk"):
            send_message(message_id=message.pk)


def told_days(first: dt.date, last: dt.date, *, world: World, silent: tuple = ()) -> list[str]:
    """The days on which the lead of PA1 got an e-mail, while every night but the silent ones runs."""
    day = first
    while day <= last:
        if day not in silent:
            night(world, day)
            deliver(day)
        day += dt.timedelta(days=1)
    lead = world.people[Role.WORKSTREAM_LEAD]
    sent = Message.objects.filter(recipient=lead, state=MessageState.SENT)
    return [f"{day:%a %d %b}" for day in sent.order_by("day").values_list("day", flat=True)]


def test_an_overdue_milestone_is_told_a_week_before_on_the_day_the_day_after_and_on_mondays(world):
    assert told_days(dt.date(2024, 9, 20), dt.date(2024, 10, 22), world=world) == [
        "Mon 23 Sep",
        "Mon 30 Sep",
        "Tue 01 Oct",
        "Mon 07 Oct",
        "Mon 14 Oct",
        "Mon 21 Oct",
    ]


def test_what_fell_on_nights_that_did_not_run_is_told_once_on_the_next(world):
    silent = tuple(SINCE + dt.timedelta(days=number) for number in (-1, 0, 1))
    assert told_days(dt.date(2024, 9, 20), dt.date(2024, 10, 8), world=world, silent=silent) == [
        "Mon 23 Sep",
        "Wed 02 Oct",
        "Mon 07 Oct",
    ]


def test_a_digest_that_the_mail_server_never_took_is_told_with_the_next(world):
    night(world, SINCE)
    Message.objects.update(state=MessageState.PARKED)
    night(world, SINCE + dt.timedelta(days=1))
    states = set(Message.objects.values_list("day", "state"))
    assert states == {
        (SINCE, MessageState.WITHHELD),
        (SINCE + dt.timedelta(days=1), MessageState.PLANNED),
    }


def test_a_new_lead_is_told_of_what_is_overdue_on_the_first_night(world):
    told_days(SINCE, SINCE + dt.timedelta(days=2), world=world)
    deputy = world.person(Role.WORKSTREAM_LEAD, "PA1")
    make.PostHoldingFactory(post=world.posts["PA1"], user=deputy, is_deputy=True)
    night(world, SINCE + dt.timedelta(days=3))
    tonight = Message.objects.filter(day=SINCE + dt.timedelta(days=3))
    assert [message.recipient for message in tonight] == [deputy]
