"""What of governance waits for people: what families said, to be answered, approved and published."""

import datetime as dt
from collections.abc import Mapping, Sequence

from governance.enums import FeedbackState
from governance.models import FeedbackItem
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.jobs.matters import Asked, Group, Matter, Urgency, asked_on, source
from hertsend.ui.templatetags.ui import long_date

SAID = Group(
    "What families said", "thing that families said", "things that families said", Urgency.DECIDE
)


@source("governance.feedback")
def feedback(asked: Asked) -> Mapping[int, Sequence[Matter]]:
    """Entries that are not published yet, for who publishes them. Two queries.

    No word of theirs is told: what was entered may hold what somebody must take out first.
    """
    plan, on = asked.plan, asked.on
    waiting = plan.feedback.filter(state__in=[FeedbackState.DRAFT, FeedbackState.APPROVED])
    people = access.who_may(
        asked.held, Permission.PUBLISH_FEEDBACK, partnership_id=plan.partnership_id
    )
    rows = waiting.select_related("plan").order_by("number")
    found = [_matter(item, dates.day_of(item.changed_at), on=on) for item in rows]
    return dict.fromkeys(people, found) if found else {}


def _matter(item: FeedbackItem, since: dt.date, *, on: dt.date) -> Matter:
    return Matter(
        group=SAID,
        sentence=f"Entry {item.number} of “You said, we did” {_what_is_next(item)}",
        detail=f"since {long_date(since)}",
        path=item.get_absolute_url(),
        action=f"Open entry {item.number}",
        day=since,
        step=asked_on(since, on=on),
    )


def _what_is_next(item: FeedbackItem) -> str:
    if item.state == FeedbackState.APPROVED:
        return "can be published"
    return "waits for approval" if item.will_do else "waits for an answer"
