"""What of governance waits for people: the assessment of the rhythm, for the executive's chair."""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from governance import selectors
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.jobs.matters import Asked, Group, Matter, Urgency, asked_on, source
from hertsend.ui.templatetags.ui import long_date

TO_DECIDE = Group("To decide", "decision", "decisions", Urgency.DECIDE)


@source("governance.rhythm")
def rhythm(asked: Asked) -> Mapping[int, Sequence[Matter]]:
    """After the first months that the plan promises: how often the executive meets. Five queries."""
    plan, on, held = asked.plan, asked.on, asked.held
    found = selectors.assessment_due(plan, on)
    if found is None:
        return {}
    first, last = found.months
    matter = Matter(
        group=TO_DECIDE,
        sentence="How often the executive meets is to be assessed",
        detail=f"{first.label} to {last.label} are reported, since {long_date(found.since)}",
        path=reverse("governance:rhythm-decide", args=[plan.slug]),
        action="Decide the rhythm",
        day=found.since,
        step=asked_on(found.since, on=on),
    )
    told = access.who_may(held, Permission.DECIDE_RHYTHM, partnership_id=plan.partnership_id)
    return {person: [matter] for person in told}
