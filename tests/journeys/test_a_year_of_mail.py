"""The e-mails of 2024, every day of it run through the daily jobs, against the ladder in its own words.

No milestone comes due in this year, so that all that is told is told of returns; no pack is
assembled, so that nobody is asked about the rhythm. What is expected is counted from the tables
below and from the rules of bank holidays, without any code of the application.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cache

import pytest
from django.core import mail

from governance import selectors
from governance.services import returns
from governance.tasks import make_returns
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.accounts.services import deputies
from hertsend.jobs.enums import MessageState
from hertsend.jobs.models import Job, Message
from hertsend.jobs.tasks import run_job, send_message
from plans import tasks
from plans.models import Plan, UpdateDraft
from plans.selectors.rows import shown_to_submit
from tests.factories import models as make
from tests.factories.world import at
from tests.plans.bank_holidays import working_day_of, working_days_after

pytestmark = pytest.mark.slow

LADDER = {"lead": (-7, -2, 0, 2), "office": (2,), "chair": (5,)}
"""Working days from the day on which a return is due, and who is told then: leads and deputies alike."""

LEADS = {"A": ("Avery",), "B": ("Blake",), "C": ("Avery", "Casey")}
OFFICE, CHAIR, BYSTANDER = ("Olu", "Ona"), ("Indira",), "Morgan"
DEPUTY, STANDS_IN_FOR = "Drew", "Blake"
HOLIDAY = (dt.date(2024, 6, 24), dt.date(2024, 7, 19))
NAMED_ON = dt.date(2024, 6, 17)

NEVER = None
EARLY = -8
HANDED_IN = {
    "A": (EARLY, -5, NEVER, 0, 1, EARLY, EARLY, -7, -2, NEVER, EARLY, EARLY),
    "B": (NEVER, EARLY, -1, NEVER, EARLY, NEVER, EARLY, EARLY, 1, EARLY, 0, EARLY),
    "C": (EARLY, EARLY, NEVER, 1, EARLY, -3, EARLY, NEVER, EARLY, EARLY, -6, NEVER),
}
"""For each workstream and month: on which working day from the due day it was handed in, after the morning."""

MONTHS = [dt.date(2024, number, 1) for number in range(1, 13)]
DAYS = [dt.date(2024, 1, 1) + dt.timedelta(days=number) for number in range(366)]
"""All days, weekends and bank holidays too: that nothing is told then is for the test to see."""


def due(month: dt.date) -> dt.date:
    """Working day 5 of the month after."""
    return working_day_of(dt.date(month.year + month.month // 12, month.month % 12 + 1, 1), 5)


@cache
def handed_in_on(stream: str, month: dt.date) -> dt.date | None:
    """The day on which a return came, if it came."""
    days = HANDED_IN[stream][month.month - 1]
    return None if days is NEVER else working_days_after(due(month), days)


def chased(stream: str, day: dt.date) -> set[str]:
    """Who leads a workstream on a day, or stands in for who does."""
    people = set(LEADS[stream])
    away = HOLIDAY[0] <= day <= HOLIDAY[1] and STANDS_IN_FOR in people
    return people | ({DEPUTY} if away else set())


def foretold() -> set[tuple[str, dt.date]]:
    """Who has an e-mail on which day: of a person's returns on one day it is one e-mail."""
    found = set()
    for stream in LEADS:
        for month in MONTHS:
            came = handed_in_on(stream, month)
            for whom, rungs in LADDER.items():
                for rung in rungs:
                    day = working_days_after(due(month), rung)
                    if day.year == 2024 and (came is None or day <= came):
                        watchers = {"office": set(OFFICE), "chair": set(CHAIR)}
                        told = watchers.get(whom) or chased(stream, day)
                        found |= {(person, day) for person in told}
    return found


def test_the_table_foretells_what_the_customer_would_count():
    """Some of the days, counted by hand on a calendar of 2024."""
    told = foretold()
    # March never came from A and C, which Avery leads both: one e-mail each time, over Easter
    spring = (dt.date(2024, 3, 11), dt.date(2024, 4, 20))
    assert days_of("Avery", told, *spring) == ["26 Mar", "04 Apr", "08 Apr", "10 Apr"]
    assert days_of("Olu", told, *spring) == ["10 Apr"]
    assert days_of("Indira", told, *spring) == ["15 Apr"]
    # Of November B's came on its last day, C's on the day after −7; December's chase begins between Christmas and New Year
    winter = (dt.date(2024, 11, 20), dt.date(2024, 12, 31))
    assert days_of("Blake", told, *winter) == ["27 Nov", "04 Dec", "06 Dec"]
    assert days_of("Casey", told, *winter) == ["27 Nov", "27 Dec"]
    # The deputy hears of June's, as Blake does, and of nothing before or after
    assert days_of(DEPUTY, told, DAYS[0], DAYS[-1]) == ["26 Jun", "03 Jul", "05 Jul", "09 Jul"]
    assert days_of("Blake", told, *HOLIDAY) == ["26 Jun", "03 Jul", "05 Jul", "09 Jul"]


