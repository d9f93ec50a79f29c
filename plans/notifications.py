"""The words of the plan's e-mails, made at the moment of sending from what holds then."""

import datetime as dt
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse

from hertsend import dates
from hertsend.accounts.models import User
from hertsend.jobs.mail import one_line
from hertsend.jobs.models import Message
from hertsend.jobs.registry import Mail, absolute_link, renderer
from hertsend.ui.words import count_of
from plans import permissions, policies, selectors
from plans.selectors import Duty
from plans.services.nightly import LEAD_DIGEST


@dataclass(frozen=True)
class DigestEntry:
    """One milestone as the digest words it: the plan's text on one line, dates, and where to go."""

    key: str
    text: str
    plan: str
    due_on: dt.date
    days_overdue: int
    words_of_plan: str
    link: str
    may_update: bool


@renderer(LEAD_DIGEST)
def lead_digest(
    *,
    recipient: User,
    day: dt.date,
    key: str,  # noqa: ARG001 - every renderer is given it
) -> Mail | None:
    """All that a person leads and that was overdue or due within seven days on ``day``, of all plans.

    Withheld from someone whom nothing concerns any more (done, moved, another post, no role), and
    when a later day's digest has been planned, which says it anew: nobody is told twice.
    """
    if Message.objects.filter(kind=LEAD_DIGEST, recipient=recipient, day__gt=day).exists():
        return None
    duties = selectors.duties_of(recipient, on=day, held_on=dates.today())
    if not duties:
        return None
    entries = [_entry(duty, recipient) for duty in duties]
    overdue = [entry for entry in entries if entry.days_overdue]
    subject = digest_subject(total=len(entries), overdue=len(overdue))
    context = {
        "subject": subject,
        "name": one_line(recipient.name),
        "day": day,
        "has_several_plans": len({duty.milestone.plan_id for duty in duties}) > 1,
        "plan": entries[0].plan,
        "total": len(entries),
        "groups": [
            ("Overdue", overdue),
            (
                f"Due in the next {policies.REMINDED_DAYS_AHEAD} days",
                [entry for entry in entries if not entry.days_overdue],
            ),
        ],
        "may_update_all": all(entry.may_update for entry in entries),
        "home": absolute_link(reverse("pages:home")),
    }
    return Mail(
        subject=subject,
        text=render_to_string("emails/plans/lead_digest.txt", context),
        html=render_to_string("emails/plans/lead_digest.html", context),
    )


def digest_subject(*, total: int, overdue: int) -> str:
    """The counts in a line: "3 milestones need you: 1 overdue"."""
    need = f"{count_of(total, 'milestone', 'milestones')} {'needs' if total == 1 else 'need'} you"
    if overdue:
        return f"{need}: {overdue} overdue"
    return f"{need} in the next {policies.REMINDED_DAYS_AHEAD} days"


def _entry(duty: Duty, recipient: User) -> DigestEntry:
    milestone = duty.milestone
    may_update = permissions.may_update(recipient, milestone)
    page = "plans:milestone-update" if may_update else "plans:milestone-detail"
    return DigestEntry(
        key=one_line(milestone.key),
        text=one_line(milestone.text),
        plan=one_line(milestone.plan.title),
        due_on=duty.date_in_force,
        days_overdue=duty.days_overdue,
        words_of_plan=one_line(milestone.due_text) if duty.agreed_on else "",
        link=absolute_link(reverse(page, args=[milestone.plan.slug, milestone.key])),
        may_update=may_update,
    )
