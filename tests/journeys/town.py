"""A small partnership that lives through its days: the clock, the timetable, and who had what mail."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core import mail
from django.urls import reverse

from hertsend import dates
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.celery import SCHEDULE, app
from hertsend.jobs.enums import JobState, MessageState
from hertsend.jobs.models import Job, Message
from hertsend.jobs.tasks import run_job, send_message
from tests.factories.world import World
from tests.journeys.browser import Browser

BEAT, OFFICE_HOURS = dt.time(7), dt.time(9)
WAITING_JOBS = (JobState.QUEUED, JobState.FAILED)


@dataclass
class Town:
    """The world and its clock; ``mailed`` are the e-mails that left: day, address and subject."""

    world: World
    clock: Any
    today: dt.date
    mailed: list[tuple[dt.date, str, str]] = field(default_factory=list)

    def reach(self, day: dt.date) -> None:
        """Live through every day up to this one, and stand at nine in its morning."""
        while self.today < day:
            self.today += dt.timedelta(days=1)
            self.at(BEAT)
            self.beat()
        self.at(OFFICE_HOURS)

    def at(self, time: dt.time) -> None:
        """Set the clock to a time of this day."""
        self.clock.move_to(dt.datetime.combine(self.today, time, tzinfo=dates.LONDON))

    def beat(self) -> None:
        """Run the timetable once, each task by its name, and then what the worker is woken for."""
        for entry in SCHEDULE.values():
            app.tasks[entry["task"]].apply(throw=True)
        self.work()

    def work(self) -> None:
        """What the worker does with whatever waits for it; note the e-mails that leave."""
        for job in Job.objects.filter(state__in=WAITING_JOBS):
            run_job.apply(args=[job.pk], throw=True)
        assert list(Job.objects.exclude(state=JobState.DONE).values_list("kind", "error")) == []
        for message in Message.objects.filter(state=MessageState.PLANNED):
            send_message.apply(args=[message.pk], throw=True)
        for letter in mail.outbox:
            self.mailed += [(self.today, address, letter.subject) for address in letter.to]
        mail.outbox.clear()

    def letters(self, person: User, *, since: dt.date) -> list[tuple[int, int, str]]:
        """The e-mails that a person had from a day on, but for links to packs: month, day, subject."""
        return [
            (day.month, day.day, subject)
            for day, address, subject in self.mailed
            if address == person.email and day >= since and " pack of " not in subject
        ]

    def someone(self, role: Role) -> User:
        """The world's person with a role."""
        return self.world.people[role]

    def browser(self, person: User | Role) -> Browser:
        """A browser at home, in which a person has just signed in."""
        return Browser(self.someone(person) if isinstance(person, Role) else person)

    def url(self, name: str, *arguments: Any) -> str:
        """The address of a page of the plan, for those who try what nothing leads them to."""
        return reverse(name, args=[self.world.plan.slug, *arguments])
