"""What of packs waits for people: to be released by the office, to be issued by a joint chair."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from governance.enums import PackState
from governance.models import PackRun
from governance.selectors.pack_pages import waiting_runs, waits_since
from governance.selectors.packs import label_of
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.jobs.matters import Asked, Group, Matter, Urgency, asked_on, source
from hertsend.ui.templatetags.ui import long_date

TO_RELEASE = Group("Packs to release", "pack to release", "packs to release", Urgency.DECIDE)
TO_ISSUE = Group("Packs to issue", "pack to issue", "packs to issue", Urgency.DECIDE)


@source("governance.packs")
def packs(asked: Asked) -> Mapping[int, Sequence[Matter]]:
    """A pack that waits: for the programme office until it is released, then for the joint chairs.

    Who released a pack or wrote its foreword cannot issue it, so it does not wait for them. Two
    queries.
    """
    place = asked.plan.partnership_id
    offices = access.who_may(asked.held, Permission.RELEASE_PACK, partnership_id=place)
    chairs = access.who_may(asked.held, Permission.ISSUE_PACK, partnership_id=place)
    found: dict[int, list[Matter]] = defaultdict(list)
    for run in waiting_runs(asked.plan):
        is_released = run.state == PackState.RELEASED
        own = (run.released_by_id, run.foreword_by_id) if is_released else ()
        matter = _matter(run, on=asked.on)
        for person in chairs if is_released else offices:
            if person not in own:
                found[person].append(matter)
    return found


def _matter(run: PackRun, *, on: dt.date) -> Matter:
    is_released = run.state == PackState.RELEASED
    day = dates.day_of(waits_since(run))
    done = "Released" if is_released else "Returned" if run.returned_reason else "Assembled"
    return Matter(
        group=TO_ISSUE if is_released else TO_RELEASE,
        sentence=label_of(run),
        detail=f"{done} on {long_date(day)}",
        path=run.get_absolute_url(),
        action="Issue it" if is_released else "Release it",
        day=day,
        step=asked_on(day, on=on),
    )
