"""What a month is made of: the calendar's ticks, the worker's turns, and people at their forms."""

import datetime as dt
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from governance.tasks import assemble_packs
from hertsend.accounts.models import User
from hertsend.jobs.enums import JobState, MessageState
from hertsend.jobs.models import Job, Message
from hertsend.jobs.services import run, send_message
from plans import tasks
from tests.factories.world import World, at

# What is past its date needs a day on which it is expected now.
EXPECTED = {"forecast_on_day": "30", "forecast_on_month": "11", "forecast_on_year": "2024"}


def tick(on: dt.date) -> None:
    """One round of the timetable on a day, and all the work that it asks for."""
    with at(on):
        tasks.advance_periods()
        tasks.run_nightly()
        assemble_packs()
    work(on)


def work(on: dt.date) -> None:
    """What the worker does on a day with whatever waits for it."""
    with at(on):
        for job in Job.objects.filter(state=JobState.QUEUED):
            done = run(job_id=job.pk)
            assert done is None or done.state == JobState.DONE, done.error
        for message in Message.objects.filter(state=MessageState.PLANNED):
            send_message(message_id=message.pk)


def browser_of(person: User) -> Client:
    """A browser in which a person is signed in."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def read(person: User, address: str, *, on: dt.date) -> str:
    """The words of a page as a person reads them on a day, the frame around the page left out."""
    with at(on):
        page = browser_of(person).get(address)
    assert page.status_code == 200
    return words_of(page)


def words_of(page: HttpResponse) -> str:
    """The words of a page's main part, on one line."""
    html = page.content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def report(world: World, key: str, *, by: User, on: dt.date, **words: Any) -> HttpResponse:
    """Open a milestone's form on a day, fill it and send it; answers the page it leads to."""
    address = reverse("plans:milestone-update", args=[world.plan.slug, key])
    client = browser_of(by)
    with at(on):
        form = client.get(address).context["form"]
        given = {
            name: form.get_initial_for_field(field, name) for name, field in form.fields.items()
        }
        typed = EXPECTED | {"stage": "in_progress", "rating": "red"} | words
        data = {name: value for name, value in (given | typed).items() if value is not None}
        return client.post(address, data, follow=True)
