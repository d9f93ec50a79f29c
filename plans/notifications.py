"""The words of the daily digest, made at the moment of sending from what holds then."""

import datetime as dt
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse

from hertsend import dates
from hertsend.accounts.models import User
from hertsend.jobs.enums import MessageState
from hertsend.jobs.mail import one_line
from hertsend.jobs.matters import DIGEST
from hertsend.jobs.models import Message
from hertsend.jobs.registry import Mail, absolute_link, renderer
from hertsend.ui.words import count_of
from plans import permissions, selectors
from plans.models import Plan
from plans.selectors import Waiting, WaitingMatter


@dataclass(frozen=True)
class DigestEntry:
    """One matter as the digest words it: each text on one line, and the full address."""

    sentence: str
    detail: str
    plan: str
    action: str
    link: str


@dataclass(frozen=True)
class DigestGroup:
    """A heading of the digest with its matters."""

    heading: str
    entries: tuple[DigestEntry, ...]


@renderer(DIGEST)
def digest(
    *,
    recipient: User,
    day: dt.date,
    key: str,  # noqa: ARG001 - every renderer is given it
) -> Mail | None:
    """All that waits for a person as at ``day``, of all plans; told matters and others alike.

    Withheld from someone for whom nothing is to be told any more (done, moved, another post, no
    role), and when a later day's digest is on its way, which says it anew: nobody is told twice.
    """
    later = Message.objects.filter(kind=DIGEST, recipient=recipient, day__gt=day)
    if later.exclude(state=MessageState.WITHHELD).exists():
        return None
    plans = permissions.visible_to(recipient, Plan)
    waiting = selectors.waiting_for(recipient, plans=plans, on=day, held_on=dates.today())
    last = selectors.last_digests([recipient.pk], before=day)
    if not waiting.tells(after=last.get(recipient.pk)):
        return None
    subject = digest_subject(waiting)
    context = {
        "subject": subject,
        "name": one_line(recipient.name),
        "day": day,
        "has_several_plans": waiting.has_several_plans,
        "plan": one_line(waiting.entries[0].plan),
        "total": waiting.total,
        "groups": [
            DigestGroup(each.group.heading, tuple(_entry(entry) for entry in each.entries))
            for each in waiting.groups
        ],
        "home": absolute_link(reverse("pages:home")),
    }
    return Mail(
        subject=subject,
        text=render_to_string("emails/plans/digest.txt", context),
        html=render_to_string("emails/plans/digest.html", context),
    )


def digest_subject(waiting: Waiting) -> str:
    """The counts in a line: "3 matters wait for you: 1 overdue milestone, 2 milestones due soon"."""
    kinds = ", ".join(
        count_of(len(each.entries), each.group.one, each.group.many) for each in waiting.groups
    )
    return f"{count_of(waiting.total, 'matter waits', 'matters wait')} for you: {kinds}"


def _entry(entry: WaitingMatter) -> DigestEntry:
    matter = entry.matter
    return DigestEntry(
        sentence=one_line(matter.sentence),
        detail=one_line(matter.detail),
        plan=one_line(entry.plan),
        action=one_line(matter.action),
        link=absolute_link(matter.path),
    )
