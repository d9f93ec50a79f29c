"""The programme office reminds the leads of a return by hand: once a day each, with who and when."""

import datetime as dt

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from governance import permissions, selectors
from governance.models import ReturnReminder
from governance.notifications import return_reminder
from governance.services import reminders
from governance.services.reminders import RETURN_REMINDER
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.accounts.services import roles
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from hertsend.jobs.enums import MessageState
from hertsend.jobs.models import Message
from hertsend.jobs.services import send_message
from plans.services import periods
from tests.factories.world import TODAY, World, at
from tests.governance.returning import LEAD, OFFICE, Desk

NEXT_DAY = TODAY + dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


@pytest.fixture
def desk(world) -> Desk:
    return Desk(world)


def remind(world: World, *, by: Role = OFFICE, stream: str = "PA1", **more) -> list[ReturnReminder]:
    return reminders.remind_now(
        workstream=world.workstreams[stream],
        period=world.period(),
        by=world.people[by],
        **more,
    )


def test_each_lead_gets_one_and_it_is_kept_who_sent_it_when(world):
    second = world.person(LEAD, "PA1")
    sent = remind(world)
    assert [(row.person, row.day, row.by, row.at) for row in sent] == [
        (person, TODAY, world.people[OFFICE], sent[0].at)
        for person in sorted([world.people[LEAD], second], key=lambda each: (each.name, each.pk))
    ]
    planned = Message.objects.filter(kind=RETURN_REMINDER).order_by("pk")
    assert [(row.recipient, row.key, row.day) for row in planned] == [
        (row.person, str(row.pk), TODAY) for row in sent
    ]


@pytest.mark.parametrize("role", [role for role in Role if role != OFFICE])
def test_only_the_programme_office_reminds(world, role):
    with pytest.raises(NotAllowed, match="send reminders of returns"):
        remind(world, by=role)
    assert not ReturnReminder.objects.exists()


def test_at_most_one_a_day_for_each_return_and_person(world):
    remind(world)
    with pytest.raises(RuleBroken) as refusal:
        remind(world)
    assert refusal.value.sentence == (
        "Workstream lead PA1 had a reminder of this return today. Send the next one tomorrow."
    )
    second = world.person(LEAD, "PA1")
    assert [row.person for row in remind(world)] == [second]
    assert [row.person for row in remind(world, stream="AI1")] == [world.other_lead]
    with at(NEXT_DAY):
        assert len(remind(world)) == 2
    assert Message.objects.filter(kind=RETURN_REMINDER).count() == 5


def test_the_database_keeps_the_second_of_a_day_out_too(world):
    [row] = remind(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReturnReminder.add(
            period=row.period,
            workstream=row.workstream,
            person=row.person,
            day=row.day,
            by=row.by,
            at=row.at,
        )


def test_pressing_twice_sends_once_and_a_key_is_for_one_button(world):
    first, second = (remind(world, submission_key="k") for _ in range(2))
    assert first == second
    assert Message.objects.filter(kind=RETURN_REMINDER).count() == 1
    with pytest.raises(Conflict):
        remind(world, stream="AI1", submission_key="k")


def test_what_was_handed_in_needs_no_reminder_until_it_is_sent_back(world, desk):
    desk.save("PA1.1-1")
    desk.save("PA1.1-2")
    desk.submit()
    with pytest.raises(
        RuleBroken, match="This return is submitted now, so nobody needs a reminder"
    ):
        remind(world)
    desk.send_back()
    assert len(remind(world)) == 1


def test_a_frozen_month_is_not_reminded_of(world):
    frozen = dt.date(2024, 9, 10)
    with at(frozen):
        periods.advance(plan=world.plan, on=frozen, by=User.objects.system())
        with pytest.raises(RuleBroken, match="August 2024"):
            remind(world)


def test_without_a_lead_it_says_what_to_do(world):
    roles.end_role_now(
        assignment=world.people[LEAD].role_assignments.get(), by=world.people[Role.ADMINISTRATOR]
    )
    with pytest.raises(RuleBroken, match="Nobody leads this workstream now"):
        remind(world)


# --- the words ------------------------------------------------------------------------------------


def send() -> Message:
    message = Message.objects.get(kind=RETURN_REMINDER)
    return send_message(message_id=message.pk)


def test_the_reminder_word_for_word(world, desk, settings):
    settings.SITE_ORIGIN = "https://send.example.org"
    desk.save("PA1.1-1")
    remind(world)
    assert send().state == MessageState.SENT
    [sent] = mail.outbox
    link = f"https://send.example.org/plans/{world.plan.slug}/returns/2024-08/PA1/"
    assert (sent.subject, sent.body) == (
        "Reminder: August 2024 return of PA1",
        f"""\
Hello Workstream lead PA1,

Programme office of the programme office asks for the August 2024 return of PA1 \
{world.workstreams["PA1"].name}. It is due on Friday 6 September 2024, and the month is frozen on \
Tuesday 10 September 2024.

Left to do: update 1 more.
- PA1.1-2: Complete step PA1.1-2.

Open the return: {link}
""",
    )


def test_with_nothing_left_it_asks_to_submit(world, desk):
    desk.save("PA1.1-1")
    desk.save("PA1.1-2")
    remind(world)
    send()
    assert "Nothing is left but to submit it." in mail.outbox[0].body


def test_withheld_once_it_is_handed_in(world, desk):
    remind(world)
    desk.save("PA1.1-1")
    desk.save("PA1.1-2")
    desk.submit()
    assert send().state == MessageState.WITHHELD


def test_withheld_from_who_no_longer_leads(world):
    remind(world)
    roles.end_role_now(
        assignment=world.people[LEAD].role_assignments.get(), by=world.people[Role.ADMINISTRATOR]
    )
    assert send().state == MessageState.WITHHELD


def test_somebody_elses_reminder_is_not_worded(world):
    [row] = remind(world)
    assert return_reminder(recipient=world.other_lead, day=TODAY, key=str(row.pk)) is None
    assert return_reminder(recipient=row.person, day=TODAY, key=str(row.pk)) is not None


# --- what the page shows --------------------------------------------------------------------------


def test_the_last_days_reminders_are_shown_with_all_their_names(world):
    second = world.person(LEAD, "PA1")
    remind(world)
    with at(NEXT_DAY):
        [first, *_] = remind(world)
    last = selectors.last_reminders(
        permissions.visible_reminders(world.people[OFFICE]), world.period()
    )
    assert {key: (row.at, row.to, row.by) for key, row in last.items()} == {
        world.workstreams["PA1"].pk: (
            first.at,
            (second.name, world.people[LEAD].name),
            "Programme office",
        )
    }


@pytest.mark.parametrize("role", [role for role in Role if role != OFFICE])
def test_nobody_else_sees_the_reminders(world, role):
    remind(world)
    assert not permissions.visible_reminders(world.people[role]).exists()
    assert permissions.visible_reminders(world.people[OFFICE]).exists()
    assert not permissions.visible_reminders(world.foreign.people[OFFICE]).exists()
