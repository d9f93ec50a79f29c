"""E-mails of issued packs that wait for a decision: they failed, or nobody knows whether they left."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.urls import reverse

from governance.models import PackRun
from governance.selectors.pack_pages import troubled_runs
from governance.selectors.packs import label_of
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.jobs.matters import Asked, Group, Matter, Urgency, asked_on, source
from hertsend.ui.templatetags.ui import count_of

UNDELIVERED = Group(
    "Packs that did not reach everybody",
    "pack that did not reach everybody",
    "packs that did not reach everybody",
    Urgency.DECIDE,
)


@source("governance.deliveries")
def undelivered(asked: Asked) -> Mapping[int, Sequence[Matter]]:
    """What nobody but a person may send again waits for the programme office. One query."""
    offices = access.who_may(
        asked.held, Permission.RELEASE_PACK, partnership_id=asked.plan.partnership_id
    )
    found = [_matter(run, number, on=asked.on) for run, number in troubled_runs(asked.plan)]
    return dict.fromkeys(offices, found) if found else {}


def _matter(run: PackRun, number: int, *, on: dt.date) -> Matter:
    day = dates.day_of(run.issued_at) if run.issued_at else on
    return Matter(
        group=UNDELIVERED,
        sentence=label_of(run),
        detail=count_of(number, "e-mail failed or nobody knows,e-mails failed or nobody knows"),
        path=reverse("governance:pack-deliveries", args=run.address),
        action="See who",
        day=day,
        step=asked_on(day, on=on),
    )
