"""September 2024 from its last days to the pack that the board was given, through pages and jobs."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.urls import reverse

from governance.enums import Edition
from governance.models import BoardPack
from hertsend.accounts.roles import Role
from hertsend.jobs.models import Job, Message
from plans.enums import PeriodState
from plans.models import MilestoneException
from tests.factories.world import World, at
from tests.journeys.office import browser_of, read, report, tick, work

# A pack is read in a transaction of its own, so the tests are in none.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

LAST_OF_SEPTEMBER = dt.date(2024, 9, 30)
FIRST_OF_OCTOBER = dt.date(2024, 10, 1)
WHILE_DUE = dt.date(2024, 10, 3)
FREEZE = dt.date(2024, 10, 9)
AFTERWARDS = dt.date(2024, 10, 21)
SEPTEMBER = dt.date(2024, 9, 1)
MINE, FELLOW = "PA1.1-1", "AI1.1-1"


@pytest.fixture
def lead(world):
    return world.people[Role.WORKSTREAM_LEAD]


@pytest.fixture
def chair(world):
    return world.people[Role.JOINT_CHAIR]


def state(world: World) -> str:
    return world.period(SEPTEMBER).state


def pack_address(world: World) -> str:
    return reverse("governance:pack-detail", args=[world.plan.slug, "2024-09", "board", 1])


def test_a_month_from_its_opening_to_the_pack(world, lead, chair):
    # Given September open; on the first of October it is due, and home says so
    tick(LAST_OF_SEPTEMBER)
    assert state(world) == PeriodState.OPEN
    tick(FIRST_OF_OCTOBER)
    assert state(world) == PeriodState.DUE
    home = read(lead, reverse("pages:home"), on=FIRST_OF_OCTOBER)
    assert "The September 2024 return closes in 4 working days" in home
    # When two leads report, and it is frozen two working days after it closes
    saved = report(world, MINE, by=lead, on=WHILE_DUE, what_happened="The offer was drafted.")
    assert "Saved: PA1.1-1 is off track for September 2024." in saved.content.decode()
    report(world, FELLOW, by=world.other_lead, on=WHILE_DUE, what_happened="Nurses were hired.")
    tick(FREEZE)
    # Then the pack has been assembled by itself, with the words of both and the one who was silent
    assert state(world) == PeriodState.REPORTED
    packs = BoardPack.objects.filter(partnership=world.partnership, period__month=SEPTEMBER)
    [pack] = packs.filter(edition=Edition.BOARD)
    shown = read(chair, pack_address(world), on=FREEZE)
    for words in ("The offer was drafted.", "Nurses were hired.", "PA1.1-2"):
        assert words in shown
    # And nothing that is written afterwards changes it
    late = report(world, MINE, by=lead, on=AFTERWARDS, what_happened="The offer was thrown away.")
    assert "Saved: PA1.1-1 is off track for October 2024." in late.content.decode()
    tick(AFTERWARDS)
    assert read(chair, pack_address(world), on=AFTERWARDS) == shown
    [again] = packs.filter(edition=Edition.BOARD)
    assert (again.pk, again.sha256) == (pack.pk, pack.sha256)
    # While the milestone and the dashboard of the running month show it
    one = reverse("plans:milestone-detail", args=[world.plan.slug, MINE])
    assert "The offer was thrown away." in read(chair, one, on=AFTERWARDS)
    board = reverse("governance:dashboard", args=[world.plan.slug])
    assert "The offer was thrown away." in read(chair, f"{board}?month=2024-10", on=AFTERWARDS)
    assert "The offer was thrown away." not in read(chair, f"{board}?month=2024-09", on=AFTERWARDS)


def test_a_frozen_month_takes_no_update(world, lead):
    # Given September, which takes an update on the last day before its freeze
    tick(FIRST_OF_OCTOBER)
    before = report(world, MINE, by=lead, on=dt.date(2024, 10, 8), what_happened="In time.")
    assert "for September 2024." in before.content.decode()
    # When it is frozen, and somebody sends the form of September all the same
    tick(FREEZE)
    refused = report(
        world, "PA1.1-2", by=lead, on=FREEZE, what_happened="Too late.", period="2024-09"
    )
    # Then it is not taken, and the words are still in the form
    assert "There is a problem" in refused.content.decode()
    assert "September 2024 is frozen" in refused.content.decode()
    assert "Too late." in refused.content.decode()
    assert list(world.milestone("PA1.1-2").updates.all()) == []


def test_the_overdue_are_flagged_and_each_lead_is_told_once(world, lead, chair):
    # Given milestones that were due on 30 September, and are not done on that day
    tick(LAST_OF_SEPTEMBER)
    assert list(MilestoneException.objects.filter(milestone__plan=world.plan)) == []
    # When the next day begins, and the timetable ticks again each hour
    mail.outbox.clear()
    for _ in range(3):
        tick(FIRST_OF_OCTOBER)
    # Then each of them has one open exception, which the board's pages show
    flagged = MilestoneException.objects.filter(milestone__plan=world.plan, closed_at=None)
    assert sorted(flagged.values_list("milestone__key", flat=True)) == [
        "AI1.1-1",
        "AI1.1-2",
        "PA1.1-1",
        "PA1.1-2",
    ]
    one = reverse("plans:milestone-detail", args=[world.plan.slug, MINE])
    assert "Overdue by 1 day" in read(chair, one, on=FIRST_OF_OCTOBER)
    # And each lead has one e-mail about theirs, and no other
    here = [world.people[Role.WORKSTREAM_LEAD], world.other_lead]
    to_us = [message for message in mail.outbox if message.to[0] in {each.email for each in here}]
    assert sorted(message.to for message in to_us) == sorted([each.email] for each in here)
    [mine] = [message for message in to_us if message.to == [lead.email]]
    assert mine.subject == "3 matters wait for you: 2 overdue milestones, 1 return to hand in"
    assert set(re.findall(r"\b(?:PA|AI)1\.1-\d\b", mine.body)) == {"PA1.1-1", "PA1.1-2"}
    # And work that is asked for again, or found again, tells nobody twice
    told = len(mail.outbox)
    Job.objects.filter(kind="plans.nightly").update(state="queued", finished_at=None)
    work(FIRST_OF_OCTOBER)
    assert len(mail.outbox) == told
    assert Message.objects.filter(recipient=lead, day=FIRST_OF_OCTOBER).count() == 1


def test_what_is_proposed_complete_is_no_longer_overdue_until_it_is_returned(world, lead, chair):
    # Given an overdue milestone with its exception
    tick(FIRST_OF_OCTOBER)
    flagged = MilestoneException.objects.filter(milestone=world.milestone(MINE))
    assert [row.closed_at for row in flagged] == [None]
    # When it is proposed complete
    world.propose(MINE)
    tick(WHILE_DUE)
    # Then the spell has ended, and the chair is asked for a signature
    assert [row.closure for row in flagged.all()] == ["completed"]
    assert "For you to sign 1" in read(chair, reverse("pages:home"), on=WHILE_DUE)
    # And a return begins a new spell
    address = reverse("plans:milestone-sign-off", args=[world.plan.slug, MINE])
    client = browser_of(chair)
    with at(WHILE_DUE):
        initial = client.get(address).context["form"].initial
        client.post(address, initial | {"decision": "return", "words": "Which offer?"})
    tick(dt.date(2024, 10, 4))
    assert sorted(row.closure for row in flagged.all()) == ["", "completed"]
