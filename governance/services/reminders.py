"""Reminding the leads of a return by hand."""

from collections.abc import Sequence

from django.db import transaction

from governance import policies, selectors
from governance.enums import ReturnState
from governance.models import Return, ReturnReminder
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import RuleBroken
from hertsend.jobs.services import plan_message
from hertsend.records import submissions
from plans.models import ReportingPeriod, Workstream

RETURN_REMINDER = "governance.return_reminder"
"""The kind of the e-mail by which the programme office asks one lead for one return."""


@transaction.atomic
def remind_now(
    *, workstream: Workstream, period: ReportingPeriod, by: User, submission_key: str = ""
) -> list[ReturnReminder]:
    """Send a reminder of a return to each of its leads and deputies who had none today.

    Answers the reminders. Raises ``NotAllowed`` for others than the programme office,
    ``RuleBroken`` for a return that is not owed, without a lead, or when all had one today.
    """
    stream = (
        Workstream.objects.select_for_update(of=("self",), no_key=True)
        .select_related("plan")
        .get(pk=workstream.pk)
    )
    access.require(by, Permission.CHASE_RETURN, partnership_id=stream.plan.partnership_id)
    sent = submissions.fingerprint_of("remind_now", {"period": period.pk, "stream": stream.pk})
    earlier = submissions.earlier_result(person=by, key=submission_key, fingerprint=sent)
    if earlier is not None:
        return _same_press(ReturnReminder.objects.get(pk=earlier))
    month = ReportingPeriod.objects.get(pk=period.pk, plan=stream.plan_id)
    stored = Return.objects.filter(period=month, workstream=stream).first()
    policies.check_owed(
        state=stored.state if stored else ReturnState.DRAFT,
        period_state=month.state,
        period_label=month.label,
    )
    made = [_remind(person, stream, month, by=by) for person in _fresh(stream, month)]
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=made[0].pk)
    return made


def _fresh(stream: Workstream, period: ReportingPeriod) -> list[User]:
    """The leads who had no reminder of this return today."""
    leads = selectors.leads_of(stream, on=dates.today())
    if not leads:
        raise RuleBroken(
            "Nobody leads this workstream now, so nobody can be reminded. Ask an administrator to "
            "give somebody the role."
        )
    today = ReturnReminder.objects.filter(period=period, workstream=stream, day=dates.today())
    reminded = set(today.values_list("person_id", flat=True))
    fresh = [person for person in leads if person.pk not in reminded]
    if not fresh:
        raise RuleBroken(
            f"{_names(leads)} had a reminder of this return today. Send the next one tomorrow."
        )
    return fresh


def _remind(
    person: User, stream: Workstream, period: ReportingPeriod, *, by: User
) -> ReturnReminder:
    row = ReturnReminder.add(
        period=period,
        workstream=stream,
        person=person,
        day=dates.today(),
        by=by,
        at=dates.now(),
    )
    plan_message(kind=RETURN_REMINDER, key=str(row.pk), recipient=person, day=row.day)
    return row


def _same_press(first: ReturnReminder) -> list[ReturnReminder]:
    """What the press that led to this reminder sent."""
    rows = ReturnReminder.objects.filter(
        period=first.period_id, workstream=first.workstream_id, by=first.by_id, at=first.at
    )
    return list(rows.select_related("person").order_by("pk"))


def _names(people: Sequence[User]) -> str:
    return " and ".join(person.name for person in people)