def days_of(name: str, told: set[tuple[str, dt.date]], first: dt.date, last: dt.date) -> list[str]:
    return [
        f"{day:%d %b}"
        for day in sorted(day for person, day in told if person == name)
        if first <= day <= last
    ]


@dataclass
class Year:
    """The plan, its people by name, and what was asked of the jobs."""

    plan: Plan
    people: dict[str, User]

    def person(self, name: str, role: Role, scope_key: str = "") -> None:
        """A person with a role; a second role where they have one already."""
        user = self.people.get(name) or make.UserFactory(
            name=name, email=f"{name}@example.org".lower()
        )
        self.people[name] = user
        make.RoleAssignmentFactory(
            user=user, partnership=self.plan.partnership, role=role, scope_key=scope_key
        )

    def beat(self) -> None:
        """The hourly tasks, and the worker."""
        tasks.advance_periods.apply(throw=True)
        make_returns.apply(throw=True)
        tasks.run_nightly.apply(throw=True)
        for job in Job.objects.filter(state="queued"):
            run_job.apply(args=[job.pk], throw=True)
        for message in Message.objects.filter(state=MessageState.PLANNED):
            send_message.apply(args=[message.pk], throw=True)

    def hand_in(self, day: dt.date) -> None:
        """What comes on a day."""
        for stream in LEADS:
            for month in MONTHS:
                if handed_in_on(stream, month) == day:
                    self._submit(
                        self.plan.workstreams.get(key=stream),
                        self.plan.periods.get(month=month),
                        day,
                    )

    def _submit(self, stream, period, day: dt.date) -> None:
        (line,) = selectors.returns_of(
            period, workstreams=[stream], on=day, visible=(), drafts=UpdateDraft.objects.all()
        )
        returns.submit(
            workstream=stream,
            period=period,
            base_version=line.version,
            shown=shown_to_submit(line.rows),
            by=self.people[LEADS[stream.key][0]],
        )


@pytest.fixture
def year(db) -> Year:
    with at(make.START):
        found = Year(make.PlanFactory(published="2023-12"), {})
        for stream, names in LEADS.items():
            row = make.WorkstreamFactory(plan=found.plan, key=stream)
            action = make.ActionFactory(workstream=row)
            step = make.MilestoneFactory(action=action, due_on=dt.date(2031, 1, 1))
            post = make.PostFactory(partnership=found.plan.partnership)
            make.MilestoneLeadFactory(milestone=step, post=post)
            for name in names:
                found.person(name, Role.WORKSTREAM_LEAD, stream)
                make.PostHoldingFactory(post=post, user=found.people[name])
        for name in OFFICE:
            found.person(name, Role.PROGRAMME_OFFICE)
        found.person(CHAIR[0], Role.EXECUTIVE_CHAIR)
        found.person(BYSTANDER, Role.BOARD_MEMBER)
        found.person(DEPUTY, Role.BOARD_MEMBER)
    return found


def test_every_e_mail_of_the_year_is_one_that_the_ladder_tells(year):
    told_on = {day for _, day in foretold()}
    for day in DAYS:
        with at(day):
            year.beat()
            if day in told_on:
                before = len(mail.outbox)
                year.beat()
                assert len(mail.outbox) == before
            if day == NAMED_ON:
                deputies.name_deputy(
                    partnership=year.plan.partnership,
                    deputy=year.people[DEPUTY],
                    starts_on=HOLIDAY[0],
                    ends_on=HOLIDAY[1],
                    by=year.people[STANDS_IN_FOR],
                )
            year.hand_in(day)
    rows = Message.objects.all()
    assert set(rows.values_list("state", flat=True)) == {MessageState.SENT}
    digests = [
        (name, day)
        for name, day in rows.filter(kind="matters.digest").values_list("recipient__name", "day")
    ]
    assert sorted(digests) == sorted(foretold())
    # At most one a day for each person, one message to a deputy, and nothing else to anybody
    expected = Counter(person for person, _ in foretold())
    assert Counter(letter.to[0] for letter in mail.outbox) == Counter(
        {f"{name}@example.org".lower(): count for name, count in expected.items()}
    ) + Counter({"drew@example.org": 1})
    assert dict(Counter(rows.values_list("kind", flat=True))) == {
        "matters.digest": len(foretold()),
        "accounts.deputy_named": 1,
    }
    assert BYSTANDER not in expected
