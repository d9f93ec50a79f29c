"""The words of e-mails, from what holds when they are sent: reminders by hand, and issued packs."""

import datetime as dt

from django.template.loader import render_to_string
from django.urls import reverse

from governance import selectors
from governance.models import Delivery, ReturnReminder
from governance.permissions.packs import may_read
from governance.selectors.packs import label_of
from governance.selectors.return_words import left_to_do
from governance.services.deliveries import PACK_ISSUED
from governance.services.reminders import RETURN_REMINDER
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.jobs.mail import one_line
from hertsend.jobs.registry import Mail, absolute_link, renderer

MOST_ROWS = 8


@renderer(RETURN_REMINDER)
def return_reminder(*, recipient: User, day: dt.date, key: str) -> Mail | None:
    """What is left of one return; withheld once it is handed in, or led by somebody else.

    ``key`` is the reminder's. The days to go are counted from ``day``, on which it was asked for.
    """
    row = _reminder(recipient, key)
    if row is None:
        return None
    line = selectors.return_of(row.period, row.workstream, on=day)
    leads = selectors.leads_of(row.workstream, on=dates.today())
    if not line.is_owed or recipient not in leads:
        return None
    period, stream = row.period, row.workstream
    context = {
        "name": one_line(recipient.name),
        "sender": one_line(row.by.name),
        "line": line,
        "stream": one_line(f"{stream.key} {stream.name}"),
        "to_do": left_to_do(line),
        "rows": [(each.key, one_line(each.line.text)) for each in line.left[:MOST_ROWS]],
        "more": len(line.left[MOST_ROWS:]),
        "is_late": day > period.due_on,
        "link": absolute_link(
            reverse(
                "governance:return-detail",
                args=[period.plan.slug, f"{period.month:%Y-%m}", stream.key],
            )
        ),
    }
    return Mail(
        subject=one_line(f"Reminder: {period.label} return of {stream.key}"),
        text=render_to_string("emails/governance/return_reminder.txt", context),
    )


@renderer(PACK_ISSUED)
def pack_issued(*, recipient: User, day: dt.date, key: str) -> Mail | None:  # noqa: ARG001
    """A link to a pack, never its content; withheld from who may not read it any more.

    ``key`` is that of the message which the delivery knows.
    """
    rows = Delivery.objects.select_related("run__period__plan__partnership", "run__pack")
    found = rows.filter(person=recipient, message__kind=PACK_ISSUED, message__key=key)
    row = found.defer("run__pack__content").first()
    held = access.read(recipient, on=dates.today())
    if row is None or row.run.pack is None or not may_read(held, row.run):
        return None
    context = {
        "name": one_line(recipient.name),
        "pack": one_line(label_of(row.run)),
        "whose": one_line(row.run.period.plan.partnership.name),
        "is_further": row.run.revision > 1,
        "link": absolute_link(row.run.pack_url),
    }
    return Mail(
        subject=one_line(f"{context['pack']}: {context['whose']}"),
        text=render_to_string("emails/governance/pack_issued.txt", context),
    )


def _reminder(recipient: User, key: str) -> ReturnReminder | None:
    rows = ReturnReminder.objects.select_related("period__plan", "workstream__plan", "by")
    return rows.filter(pk=int(key) if key.isdigit() else 0, person=recipient).first()
